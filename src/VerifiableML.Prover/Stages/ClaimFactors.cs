using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Claims;
using VerifiableML.Circuits.Layout;

namespace VerifiableML.Prover.Stages;

/// <summary>The kernels of all claims, weighted and added up, over the witness and over the folded preprocessed data.</summary>
/// <param name="kernels">The field kernels.</param>
/// <param name="circuit">The circuit.</param>
internal sealed class ClaimFactors(IFieldKernels kernels, Circuit circuit)
{
    /// <summary><c>Σ_i weight_i · kernel_i</c> over the witness.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="lookupTables">eq(suffix of the lookup point, ·) by number of bits, for claims at that point.</param>
    public FrVector Witness(IReadOnlyList<ColumnClaim<Fr>> claims, ReadOnlySpan<Fr> weights, IReadOnlyDictionary<int, FrVector> lookupTables)
    {
        FrVector sum = kernels.Rent(1 << circuit.Layout.WitnessBits, cleared: true);
        for (int i = 0; i < claims.Count; i++)
        {
            ColumnClaim<Fr> claim = claims[i];
            FrSlice target = sum.Slice((int)claim.Column.Offset, 1 << claim.Column.Bits);
            switch (claim)
            {
                case EvaluationClaim<Fr> { IsAtLookupPoint: true }:
                    kernels.AddScaled(lookupTables[claim.Column.Bits].All, weights[i], target);
                    break;
                case EvaluationClaim<Fr> evaluation:
                    using (FrVector table = kernels.Rent(target.Length))
                    {
                        kernels.ExpandEquality(evaluation.Point.Coordinates, weights[i], table.All);
                        kernels.Add(target, table.All, target);
                    }

                    break;
                case PowerClaim<Fr> power:
                    AddHostTable(Powers(power, weights[i]), target);
                    break;
                case PaddingClaim<Fr> padding:
                    AddHostTable(PaddingPowers(padding, weights[i]), target);
                    break;
                default:
                    throw new InvalidOperationException($"unknown claim {claim.GetType().Name}");
            }
        }

        return sum;
    }

    /// <summary><c>Σ_i weight_i · kernel_i</c> over the columns of the preprocessed data.</summary>
    public FrVector Segments(IReadOnlyList<SegmentClaim<Fr>> claims, ReadOnlySpan<Fr> weights)
    {
        FrVector sum = kernels.Rent(1 << circuit.Layout.ColumnBits, cleared: true);
        for (int i = 0; i < claims.Count; i++)
        {
            SegmentClaim<Fr> claim = claims[i];
            using FrVector low = kernels.Rent(1 << claim.Segment.BlockBits);
            kernels.ExpandEquality(claim.Low.Coordinates, weights[i], low.All);
            Fr[] blocks = claim.BlockWeights();
            kernels.AddOuterProduct(blocks, low.All, sum.Slice(claim.Segment.Offset, blocks.Length * low.Length));
        }

        return sum;
    }

    /// <summary>Adds a table that the host has computed, one element after the other.</summary>
    private void AddHostTable(FrVector table, FrSlice target)
    {
        kernels.Add(target, table.All, target);
        table.Dispose();
    }

    /// <summary>The exponent is linear in the coordinates, so each axis starts from the power at which the axis above stands.</summary>
    private static FrVector Powers(PowerClaim<Fr> claim, Fr weight)
    {
        FrVector powers = FrVector.Rent(1 << claim.Column.Bits);
        FrSlice target = powers.All;
        TensorLayout layout = claim.Layout;
        Fr xStep = claim.Base.Pow((ulong)claim.Shape.Channels);
        Fr yStep = xStep.Pow((ulong)claim.Shape.Columns);
        Fr batchStep = yStep.Pow((ulong)claim.Shape.Rows);
        int address = 0;
        Fr atBatch = weight;
        for (int b = 0; b < 1 << layout.BatchBits; b++, atBatch *= batchStep)
        {
            Fr atY = atBatch;
            for (int y = 0; y < 1 << layout.YBits; y++, atY *= yStep)
            {
                Fr atX = atY;
                for (int x = 0; x < 1 << layout.XBits; x++, atX *= xStep)
                {
                    Fr power = atX;
                    for (int c = 0; c < 1 << layout.ChannelBits; c++, power *= claim.Base)
                    {
                        target[address++] = power;
                    }
                }
            }
        }

        return powers;
    }

    private static FrVector PaddingPowers(PaddingClaim<Fr> claim, Fr weight)
    {
        FrVector powers = FrVector.Rent(1 << claim.Column.Bits, cleared: true);
        FrSlice target = powers.All;
        TensorLayout layout = claim.Layout;
        Fr power = weight;
        for (int i = 0; i < target.Length; i++)
        {
            int channel = i & ((1 << layout.ChannelBits) - 1);
            int x = (i >> layout.ChannelBits) & ((1 << layout.XBits) - 1);
            int y = (i >> (layout.ChannelBits + layout.XBits)) & ((1 << layout.YBits) - 1);
            if (y >= claim.Shape.Rows || x >= claim.Shape.Columns || channel >= claim.Shape.Channels)
            {
                target[i] = power;
            }

            power *= claim.Base;
        }

        return powers;
    }
}
