using System.CommandLine;
using VerifiableML.Circuits;

namespace VerifiableML.Cli.Commands;

/// <summary>Options by which a circuit is chosen, the same in every command that has them.</summary>
internal static class CircuitChoices
{
    /// <summary>The number of inputs that one proof covers.</summary>
    public static Option<int> CreateBatch()
    {
        var option = new Option<int>("--batch")
        {
            Description = $"Number of inputs that one proof covers, 1 to {CircuitOptions.MaximumBatchSize}.",
            DefaultValueFactory = _ => 1,
            HelpName = "n",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > CircuitOptions.MaximumBatchSize)
            {
                result.AddError($"--batch must lie between 1 and {CircuitOptions.MaximumBatchSize}");
            }
        });
        return option;
    }

    /// <summary>What the verifier learns of the input or the output.</summary>
    public static Option<Visibility> CreateVisibility(string name, string subject) => new(name)
    {
        Description = $"What the verifier learns of the {subject}: public (the values), committed (a hash) or private (nothing; hidden only once the proof is wrapped).",
        DefaultValueFactory = _ => Visibility.Public,
        HelpName = "public|committed|private",
    };
}
