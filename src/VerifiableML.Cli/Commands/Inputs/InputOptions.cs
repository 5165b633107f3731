using System.CommandLine;
using VerifiableML.Model.Data;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Cli.Commands.Inputs;

/// <summary>Options that say which samples a command works on.</summary>
internal sealed class InputOptions
{
    private readonly Option<string> _input = new("--input", "-i")
    {
        Description = "Samples: .npy, .npz, JSON (input_data) or IDX, plain or gzip.",
        HelpName = "file",
        Required = true,
    };

    private readonly Option<int> _first = new("--first") { Description = "Number of the first sample to take.", HelpName = "n" };

    private readonly Option<int?> _count = new("--count") { Description = "Number of samples to take; all, if not given.", HelpName = "n" };

    private readonly Option<double> _pixelScale = new("--pixel-scale")
    {
        Description = "What the bytes of an IDX image are multiplied by.",
        DefaultValueFactory = _ => 1.0 / 255,
        HelpName = "x",
    };

    private readonly Option<bool> _clamp = new("--clamp")
    {
        Description = "Saturate values outside the range that the model was calibrated for, instead of refusing them.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command, bool withCount)
    {
        command.Add(_input);
        command.Add(_first);
        if (withCount)
        {
            command.Add(_count);
        }

        command.Add(_pixelScale);
        command.Add(_clamp);
    }

    /// <summary>Reads and quantizes the samples that were asked for.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="model">The model that is to take them.</param>
    /// <param name="count">How many; null for what the command line says.</param>
    public QuantizedBatch Read(ParseResult arguments, QuantizedModel model, int? count)
    {
        string path = arguments.GetRequiredValue(_input);
        SampleSet samples = SampleSet.Read(path, model.InputLayout.Shape, pixelScale: (float)arguments.GetValue(_pixelScale));
        int first = arguments.GetValue(_first);
        return QuantizedBatch.Of(
            model, samples, first, count ?? arguments.GetValue(_count) ?? Math.Max(1, samples.Count - first), arguments.GetValue(_clamp), path);
    }
}
