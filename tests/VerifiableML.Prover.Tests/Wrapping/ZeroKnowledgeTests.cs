using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Keys;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Verification;
using VerifiableML.Circuits.Wrapping;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Prover.Keys;
using VerifiableML.Prover.Witness;

namespace VerifiableML.Prover.Tests.Wrapping;

/// <summary>What a wrapped proof shows: the statement, and values that can be drawn without knowing weights or inputs.</summary>
public sealed class ZeroKnowledgeTests
{
    private static readonly WrappedInference Inference = WrappedInference.Shared;

    [Fact]
    public void Two_proofs_of_one_statement_share_no_value()
    {
        WrappedInference other = Inference.Fixture.Prove(Inference.Key);
        Assert.Equal(Inference.Statement.Input, other.Statement.Input);
        Assert.Equal(Inference.Statement.Output, other.Statement.Output);
        Assert.Empty(Values(Inference.Proof).Intersect(Values(other.Proof)));
    }

    [Fact]
    public void A_simulator_with_the_trapdoor_and_without_weights_makes_accepted_proofs()
    {
        // It gets the verification key, and an output that the model does not even have for this input.
        PublicStatement statement = Inference.Statement with { Output = [.. Inference.Statement.Output!.Select(value => value > 0 ? value - 1 : value + 1)] };
        for (int i = 0; i < 3; i++)
        {
            WrappedProof simulated = Simulator.Simulate(Inference.Key.Verification, Inference.Fixture.Wrap, statement);
            Assert.Null(Inference.Verify(simulated, statement));
            Assert.NotNull(Inference.Verify(simulated));
        }
    }

    /// <summary>
    /// The six values of the opening that do not follow from each other are uniform whatever the witness is: the random entries map onto them
    /// with full rank.
    /// </summary>
    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public void Random_entries_reach_every_combination_of_the_values_shown(int columnBits)
    {
        Assert.Equal(6, RankOf(columnBits, withColumn: true));

        // With the slots beyond the columns alone, the cross polynomial would follow from the row.
        Assert.Equal(3, RankOf(columnBits, withColumn: false));
    }

    [Fact]
    public void The_column_of_random_entries_shares_its_row_with_no_committed_column()
    {
        CircuitOptions options = CircuitOptions.ForWrapping(1, Visibility.Committed, Visibility.Committed);
        Circuit circuit = ProvingFixture.KeyFor(WrapFixture.Model(1), options).Circuit;
        int row = (int)(circuit.BlindingColumn!.Offset >> circuit.Layout.ColumnBits);
        foreach (int value in (int[])[0, circuit.Architecture.OutputValue])
        {
            (int first, int count) = circuit.RowsOf(circuit.ValueColumns[value]);
            Assert.False(row >= first && row < first + count);
        }
    }

    [Fact]
    public void A_private_input_leaves_the_statement_and_no_more()
    {
        // Two inputs with one output: their statements are the same, and either proof fits both.
        QuantizedModel model = new TinyModel(new TensorShape(1, 1, 3)).Dense(2, Curve.Clamp, shift: 7).Model();
        WrapFixture fixture = WrapFixture.Of(model, CircuitOptions.ForWrapping(1, Visibility.Private));
        ProvingKey key = fixture.KeyFor(model);
        WrappedInference first = fixture.Prove(key, Execute(model, [1, 0, 0]));
        WrappedInference second = fixture.Prove(key, Execute(model, [0, 1, 0]));
        Assert.Equal(first.Statement.Output, second.Statement.Output);
        Assert.Null(first.Statement.Input);
        Assert.True(first.Statement.InputCommitment.IsDefault);
        Assert.Null(first.Verify(statement: second.Statement));
        Assert.Null(second.Verify(statement: first.Statement));
        Assert.Empty(Values(first.Proof).Intersect(Values(second.Proof)));
    }

    [Fact]
    public void A_committed_output_shows_a_hash_that_only_its_blinding_explains()
    {
        QuantizedModel model = WrapFixture.Model(1);
        WrapFixture fixture = WrapFixture.Of(model, CircuitOptions.ForWrapping(1, Visibility.Public, Visibility.Committed));
        ProvingKey key = fixture.KeyFor(model);
        WrappedInference first = fixture.Prove(key);
        WrappedInference second = fixture.Prove(key);
        Assert.Null(first.Verify());
        Assert.Null(first.Statement.Output);
        Assert.NotEqual(first.Statement.OutputCommitment.ToArray(), second.Statement.OutputCommitment.ToArray());
        Assert.NotNull(first.Verify(statement: second.Statement));

        // Whoever guesses the output cannot check the guess without the blinding.
        int[] output = ProvingFixture.Execute(model, 1, 1).Output;
        int value = fixture.Circuit.Architecture.OutputValue;
        int rows = fixture.Circuit.RowsOf(fixture.Circuit.ValueColumns[value]).Count;
        byte[] guess = ColumnBlinding.HashCommitment(
            fixture.Circuit, key.Powers, value, output, new Fr[rows * CircuitLayout.BlindingSlots]);
        Assert.NotEqual(first.Statement.OutputCommitment.ToArray(), guess);
    }

    private static ExecutionTrace Execute(QuantizedModel model, int[] input) => new ReferenceExecutor().Execute(model, input, 1);

    /// <summary>Every point, as its bytes, and every scalar of a proof.</summary>
    private static IEnumerable<string> Values(WrappedProof proof)
    {
        foreach (G1 point in (G1[])[.. proof.Rows, proof.Cross, proof.Quotient, proof.Evaluation, proof.Groth16.A, proof.Groth16.C])
        {
            var bytes = new byte[G1.ByteLength];
            point.Encode(bytes);
            yield return Convert.ToHexString(bytes);
        }

        var twist = new byte[G2.ByteLength];
        proof.Groth16.B.Encode(twist);
        yield return Convert.ToHexString(twist);
        foreach (Fr scalar in proof.Told.ToArray())
        {
            yield return scalar.ToString()!;
        }
    }

    /// <summary>
    /// Rank of the map from random entries of the opened row to v(τ), v(x), v(1/x), s(τ), s(x), s(1/x), for random τ, x and point.
    /// </summary>
    private static int RankOf(int columnBits, bool withColumn)
    {
        using var generator = RandomNumberGenerator.Create();
        int columns = 1 << columnBits;
        Fr[] equality = Equality.Table(new EvaluationPoint<Fr>(Enumerable.Range(0, columnBits).Select(_ => Fr.Random(generator)).ToArray()));
        Fr x = Fr.Random(generator);
        Fr[] at = [Fr.Random(generator), x, x.Inverse()];
        IEnumerable<int> places = Enumerable.Range(columns, CircuitLayout.BlindingSlots);
        if (withColumn)
        {
            places = places.Concat(Enumerable.Range(columns - (1 << CircuitLayout.BlindingColumnBits), 1 << CircuitLayout.BlindingColumnBits));
        }

        return Rank([.. places.Select(place => at.Select(t => t.Pow((ulong)place)).Concat(at.Select(t => Cross(place, t))).ToArray())]);

        // The cross polynomial of a row with a one at one place: coefficient k − 1 collects eq(j) with |place − j| = k.
        Fr Cross(int place, Fr t) => Enumerable.Range(0, columns).Where(j => j != place)
            .Aggregate(Fr.Zero, (sum, j) => sum + (equality[j] * t.Pow((ulong)Math.Abs(place - j) - 1)));
    }

    private static int Rank(Fr[][] rows)
    {
        int rank = 0;
        for (int column = 0; column < rows[0].Length; column++)
        {
            int pivot = Array.FindIndex(rows, rank, row => !row[column].IsZero);
            if (pivot < 0)
            {
                continue;
            }

            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            for (int i = rank + 1; i < rows.Length; i++)
            {
                Fr factor = rows[i][column] * rows[rank][column].Inverse();
                for (int j = column; j < rows[i].Length; j++)
                {
                    rows[i][j] -= factor * rows[rank][j];
                }
            }

            rank++;
        }

        return rank;
    }
}
