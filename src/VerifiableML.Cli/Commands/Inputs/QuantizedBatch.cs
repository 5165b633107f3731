using VerifiableML.Cli.CommandLine;
using VerifiableML.Model.Data;
using VerifiableML.Model.Quantization;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Cli.Commands.Inputs;

/// <summary>Consecutive samples of a file as the integers that a model takes.</summary>
/// <param name="First">Number of the first sample in its file.</param>
/// <param name="Count">Number of samples.</param>
/// <param name="Values">Integers, <c>[b][y][x][c]</c>.</param>
internal sealed record QuantizedBatch(int First, int Count, int[] Values)
{
    /// <summary>Quantizes samples <paramref name="first"/> and following.</summary>
    /// <exception cref="MisuseException">There are not as many, or a value lies outside what the model accepts.</exception>
    public static QuantizedBatch Of(QuantizedModel model, SampleSet samples, int first, int count, bool clamp, string file)
    {
        if (first < 0 || count < 1 || first + (long)count > samples.Count)
        {
            throw new MisuseException($"{file}: samples {first} to {first + (long)count - 1} were asked for, it has {samples.Count}");
        }

        int length = samples.SampleLength;
        try
        {
            return new QuantizedBatch(first, count, InputQuantizer.Quantize(model, samples.Values.AsSpan(first * length, count * length), clamp));
        }
        catch (ArgumentException exception)
        {
            throw new MisuseException($"{file}: {exception.Message}{(clamp ? string.Empty : " (--clamp saturates)")}");
        }
    }
}
