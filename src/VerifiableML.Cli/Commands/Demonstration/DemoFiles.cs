using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Commands.Demonstration;

/// <summary>The trained model and the digits that come with the program.</summary>
internal sealed class DemoFiles
{
    private readonly string _folder;

    private DemoFiles(string folder) => _folder = folder;

    /// <summary>A LeNet-5 trained on MNIST.</summary>
    public string Model => Path.Combine(_folder, "lenet5.onnx");

    /// <summary>Training digits that set the scales.</summary>
    public string Calibration => Path.Combine(_folder, "mnist-calibration-images-idx3-ubyte.gz");

    /// <summary>Test digits that the model was never trained on.</summary>
    public string TestImages => Path.Combine(_folder, "mnist-test-images-idx3-ubyte.gz");

    /// <summary>Their classes.</summary>
    public string TestLabels => Path.Combine(_folder, "mnist-test-labels-idx1-ubyte.gz");

    /// <summary>A model of the risk that a loan is liquidated within a week.</summary>
    public string RiskModel => Path.Combine(_folder, "liquidation-risk.onnx");

    /// <summary>Positions that set its scales.</summary>
    public string RiskCalibration => Path.Combine(_folder, "liquidation-risk-calibration.npy");

    /// <summary>Finds the files beside the program.</summary>
    /// <exception cref="MisuseException">They are not there.</exception>
    public static DemoFiles Find()
    {
        var files = new DemoFiles(Path.Combine(AppContext.BaseDirectory, "models"));
        return File.Exists(files.Model) ? files : throw new MisuseException($"{files.Model}: the demonstration's model is missing; build the project again");
    }
}
