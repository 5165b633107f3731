using System.Collections.Immutable;

namespace VerifiableML.Model.Data;

/// <summary>Model inputs in real numbers, and the classes that they belong to where these are known.</summary>
/// <param name="SampleShape">Shape of one sample as the model declares it, its batch axis of extent 1 included.</param>
/// <param name="Values">The samples, one after another, each row-major in <paramref name="SampleShape"/>.</param>
/// <param name="Labels">The class of each sample, or empty.</param>
public sealed record SampleSet(ImmutableArray<int> SampleShape, float[] Values, ImmutableArray<int> Labels)
{
    private static readonly string[] LabelNames = ["y", "y_test", "labels", "label", "targets", "classes"];

    /// <summary>Numbers in one sample.</summary>
    public int SampleLength => SampleShape.Aggregate(1, (product, extent) => product * extent);

    /// <summary>Number of samples.</summary>
    public int Count => Values.Length / SampleLength;

    /// <summary>The numbers of one sample.</summary>
    public ReadOnlyMemory<float> Sample(int index) => Values.AsMemory(index * SampleLength, SampleLength);

    /// <summary>The first samples, at most <paramref name="count"/>.</summary>
    public SampleSet Take(int count) => count >= Count ? this : this with
    {
        Values = Values[..(count * SampleLength)],
        Labels = Labels.IsEmpty ? Labels : Labels[..count],
    };

    /// <summary>
    /// Reads samples from <c>.npy</c>, <c>.npz</c>, JSON or IDX (plain or gzip), told apart by their first bytes.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="sampleShape">Shape of one sample. The file may hold one sample or many, with or without axes of extent 1, or flat.</param>
    /// <param name="labelsPath">A file of classes, or null; then an array named <c>y</c> or <c>labels</c> in an <c>.npz</c> is taken.</param>
    /// <param name="pixelScale">What the bytes of an IDX image file are multiplied by; 1/255 brings them to 0..1.</param>
    /// <exception cref="DataFormatException">A file is malformed, beyond the limits, or does not fit.</exception>
    public static SampleSet Read(string path, ImmutableArray<int> sampleShape, string? labelsPath = null, float pixelScale = 1f / 255)
    {
        byte[] bytes = BoundedInput.Read(path);
        NumericArray? labels = null;
        NumericArray samples;
        if (bytes is [(byte)'P', (byte)'K', ..])
        {
            (samples, labels) = FromArchive(NpzReader.Decode(bytes, path), path);
        }
        else if (bytes is [0x93, ..])
        {
            samples = NpyReader.Decode(bytes, path);
        }
        else if (bytes is [0, 0, ..])
        {
            samples = IdxReader.Decode(bytes, path);
            samples = samples with { Values = Array.ConvertAll(samples.Values, value => value * pixelScale) };
        }
        else
        {
            samples = JsonSamplesReader.Decode(bytes, path);
        }

        CheckShape(samples, sampleShape, path);
        labels = labelsPath is null ? labels : ReadLabels(labelsPath);
        var set = new SampleSet(sampleShape, samples.Values, []);
        return labels is null ? set : set with { Labels = Classes(labels, set.Count, labelsPath ?? path) };
    }

    private static (NumericArray Samples, NumericArray? Labels) FromArchive(IReadOnlyDictionary<string, NumericArray> arrays, string path)
    {
        NumericArray? labels = LabelNames.Select(name => arrays.GetValueOrDefault(name)).FirstOrDefault(array => array is not null);
        NumericArray[] samples = [.. arrays.Values.Where(array => !ReferenceEquals(array, labels))];
        return samples.Length == 1
            ? (samples[0], labels)
            : throw DataFormatException.At(path, "archive", $"{samples.Length} arrays besides labels, one is wanted: {string.Join(", ", arrays.Keys)}");
    }

    private static NumericArray ReadLabels(string path)
    {
        byte[] bytes = BoundedInput.Read(path);
        return bytes switch
        {
            [0x93, ..] => NpyReader.Decode(bytes, path),
            [0, 0, ..] => IdxReader.Decode(bytes, path),
            _ => JsonSamplesReader.Decode(bytes, path),
        };
    }

    private static ImmutableArray<int> Classes(NumericArray labels, int count, string path)
    {
        if (labels.Values.Length != count)
        {
            throw DataFormatException.At(path, "labels", $"{labels.Values.Length} labels for {count} samples");
        }

        return [.. labels.Values.Select((label, i) => label >= 0 && label < int.MaxValue && label == MathF.Floor(label)
            ? (int)label
            : throw DataFormatException.At(path, $"label {i}", $"{label} is not the number of a class"))];
    }

    private static void CheckShape(NumericArray samples, ImmutableArray<int> sampleShape, string path)
    {
        int length = sampleShape.Aggregate(1, (product, extent) => product * extent);
        int[] wanted = [.. sampleShape.Where(extent => extent != 1)];
        int[] found = [.. samples.Shape.Where(extent => extent != 1)];
        bool fits = samples.Values.Length > 0 && samples.Values.Length % length == 0
            && (found.AsSpan().SequenceEqual(wanted) || found.AsSpan(Math.Min(1, found.Length)).SequenceEqual(wanted) || samples.Shape.Length <= 1
                || found.Length == 1 || (samples.Shape.Length == 2 && samples.Shape[1] % length == 0));
        if (!fits)
        {
            throw DataFormatException.At(
                path, "shape", $"{samples.ShapeText} does not hold samples of shape [{string.Join(", ", sampleShape)}], of {length} numbers each");
        }
    }
}
