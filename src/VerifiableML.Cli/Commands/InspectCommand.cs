using System.CommandLine;
using Spectre.Console;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Benchmarks;
using VerifiableML.Cli.Commands.Inspection;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Cli.Commands;

/// <summary><c>vml inspect</c>: what a model consists of and whether it can be proven.</summary>
internal sealed class InspectCommand : VmlCommand
{
    private readonly Argument<string> _model = new("model")
    {
        Description = $"An .onnx file, a model's folder, or random weights: {BenchmarkModel.Names}.",
    };

    private readonly Option<int> _batch = CircuitChoices.CreateBatch();
    private readonly Option<Visibility> _input = CircuitChoices.CreateVisibility("--input-mode", "input");
    private readonly Option<Visibility> _output = CircuitChoices.CreateVisibility("--output-mode", "output");


    public InspectCommand()
        : base(
            "inspect",
            "Lists the layers, shapes, parameters and multiply-accumulates of an ONNX model, naming an operator that is not supported; of a quantized model, the circuits.",
            "vml inspect models/lenet5.onnx",
            "vml inspect models/lenet5.onnx --json",
            "vml inspect lenet5.vml                        the constraints of its wrapped proofs, part by part",
            "vml inspect vgg16 --batch 4                   the same of an architecture with random weights")
    {
        Add(_model);
        Add(_batch);
        Add(_input);
        Add(_output);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        string name = arguments.GetRequiredValue(_model);
        if (Directory.Exists(name) || (!File.Exists(name) && !name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)))
        {
            WrapCircuitReport.Show(Compile(arguments, name), terminal);
            return ExitCode.Accepted;
        }

        return ShowGraph(OnnxReader.Read(name), terminal);
    }

    // Keys that are there have made the choices; without keys they are those of the command line.
    private Circuit Compile(ParseResult arguments, string name)
    {
        var folder = new ModelFolder(name);
        if (File.Exists(folder.VerificationKey) && ProofFiles.ReadKey(folder.VerificationKey) is { Circuit.Options.IsHiding: true } key)
        {
            return key.Circuit;
        }

        QuantizedModel model = Directory.Exists(name) ? folder.ReadModel() : BenchmarkModel.Create(name);
        return CircuitCompiler.Compile(model, CircuitCompiler.ChooseForWrapping(
            model, arguments.GetValue(_batch), arguments.GetValue(_input), arguments.GetValue(_output)));
    }

    private static int ShowGraph(OnnxGraph graph, Terminal terminal)
    {
        IReadOnlyList<NodeStatistics> nodes = NodeStatistics.Of(graph);
        long parameters = nodes.Sum(node => node.Parameters);
        long products = nodes.Sum(node => node.MultiplyAccumulates);

        terminal.Report["file"] = graph.File;
        terminal.Report["name"] = graph.Name;
        terminal.Report["input"] = new { graph.Input.Name, graph.Input.Shape, Type = graph.Input.ElementType.ToString() };
        terminal.Report["output"] = new { graph.Output.Name, graph.Output.Shape, Type = graph.Output.ElementType.ToString() };
        terminal.Report["hasBatchAxis"] = graph.HasBatchAxis;
        terminal.Report["nodes"] = nodes;
        terminal.Report["operators"] = nodes.GroupBy(node => node.Operator).ToDictionary(group => group.Key, group => group.Count());
        terminal.Report["parameters"] = parameters;
        terminal.Report["multiplyAccumulates"] = products;

        terminal.Line($"{graph.File}: {nodes.Count} nodes, {parameters:N0} parameters, {products:N0} multiply-accumulates");
        terminal.Line($"input  {graph.Input}{(graph.HasBatchAxis ? " (the first axis counts samples)" : string.Empty)}");
        terminal.Line($"output {graph.Output}");
        terminal.Write(CreateTable(nodes));
        terminal.Line("every operator is supported");
        return ExitCode.Accepted;
    }

    private static Table CreateTable(IReadOnlyList<NodeStatistics> nodes)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("node", "operator", "output");
        table.AddColumn(new TableColumn("parameters").RightAligned()).AddColumn(new TableColumn("multiply-accumulates").RightAligned());
        foreach (NodeStatistics node in nodes)
        {
            table.AddRow(
                Markup.Escape(node.Name), Markup.Escape(node.Operator), Markup.Escape($"[{string.Join(", ", node.OutputShape)}]"),
                $"{node.Parameters:N0}", $"{node.MultiplyAccumulates:N0}");
        }

        return table;
    }
}
