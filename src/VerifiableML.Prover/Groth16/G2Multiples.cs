using VerifiableML.Algebra;

namespace VerifiableML.Prover.Groth16;

/// <summary>Many multiples of one point of G2, by a table of its multiples for each byte of a scalar.</summary>
internal static class G2Multiples
{
    private const int Chunk = 512;

    public static G2[] Compute(G2 point, ReadOnlyMemory<Fr> scalars)
    {
        G2[][] tables = BuildTables(point);
        var results = new G2[scalars.Length];
        Parallel.For(0, (scalars.Length + Chunk - 1) / Chunk, chunk =>
        {
            int start = chunk * Chunk;
            ReadOnlySpan<Fr> part = scalars.Span[start..Math.Min(scalars.Length, start + Chunk)];
            var sums = new JacobianPoint<Fq2>[part.Length];
            for (int i = 0; i < part.Length; i++)
            {
                sums[i] = Multiply(tables, part[i]);
            }

            G2.FromJacobian(sums).CopyTo(results, start);
        });
        return results;
    }

    private static JacobianPoint<Fq2> Multiply(G2[][] tables, in Fr scalar)
    {
        Span<byte> bytes = stackalloc byte[Fr.ByteLength];
        scalar.Encode(bytes);
        JacobianPoint<Fq2> sum = JacobianPoint<Fq2>.Infinity;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != 0)
            {
                ref readonly G2 multiple = ref tables[i][bytes[i]];
                sum = sum.AddAffine(multiple.X, multiple.Y);
            }
        }

        return sum;
    }

    /// <summary>tables[i][d] = d·256^(31 − i)·P.</summary>
    private static G2[][] BuildTables(in G2 point)
    {
        var tables = new G2[Fr.ByteLength][];
        JacobianPoint<Fq2> unit = point.ToJacobian();
        for (int i = tables.Length - 1; i >= 0; i--)
        {
            var multiples = new JacobianPoint<Fq2>[256];
            multiples[0] = JacobianPoint<Fq2>.Infinity;
            for (int d = 1; d < multiples.Length; d++)
            {
                multiples[d] = multiples[d - 1] + unit;
            }

            tables[i] = G2.FromJacobian(multiples);
            unit = multiples[255] + unit;
        }

        return tables;
    }
}
