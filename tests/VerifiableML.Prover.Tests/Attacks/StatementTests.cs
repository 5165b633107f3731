using System.Collections.Immutable;
using VerifiableML.Algebra;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Proofs;

namespace VerifiableML.Prover.Tests.Attacks;

/// <summary>A proof holds for one statement under one key: everything public, changed, and proofs that are about something else.</summary>
public sealed class StatementTests
{
    private static readonly ProvingFixture Fixture = EveryRelation.Fixture;
    private static readonly PublicStatement Statement = Fixture.Proven.Statement;
    private static readonly VerificationKey Key = Fixture.Key.Verification;

    [Fact]
    public void Every_input_and_output_cell_counts()
    {
        for (int i = 0; i < Statement.Input!.Length; i++)
        {
            Refused(Statement with { Input = Changed(Statement.Input, i) });
        }

        for (int i = 0; i < Statement.Output!.Length; i++)
        {
            Refused(Statement with { Output = Changed(Statement.Output, i) });
        }
    }

    [Fact]
    public void Entries_of_a_batch_cannot_be_swapped()
    {
        Refused(Statement with { Input = Swapped(Statement.Input!) });
        Refused(Statement with { Output = Swapped(Statement.Output!) });
        Refused(Statement with { Input = Swapped(Statement.Input!), Output = Swapped(Statement.Output!) });
    }

    [Fact]
    public void The_context_counts()
    {
        for (int i = 0; i < PublicStatement.HashLength; i += 5)
        {
            Refused(Statement with { Context = Statement.Context.SetItem(i, 1) });
        }
    }

    [Fact]
    public void A_statement_that_does_not_fit_the_circuit_is_refused_before_anything_is_computed()
    {
        ImmutableArray<byte> hash = [.. new byte[32]];
        PublicStatement[] others =
        [
            Statement with { Input = null }, Statement with { Output = null }, Statement with { Input = [] },
            Statement with { Input = [.. Statement.Input!, 0] }, Statement with { Output = Statement.Output![..^1] },
            Statement with { Input = [.. Statement.Input!.Select((value, i) => i == 3 ? 7 : value)] },
            Statement with { Input = [.. Statement.Input!.Select((value, i) => i == 3 ? int.MinValue : value)] },
            Statement with { InputCommitment = hash }, Statement with { OutputCommitment = hash },
            Statement with { Context = default }, Statement with { Context = [] }, Statement with { Context = [.. new byte[33]] },
        ];
        foreach (PublicStatement other in others)
        {
            Assert.Equal(RejectionReason.PublicValues, InferenceVerifier.Verify(Key, other, Fixture.Proven.Proof)?.Reason);
        }
    }

    [Fact]
    public void Every_part_of_the_key_counts()
    {
        Assert.True(Key.WeightRows.Length > 1);
        for (int i = 0; i < Key.WeightRows.Length; i++)
        {
            Refused(Key with { WeightRows = Key.WeightRows.SetItem(i, Key.WeightRows[i] + G1.Generator) });
            Refused(Key with { WeightRows = Key.WeightRows.SetItem(i, G1.Infinity) });
        }

        Refused(Key with { WeightRows = [.. Key.WeightRows.Reverse()] });
        Refused(Key with { Setup = Key.Setup with { Id = Key.Setup.Id.SetItem(0, (byte)(Key.Setup.Id[0] ^ 1)) } });
        Refused(Key with { Setup = Key.Setup with { Tau = G2.Generator } });
    }

    [Fact]
    public void Another_circuit_of_the_same_shape_refuses_the_proof()
    {
        QuantizedModel model = EveryRelation.Model(1);
        var convolution = (ConvolutionNode)model.Nodes[0];
        Requantization requantization = convolution.Requantization!;
        int[] values = [.. requantization.Table.Values];
        values[^1]++;
        QuantizedModel[] others =
        [
            model with { Nodes = model.Nodes.SetItem(0, convolution with { Requantization = requantization with { Table = requantization.Table with { Values = [.. values] } } }) },
            model with { Nodes = model.Nodes.SetItem(0, convolution with { Requantization = requantization with { Table = requantization.Table with { First = -5 } } }) },
            model with { Nodes = model.Nodes.SetItem(0, convolution with { Columns = convolution.Columns with { PadBefore = 2 } }) },
            model with { Input = model.Input with { Minimum = -2 } },
        ];
        foreach (QuantizedModel other in others)
        {
            Circuit circuit = CircuitCompiler.Compile(other, EveryRelation.Options);
            Assert.Equal(MessageInventory.Of(Key.Circuit).Labels, MessageInventory.Of(circuit).Labels);
            Assert.False(circuit.Digest.AsSpan().SequenceEqual(Key.Circuit.Digest.AsSpan()));
            Assert.NotNull(InferenceVerifier.Verify(Key with { Circuit = circuit }, Statement with { Input = null }, Fixture.Proven.Proof));
            Refused(Key with { Circuit = circuit });
        }
    }

    [Fact]
    public void Options_are_part_of_the_circuit()
    {
        QuantizedModel model = EveryRelation.Model(1);
        byte[][] digests =
        [
            .. new[]
            {
                EveryRelation.Options, EveryRelation.Options with { BatchSize = 1 }, EveryRelation.Options with { Input = Visibility.Private },
                EveryRelation.Options with { Output = Visibility.Committed }, EveryRelation.Options with { MaximumWitnessRows = 5 },
                EveryRelation.Options with { MaximumWeightRows = 3 },
            }.Select(options => CircuitCompiler.Compile(model, options).Digest.ToArray()),
        ];
        Assert.Equal(digests.Length, digests.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void Proofs_of_other_models_inputs_and_batches_are_refused()
    {
        ProvingFixture otherModel = ProvingFixture.Of(EveryRelation.Model(2), EveryRelation.Options);
        ProvingFixture otherInput = ProvingFixture.Of(EveryRelation.Model(1), EveryRelation.Options, 2);
        ProvingFixture otherBatch = ProvingFixture.Of(EveryRelation.Model(1), EveryRelation.Options with { BatchSize = 1 });
        ProvingFixture[] all = [Fixture, otherModel, otherInput, otherBatch];
        foreach (ProvingFixture key in all)
        {
            foreach (ProvingFixture statement in all)
            {
                foreach (ProvingFixture proof in all)
                {
                    bool honest = statement == proof && (key == proof || (key != otherModel && key != otherBatch && proof != otherModel && proof != otherBatch));
                    Rejection? rejection = InferenceVerifier.Verify(
                        key.Key.Verification, statement.Proven.Statement, CoreProofFormat.Encode(proof.Proven.Proof));
                    Assert.Equal(honest, rejection is null);
                }
            }
        }
    }

    [Fact]
    public void A_committed_value_is_bound_to_its_commitment()
    {
        (QuantizedModel model, CircuitOptions options) = RelationCases.Small(new CircuitOptions(1, Visibility.Committed, Visibility.Committed));
        ProvingFixture fixture = ProvingFixture.Of(model, options);
        Assert.Null(fixture.Verify());
        ProvingFixture other = ProvingFixture.Of(model, options, 2);
        PublicStatement statement = fixture.Proven.Statement;
        PublicStatement[] others =
        [
            statement with { InputCommitment = statement.InputCommitment.SetItem(5, (byte)(statement.InputCommitment[5] ^ 1)) },
            statement with { OutputCommitment = statement.OutputCommitment.SetItem(5, (byte)(statement.OutputCommitment[5] ^ 1)) },
            statement with { InputCommitment = other.Proven.Statement.InputCommitment },
            statement with { InputCommitment = statement.OutputCommitment, OutputCommitment = statement.InputCommitment },
            statement with { InputCommitment = default }, statement with { Input = new int[24] },
        ];
        foreach (PublicStatement changed in others)
        {
            Assert.Equal(RejectionReason.PublicValues, InferenceVerifier.Verify(fixture.Key.Verification, changed, fixture.Proven.Proof)?.Reason);
        }
    }

    private static void Refused(PublicStatement statement) => Assert.NotNull(InferenceVerifier.Verify(Key, statement, Fixture.Proven.Proof));

    private static void Refused(VerificationKey key) => Assert.NotNull(InferenceVerifier.Verify(key, Statement, Fixture.Proven.Proof));

    private static int[] Changed(int[] values, int index)
    {
        int[] changed = [.. values];
        changed[index] += changed[index] > 0 ? -1 : 1;
        return changed;
    }

    private static int[] Swapped(int[] values)
    {
        int half = values.Length / 2;
        return [.. values[half..], .. values[..half]];
    }
}
