using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits.ConstraintSystems;
using VerifiableML.Protocol.Setup;

namespace VerifiableML.Prover.Groth16;

/// <summary>The points of a key where nobody knows the secrets: sparse sums of Lagrange points, a column of the matrices at a time.</summary>
internal static class KeyPointsFromLagrange
{
    public static KeyPoints Compute(LagrangePoints lagrange, int wireCount, SparseMatrix a, SparseMatrix b, SparseMatrix c)
    {
        SparseColumns columnsA = SparseColumns.Of(a, wireCount);
        SparseColumns columnsB = SparseColumns.Of(b, wireCount);
        SparseColumns columnsC = SparseColumns.Of(c, wireCount);
        G1[] plain = lagrange.InG1.ToArray();
        return new KeyPoints(
            InG1(wireCount, (columnsA, plain)),
            InG1(wireCount, (columnsB, plain)),
            InG2(wireCount, columnsB, lagrange.InG2.ToArray()),
            InG1(wireCount, (columnsA, lagrange.BetaInG1.ToArray()), (columnsB, lagrange.AlphaInG1.ToArray()), (columnsC, plain)),
            lagrange.OddInG1);
    }

    private static G1Bases InG1(int wireCount, params (SparseColumns Columns, G1[] Points)[] parts)
    {
        var sums = new JacobianPoint<Fq>[wireCount];
        Parallel.For(0, wireCount, wire =>
        {
            JacobianPoint<Fq> sum = JacobianPoint<Fq>.Infinity;
            foreach ((SparseColumns columns, G1[] points) in parts)
            {
                foreach ((int row, Fr coefficient) in columns[wire])
                {
                    sum += Times(points[row].ToJacobian(), coefficient);
                }
            }

            sums[wire] = sum;
        });
        return new G1Bases(G1.FromJacobian(sums));
    }

    private static G2Bases InG2(int wireCount, SparseColumns columns, G2[] points)
    {
        var sums = new JacobianPoint<Fq2>[wireCount];
        Parallel.For(0, wireCount, wire =>
        {
            JacobianPoint<Fq2> sum = JacobianPoint<Fq2>.Infinity;
            foreach ((int row, Fr coefficient) in columns[wire])
            {
                sum += Times(points[row].ToJacobian(), coefficient);
            }

            sums[wire] = sum;
        });
        return new G2Bases(G2.FromJacobian(sums));
    }

    private static JacobianPoint<TField> Times<TField>(in JacobianPoint<TField> point, in Fr coefficient)
        where TField : struct, IFieldElement<TField> =>
        coefficient == Fr.One ? point : coefficient == -Fr.One ? -point : point.Multiply(coefficient);
}
