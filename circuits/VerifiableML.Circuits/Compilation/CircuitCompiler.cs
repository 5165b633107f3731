using System.Collections.Immutable;
using VerifiableML.Algebra;

using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Relations;
using VerifiableML.Circuits.Tables;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Circuits.Compilation;

/// <summary>Compiles a model's architecture into a circuit.</summary>
public static class CircuitCompiler
{
    /// <summary>Most variables of a committed polynomial: 2^28 cells of witness.</summary>
    private const int MaximumBits = 28;

    /// <summary>Most rows of either committed polynomial.</summary>
    private const int MaximumRows = 1024;

    /// <summary>
    /// Rows of witness and of weights that a model for wrapping is given, one choice after another until the columns are few. A chain pays some 7,300 and 6,300 gas for each; up to nine
    /// rows in all, it verifies for less than 380,000.
    /// </summary>
    private static readonly (int Witness, int Weights)[] WrapRows =
        [(1, 1), (1, 2), (2, 1), (2, 2), (1, 4), (4, 1), (2, 4), (4, 2), (4, 4), (1, 8), (8, 1)];

    /// <summary>The same beyond nine rows, for models whose columns would be more than a setup has powers.</summary>
    private static readonly (int Witness, int Weights)[] ManyWrapRows = [(2, 8), (8, 8), (8, 16), (16, 32), (32, 32)];

    /// <summary>Logarithm of the number of columns up to which an opening is quick.</summary>
    private const int EasyWrapColumnBits = 18;

    /// <summary>Logarithm of the number of columns beyond which more gas is paid for fewer of them.</summary>
    private const int MostWrapColumnBits = 22;

    /// <summary>Least logarithm of the number of columns.</summary>
    private const int MinimumColumnBits = 6;

    /// <summary>Compiles <paramref name="model"/>, of which weights, biases, coefficients, names and scales are not read.</summary>
    /// <exception cref="CircuitException">The model does not fit; the message names the node.</exception>
    public static Circuit Compile(QuantizedModel model, CircuitOptions options)
    {
        if (options.BatchSize is < 1 or > CircuitOptions.MaximumBatchSize)
        {
            throw new CircuitException($"the batch size {options.BatchSize} is not between 1 and {CircuitOptions.MaximumBatchSize}");
        }

        if (options.MaximumWitnessRows is < 1 or > MaximumRows || options.MaximumWeightRows is < 1 or > MaximumRows)
        {
            throw new CircuitException($"the numbers of rows must be between 1 and {MaximumRows}");
        }

        QuantizedModel architecture = Architecture.Of(model);
        Architecture.Check(architecture);
        return Choose(architecture, options);
    }

    /// <summary>
    /// The options for proofs of <paramref name="model"/> that will be wrapped: as few rows as let the columns keep within 2^18. Where that is more than nine, the narrowest matrix of up
    /// to nine rows, so that a chain verifies every model within one bound of gas; and more only where the columns would go beyond 2^22.
    /// </summary>
    /// <exception cref="CircuitException">The model does not fit; the message names the node.</exception>
    public static CircuitOptions ChooseForWrapping(
        QuantizedModel model, int batchSize = 1, Visibility input = Visibility.Public, Visibility output = Visibility.Public)
    {
        (CircuitOptions best, int columnBits) = Narrowest(WrapRows, EasyWrapColumnBits);
        return columnBits <= MostWrapColumnBits ? best : Narrowest(ManyWrapRows, MostWrapColumnBits).Options;

        (CircuitOptions Options, int ColumnBits) Narrowest((int Witness, int Weights)[] choices, int enough)
        {
            (CircuitOptions Options, int ColumnBits) narrowest = (CircuitOptions.ForWrapping(batchSize, input, output), int.MaxValue);
            foreach ((int witness, int weights) in choices)
            {
                CircuitOptions options = narrowest.Options with { MaximumWitnessRows = witness, MaximumWeightRows = weights };
                int bits = Compile(model, options).Layout.ColumnBits;
                if (bits < narrowest.ColumnBits)
                {
                    narrowest = (options, bits);
                }

                if (bits <= enough)
                {
                    break;
                }
            }

            return narrowest;
        }
    }

    /// <summary>
    /// The narrowest matrix that keeps within the rows allowed: the opening's cost grows with the columns, the proof and the verifier's
    /// with the rows. Among equals, few rows of weights.
    /// </summary>
    private static Circuit Choose(QuantizedModel architecture, CircuitOptions options)
    {
        int mostWeightRows = System.Numerics.BitOperations.Log2((uint)options.MaximumWeightRows);
        CircuitBuilder? best = null;
        int bestColumns = int.MaxValue;
        for (int rowBits = 0; rowBits <= mostWeightRows; rowBits++)
        {
            CircuitBuilder candidate = Build(architecture, options, rowBits);
            int columns = ColumnBits(candidate, options);
            if (columns < bestColumns)
            {
                (best, bestColumns) = (candidate, columns);
            }
        }

        return Finish(best!, architecture, options, bestColumns);
    }

    private static CircuitBuilder Build(QuantizedModel architecture, CircuitOptions options, int rowBits)
    {
        var builder = new CircuitBuilder(rowBits);
        long cells = Enumerable.Range(0, architecture.Nodes.Length + 1)
            .Sum(value => 1L << TensorLayout.Of(architecture.Tensor(value).Shape, options.BatchSize).Bits);

        // A table costs as much as that many lookups: limbs are as wide as the number of cells pays for.
        int limbBits = Math.Clamp(TensorLayout.BitsFor(cells) - 2, 8, 16);
        var nodes = new NodeCompiler(builder, architecture, options.BatchSize, limbBits);
        nodes.CompileInput();
        for (int node = 0; node < architecture.Nodes.Length; node++)
        {
            nodes.Compile(node);
        }

        if (options.IsHiding)
        {
            builder.BlindingColumn = builder.AddColumn("blinding", CircuitLayout.BlindingColumnBits);
        }

        return builder;
    }

    private static int ColumnBits(CircuitBuilder builder, CircuitOptions options)
    {
        CircuitLayout.Place(builder.Segments, out long weights);
        long witness = builder.Columns.Sum(column => 1L << column.Bits);
        int bits = Math.Max(MinimumColumnBits, TensorLayout.BitsFor(weights));
        while ((witness + (1L << bits) - 1) >> bits > options.MaximumWitnessRows)
        {
            bits++;
        }

        return bits;
    }

    private static Circuit Finish(CircuitBuilder builder, QuantizedModel architecture, CircuitOptions options, int columnBits)
    {
        var own = new HashSet<int>();
        if (options.Input == Visibility.Committed)
        {
            own.Add(builder.ValueColumns[0]);
        }

        if (options.Output == Visibility.Committed)
        {
            own.Add(builder.ValueColumns[architecture.OutputValue]);
        }

        ImmutableArray<Column> columns = CircuitLayout.Place(builder.Columns, own, columnBits, out long used);
        (ImmutableArray<LeafSegment> lookupLeaves, ImmutableArray<LeafSegment> tableLeaves, long leaves) = builder.PlaceLeaves();
        int rows = (int)((used + (1L << columnBits) - 1) >> columnBits);
        var layout = new CircuitLayout(columnBits, TensorLayout.BitsFor(rows), rows, builder.WeightRowBits);

        // Every column and every row coordinate is a suffix of the lookup point, so that must be long enough.
        int levels = Math.Max(TensorLayout.BitsFor(leaves), Math.Max(builder.WeightRowBits, columns.Max(column => column.Bits)));
        if (layout.WitnessBits > MaximumBits || levels > MaximumBits || columnBits > MaximumBits)
        {
            throw new CircuitException(
                $"the model is too large: 2^{layout.WitnessBits} cells of witness, 2^{levels} lookups, at most 2^{MaximumBits}");
        }

        return new Circuit
        {
            Architecture = architecture,
            Options = options,
            Digest = [.. Keccak256.Hash(CircuitEncoding.Encode(architecture, options))],
            Layout = layout,
            Columns = columns,
            BlindingColumn = builder.BlindingColumn is { } blinding ? columns[blinding] : null,
            VirtualColumns = [.. builder.VirtualColumns],
            ValueColumns = [.. builder.ValueColumns.Select(index => columns[index])],
            Segments = CircuitLayout.Place(builder.Segments, out _),
            Tables = [.. builder.Tables],
            Multiplicities = [.. builder.Multiplicities.Select(index => columns[index])],
            Lookups = [.. builder.Lookups],
            LookupLeaves = lookupLeaves,
            TableLeaves = tableLeaves,
            LookupLevels = Math.Max(1, levels),
            Relations = [.. builder.Relations],
            ContractionDegree = builder.Relations.Any(r => r is ProductRelation or ConvolutionRelation { IsDepthwise: true }) ? 3 : 2,
        };
    }
}
