using System.CommandLine;
using VerifiableML.Circuits;

namespace VerifiableML.Cli.Commands;

/// <summary>Options by which a circuit is chosen, the same in every command that has them.</summary>
internal static class CircuitChoices
{
    /// <summary>The number of inputs that one proof covers.</summary>
    public static Option<int> CreateBatch() => new("--batch")
    {
        Description = $"Number of inputs that one proof covers, 1 to {CircuitOptions.MaximumBatchSize}.",
        DefaultValueFactory = _ => 1,
        HelpName = "n",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, out int batch) && batch is >= 1 and <= CircuitOptions.MaximumBatchSize)
            {
                return batch;
            }

            result.AddError($"--batch must be a number from 1 to {CircuitOptions.MaximumBatchSize}");
            return 1;
        },
    };

    /// <summary>What the verifier learns of the input or the output.</summary>
    public static Option<Visibility> CreateVisibility(string name, string subject) => new(name)
    {
        Description = $"What the verifier learns of the {subject}: public (the values), committed (a hash) or private (nothing; hidden only once the proof is wrapped).",
        DefaultValueFactory = _ => Visibility.Public,
        HelpName = "public|committed|private",
        CustomParser = result =>
        {
            switch (result.Tokens[0].Value)
            {
                case "public":
                    return Visibility.Public;
                case "committed":
                    return Visibility.Committed;
                case "private":
                    return Visibility.Private;
                default:
                    result.AddError($"{name} must be public, committed or private");
                    return Visibility.Public;
            }
        },
    };
}
