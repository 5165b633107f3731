using System.Text.Json;
using VerifiableML.Cli.CommandLine;

namespace VerifiableML.Cli.Tests.Commands;

public sealed class InspectTests
{
    private static readonly string Lenet5 = Path.Combine(AppContext.BaseDirectory, "models", "lenet5.onnx");

    [Fact]
    public void Parameters_and_multiply_accumulates_are_those_that_one_can_count_by_hand()
    {
        (int code, JsonElement report, _) = Vml.RunJson("inspect", Lenet5);
        Assert.Equal(ExitCode.Accepted, code);
        Assert.Equal(61_706, report.GetProperty("parameters").GetInt64());
        Assert.Equal(416_520, report.GetProperty("multiplyAccumulates").GetInt64());
        JsonElement first = report.GetProperty("nodes")[0];
        Assert.Equal("Conv", first.GetProperty("operator").GetString());
        Assert.Equal((5 * 5 * 6) + 6, first.GetProperty("parameters").GetInt32());
        Assert.Equal(28 * 28 * 6 * 25, first.GetProperty("multiplyAccumulates").GetInt32());
    }

    [Fact]
    public void People_get_a_table()
    {
        (_, string output, _) = Vml.Run("inspect", Lenet5);
        Assert.Contains("/conv2/Conv", output);
        Assert.Contains("61,706 parameters", output);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public void The_constraints_of_a_wrap_circuit_are_counted_part_by_part()
    {
        (int code, JsonElement report, _) = Vml.RunJson("inspect", "lenet5");
        Assert.Equal(ExitCode.Accepted, code);
        int total = report.GetProperty("wrapCircuit").GetProperty("constraints").GetInt32();
        Assert.InRange(total, 1, 200_000);
        JsonElement[] parts = [.. report.GetProperty("wrapParts").EnumerateArray()];
        Assert.Equal(total, parts.Sum(part => part.GetProperty("constraints").GetInt32()));
        Assert.Equal(1, parts.Sum(part => part.GetProperty("share").GetDouble()), 6);
        Assert.Contains("Poseidon2", parts[0].GetProperty("name").GetString());
    }
}
