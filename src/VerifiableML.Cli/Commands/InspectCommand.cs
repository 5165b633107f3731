using System.CommandLine;
using Spectre.Console;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Commands.Inspection;
using VerifiableML.Model.Onnx;

namespace VerifiableML.Cli.Commands;

/// <summary><c>vml inspect</c>: what a model consists of and whether it can be proven.</summary>
internal sealed class InspectCommand : VmlCommand
{
    private readonly Argument<string> _model = new("model") { Description = "The .onnx file." };

    public InspectCommand()
        : base(
            "inspect",
            "Reads an ONNX model and lists its layers, shapes, parameters and multiply-accumulates. An operator that is not supported is named.",
            "vml inspect models/lenet5.onnx",
            "vml inspect models/lenet5.onnx --json") => Add(_model);

    /// <inheritdoc/>
    protected override int Run(ParseResult arguments, Terminal terminal)
    {
        OnnxGraph graph = OnnxReader.Read(arguments.GetRequiredValue(_model));
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
