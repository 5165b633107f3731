using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Algebra.Polynomials;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Protocol.Claims;
using VerifiableML.Protocol.Commitments;
using VerifiableML.Protocol.Proofs;
using VerifiableML.Protocol.Setup;
using VerifiableML.Prover.Stages;

namespace VerifiableML.Prover.Tests.Stages;

/// <summary>The inner-product argument, with its honest prover and with ones that reach for another value.</summary>
public sealed class OpeningTests
{
    private const int Bits = 3;
    private static readonly StructuredReferenceString Setup = InsecureSetup.Generate(32, "opening tests"u8);
    private static readonly Fr Link = Scalar(1);

    /// <summary>The row has more entries than columns: those stand for blinding and must not count.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 4)]
    [InlineData(1, 2)]
    [InlineData(3, 8)]
    [InlineData(3, 12)]
    [InlineData(4, 16)]
    public void An_honest_opening_is_accepted(int bits, int length)
    {
        Fr[] row = Row(length);
        EvaluationPoint<Fr> point = Point(bits);
        Fr value = MultilinearPolynomial.Evaluate(row.AsSpan(0, 1 << bits), point.Coordinates);
        Assert.Null(Verify(Commit(row), point, value, Prove(row, point, value)));
    }

    [Fact]
    public void Another_value_point_commitment_link_or_setup_is_refused()
    {
        Fr[] row = Row(12);
        EvaluationPoint<Fr> point = Point(Bits);
        Fr value = MultilinearPolynomial.Evaluate(row.AsSpan(0, 8), point.Coordinates);
        OpeningProof proof = Prove(row, point, value);
        Assert.NotNull(Verify(Commit(row), point, value + Fr.One, proof));
        Assert.NotNull(Verify(Commit(row), Point(Bits, 5), value, proof));
        Assert.NotNull(Verify(Commit(row) + G1.Generator, point, value, proof));
        Assert.NotNull(InnerProductOpening.Verify(Commit(row), point, value, Link + Fr.One, proof, Setup.TauG2));
        Assert.NotNull(InnerProductOpening.Verify(Commit(row), point, value, Link, proof, G2.Generator));

        // The same code proves the false value as best it can.
        Assert.NotNull(Verify(Commit(row), point, value + Fr.One, Prove(row, point, value + Fr.One)));
    }

    [Fact]
    public void The_value_at_the_neighbouring_constant_is_no_way_out()
    {
        // Blinding beyond the columns changes the commitment but not the value.
        Fr[] row = Row(12);
        EvaluationPoint<Fr> point = Point(Bits);
        Fr value = MultilinearPolynomial.Evaluate(row.AsSpan(0, 8), point.Coordinates);
        row[11] += Fr.One;
        Assert.Null(Verify(Commit(row), point, value, Prove(row, point, value)));
        row[7] += Fr.One;
        Assert.NotNull(Verify(Commit(row), point, value, Prove(row, point, value)));
    }

    /// <summary>
    /// A cross polynomial with one more coefficient, of any power, cannot move the constant: the identity holds only at an x that was known before
    /// the commitment to it. At such an x the forgery works, which is why x is drawn from that commitment.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(20)]
    public void A_cross_polynomial_that_was_lengthened_moves_the_value_only_where_x_was_known(int power)
    {
        Fr[] row = Row(8);
        EvaluationPoint<Fr> point = Point(Bits);
        Fr value = MultilinearPolynomial.Evaluate(row.AsSpan(0, 8), point.Coordinates);
        Fr[] cross = Cross(row, point, 24);
        Fr known = Scalar(77);
        Fr inverse = known.Inverse();

        // X s(X) + s(1/X)/X gains t (X^(power+1) + X^−(power+1)); at the known x that is −2.
        Fr t = -(Fr.FromInt64(2) * (known.Pow((ulong)power + 1) + inverse.Pow((ulong)power + 1)).Inverse());
        cross[power] += t;
        Assert.True(Holds(known));
        Fr drawn = InnerProductOpening.Challenge(Link, Commit(cross));
        Assert.False(Holds(drawn));

        bool Holds(Fr x)
        {
            Fr back = x.Inverse();
            (Fr rowConstant, Fr rowSlope) = Remainder(row, x);
            (Fr crossConstant, Fr crossSlope) = Remainder(cross, x);
            return InnerProductOpening.Discrepancy(
                point, value + Fr.One, x, back, new OpenedValues<Fr>(rowConstant, rowSlope, crossConstant, crossSlope)).IsZero;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void The_product_of_factors_is_the_polynomial_of_the_equality_table(int bits)
    {
        EvaluationPoint<Fr> point = Point(bits);
        Fr x = Scalar(5);
        Assert.Equal(Evaluate(Equality.Table(point), x), InnerProductOpening.EvaluateEquality(point, x));
    }

    private static Rejection? Verify(G1 commitment, EvaluationPoint<Fr> point, Fr value, OpeningProof proof) =>
        InnerProductOpening.Verify(commitment, point, value, Link, proof, Setup.TauG2);

    private static OpeningProof Prove(Fr[] row, EvaluationPoint<Fr> point, Fr value)
    {
        using FrVector vector = FrVector.From(row);
        return OpeningProver.Prove(ProverBackend.Cpu, Setup.Powers, vector, point, value, Link);
    }

    /// <summary>The cross polynomial by its definition: coefficient k − 1 collects v_i e_j with i − j = ±k.</summary>
    private static Fr[] Cross(Fr[] row, EvaluationPoint<Fr> point, int length)
    {
        Fr[] equality = Equality.Table(point);
        var cross = new Fr[length];
        for (int i = 0; i < row.Length; i++)
        {
            for (int j = 0; j < equality.Length; j++)
            {
                if (i != j)
                {
                    cross[Math.Abs(i - j) - 1] += row[i] * equality[j];
                }
            }
        }

        return cross;
    }

    /// <summary>The line through the polynomial's values at x and 1/x.</summary>
    private static (Fr Constant, Fr Slope) Remainder(Fr[] coefficients, Fr x)
    {
        Fr at = Evaluate(coefficients, x);
        Fr slope = (at - Evaluate(coefficients, x.Inverse())) * (x - x.Inverse()).Inverse();
        return (at - (slope * x), slope);
    }

    private static G1 Commit(Fr[] coefficients)
    {
        using FrVector vector = FrVector.From(coefficients);
        return MultiScalarMultiplication.Compute(Setup.Powers, vector.All);
    }

    private static Fr Evaluate(Fr[] coefficients, Fr x) => coefficients.Reverse().Aggregate(Fr.Zero, (sum, coefficient) => (sum * x) + coefficient);

    private static Fr[] Row(int length) => [.. Enumerable.Range(0, length).Select(i => Scalar(100 + i))];

    private static EvaluationPoint<Fr> Point(int bits, int seed = 2) => new(Enumerable.Range(0, bits).Select(i => Scalar((seed * 50) + i)).ToArray());

    private static Fr Scalar(int index) => Fr.FromWideBytes(Keccak256.Hash(BitConverter.GetBytes(index)));
}
