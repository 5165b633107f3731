using System.Text.Json;
using VerifiableML.Cli.CommandLine;
using VerifiableML.Cli.Development;

namespace VerifiableML.Cli.Tests.Commands;

public sealed class DemoTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vml-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_whole_job_is_done_on_real_digits_and_every_forgery_is_refused()
    {
        (int code, JsonElement report, string error) = Vml.RunJson("demo", "--folder", _folder, "--first", "5");
        Assert.True(code == ExitCode.Accepted, error);

        JsonElement[] steps = [.. report.GetProperty("steps").EnumerateArray()];
        Assert.Equal(
            ["inspect", "quantize", "setup", "keygen", "prove", "wrap", "verify"], steps.Take(7).Select(step => step.GetProperty("command").GetString()));
        JsonElement comparison = steps[1].GetProperty("comparison");
        Assert.True(comparison.GetProperty("quantizedAccuracy").GetDouble() >= 0.99);
        Assert.InRange(steps[3].GetProperty("soundness").GetProperty("totalBits").GetDouble(), 100, 254);

        // The sixth digit of the MNIST test set is a one.
        Assert.Equal(1, steps[6].GetProperty("outputs")[0].GetProperty("greatest").GetInt32());
        Assert.True(steps[4].GetProperty("proof").GetProperty("bytes").GetInt32() < 64_000);

        JsonElement[] forgeries = [.. report.GetProperty("forgeries").EnumerateArray()];
        Assert.True(forgeries.Length >= 5);
        Assert.Contains(forgeries, forgery => forgery.GetProperty("reason").GetString()!.StartsWith("WrongKey", StringComparison.Ordinal));
        Assert.All(forgeries, forgery => Assert.True(forgery.GetProperty("refused").GetBoolean(), forgery.ToString()));

        JsonElement chain = report.GetProperty("chain");
        if (AnvilProgram.Find() is null)
        {
            Assert.Equal(AnvilProgram.DescribeAbsence(), chain.GetProperty("skipped").GetString());
            return;
        }

        AssertOnChain(steps[7..], chain);
        Assert.InRange(report.GetProperty("loan").GetProperty("risk").GetDouble(), 1e-9, 0.05);
    }

    [Fact]
    public void What_is_missing_for_a_chain_is_said_in_one_line()
    {
        string line = AnvilProgram.DescribeAbsence();
        Assert.DoesNotContain('\n', line);
        Assert.Contains("npm", line);
    }

    private static void AssertOnChain(JsonElement[] steps, JsonElement chain)
    {
        JsonElement read = steps.Single(step => step.GetProperty("command").GetString() == "chain read");
        Assert.Equal(1, read.GetProperty("outputs")[0].GetProperty("greatest").GetInt32());
        JsonElement submit = steps.Single(step => step.GetProperty("command").GetString() == "chain submit");
        Assert.InRange(submit.GetProperty("gas").GetInt32(), 400_000, 600_000);

        JsonElement[] refusals = [.. chain.GetProperty("refusals").EnumerateArray()];
        Assert.All(refusals, refusal => Assert.True(refusal.GetProperty("refused").GetBoolean(), refusal.ToString()));
        Assert.Equal(
            ["OutputLength", "PointNotInGroup", "ProofInvalid", "ProofNotCanonical", "RiskTooGreat", "ScalarNotCanonical"],
            refusals.Select(refusal => refusal.GetProperty("error").GetString()!.Split('(')[0]).Distinct().Order(StringComparer.Ordinal));
    }
}
