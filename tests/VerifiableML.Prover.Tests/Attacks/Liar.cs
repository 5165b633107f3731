using System.Security.Cryptography;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Relations;
using VerifiableML.Circuits.Tables;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Prover.Keys;
using VerifiableML.Prover.Witness;

namespace VerifiableML.Prover.Tests.Attacks;

/// <summary>A prover that starts from an honest witness, changes it, and proves it with the prover's own code to the end.</summary>
internal sealed class Liar
{
    public Liar(QuantizedModel model, CircuitOptions? options = null, ulong input = 1)
        : this(model, options ?? new CircuitOptions(), ProvingFixture.Execute(model, (options ?? new CircuitOptions()).BatchSize, input))
    {
    }

    public Liar(QuantizedModel model, CircuitOptions options, ExecutionTrace trace)
    {
        Key = ProvingFixture.KeyFor(model, options);
        Witness = WitnessBuilder.Build(Circuit, trace);
        Input = [.. trace.Values[0]];
        Output = [.. trace.Output];
    }

    public ProvingKey Key { get; init; }

    public Circuit Circuit => Key.Circuit;

    public Witness.Witness Witness { get; }

    /// <summary>What the statement says of the input.</summary>
    public int[] Input { get; init; }

    /// <summary>What the statement says of the output.</summary>
    public int[] Output { get; }

    public T Relation<T>(int node)
        where T : Relation => (T)Circuit.Relations.Single(relation => relation.Node == node);

    public Span<int> Cells(Column column) => Witness.Cells.AsSpan((int)column.Offset, 1 << column.Bits);

    public Span<int> Cells(int column) => Cells(Circuit.Columns[column]);

    public LookupTable TableOf(int lookup) => Circuit.Tables[Circuit.Lookups[lookup].Table];

    /// <summary>Makes the multiplicities those of the lookups as they are now.</summary>
    public void Recount()
    {
        foreach (Column column in Circuit.Multiplicities)
        {
            Cells(column).Clear();
        }

        foreach (Lookup lookup in Circuit.Lookups)
        {
            foreach (int row in Witness.LookupRows[lookup.Index])
            {
                Cells(Circuit.Multiplicities[lookup.Table])[row]++;
            }
        }
    }

    /// <summary>Makes the requantized cell of a node have another quotient, with everything that is looked up to match.</summary>
    public void Requantize(AccumulatorRelation relation, int cell, int change)
    {
        RequantizationColumns columns = relation.Requantization!;
        var table = (SaturatingTable)TableOf(columns.Activation);
        Witness.Virtual[columns.Quotient.Index][cell] += change;
        int row = Witness.LookupRows[columns.Activation][cell] += change;
        Cells(relation.Output)[cell] = table.Value(table.FirstKey + row);
    }

    public ProvenInference Prove(Deviations? deviations = null)
    {
        using var random = RandomNumberGenerator.Create();
        return InferenceProver.Prove(
            Key, Witness, Input, Output, default, null, new StageClock(), deviations ?? new Deviations(), ProverBackend.Cpu, random);
    }

    /// <summary>Proves, demands that the verifier refuses, and returns what it finds when it reads on.</summary>
    public Examination Attack(Deviations? deviations = null)
    {
        ProvenInference proven = Prove(deviations);
        Assert.NotNull(InferenceVerifier.Verify(Key.Verification, proven.Statement, proven.Proof));
        return Examination.Of(Key.Verification, proven.Statement, proven.Proof);
    }
}
