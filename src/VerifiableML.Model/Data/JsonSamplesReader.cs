using System.Text.Json;

namespace VerifiableML.Model.Data;

/// <summary>
/// Reads inputs as JSON, in the form that ezkl's <c>input.json</c> has: <c>{"input_data": [[…], …]}</c>, where each entry is one sample, flat or
/// nested, or one flat list of several samples. Other members of the object are passed over; a bare array is read as <c>input_data</c>.
/// </summary>
public static class JsonSamplesReader
{
    private const int Depth = 16;

    /// <summary>Reads a file; the array's shape is <c>[entries, numbers of each]</c>.</summary>
    /// <exception cref="DataFormatException">The file is malformed or beyond the limits.</exception>
    public static NumericArray Read(string path) => Decode(BoundedInput.Read(path), path);

    /// <summary>Reads the bytes of a file that errors name <paramref name="file"/>.</summary>
    /// <exception cref="DataFormatException">The file is malformed or beyond the limits.</exception>
    public static NumericArray Decode(ReadOnlySpan<byte> bytes, string file)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Depth });
        try
        {
            FindData(ref reader, file);
            NumericArray array = ReadEntries(ref reader, file);
            while (reader.Read())
            {
                // The rest must be well-formed as well.
            }

            return array;
        }
        catch (JsonException exception)
        {
            throw DataFormatException.At(
                file, $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}", "malformed JSON, NaN, or nested too deeply");
        }
    }

    private static void FindData(ref Utf8JsonReader reader, string file)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return;
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool found = reader.ValueTextEquals("input_data"u8);
                reader.Read();
                if (found && reader.TokenType == JsonTokenType.StartArray)
                {
                    return;
                }

                reader.Skip();
            }
        }

        throw DataFormatException.At(file, "top level", "there is no array \"input_data\"");
    }

    private static NumericArray ReadEntries(ref Utf8JsonReader reader, string file)
    {
        List<float> values = [];
        List<int> lengths = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int before = values.Count;
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                ReadNumbers(ref reader, values, file);
            }
            else
            {
                values.Add(Number(ref reader, file));
            }

            lengths.Add(values.Count - before);
        }

        if (values.Count == 0)
        {
            throw DataFormatException.At(file, "input_data", "it holds no numbers");
        }

        if (lengths.Distinct().Count() > 1)
        {
            throw DataFormatException.At(file, "input_data", $"entries of {lengths.Min()} and of {lengths.Max()} numbers");
        }

        // A list of bare numbers is one entry.
        return lengths[0] == 1 && lengths.Count > 1 ? new NumericArray([1, lengths.Count], [.. values]) : new NumericArray([lengths.Count, lengths[0]], [.. values]);
    }

    private static void ReadNumbers(ref Utf8JsonReader reader, List<float> values, string file)
    {
        int depth = reader.CurrentDepth;
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth))
        {
            if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray))
            {
                values.Add(Number(ref reader, file));
            }
        }
    }

    private static float Number(ref Utf8JsonReader reader, string file)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out double value) || !float.IsFinite((float)value))
        {
            throw DataFormatException.At(file, $"byte {reader.TokenStartIndex}", "not a finite number");
        }

        return (float)value;
    }
}
