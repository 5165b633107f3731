using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Layout;
using VerifiableML.Circuits.Relations;
using VerifiableML.Circuits.Tables;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Execution;
using VerifiableML.Model.Quantized;
using VerifiableML.Prover.Keys;
using static VerifiableML.Prover.Tests.TinyModel;

namespace VerifiableML.Prover.Tests.Attacks;

/// <summary>
/// Provers that lie consistently, up to the one check that catches them. Each attack names that check, shows that no other fails and that even the
/// opening holds: without the check the lie would be accepted.
/// </summary>
public sealed class CheatingProverTests
{
    private const string Sum = "lookup sum is not zero";
    private const string Numerators = "lookup numerators do not match the columns";
    private const string Denominators = "lookup denominators do not match the columns";
    private const string Contractions = "contraction sumcheck does not end in its factors";
    private const string Wirings = "wiring sumcheck does not end in its sources";
    private const string Claims = "claim sumcheck does not end in the opened values";

    /// <summary>
    /// All checks of the verifier by kind. Each is the only one that catches some attack: those on the root and on the levels of the fraction tree in the
    /// tests of the protocol, all others here.
    /// </summary>
    [Fact]
    public void Every_check_has_an_attack_that_it_alone_catches()
    {
        string[] attacked =
        [
            Sum, "lookup denominator is zero", "lookup level # does not follow from the level below", Numerators, Denominators,
            "relation of node #: copy", "relation of node #: weighted sum", Contractions, Wirings, Claims,
        ];
        var checks = new HashSet<string>();
        foreach (QuantizedModel model in (QuantizedModel[])[EveryRelation.Model(1), new TinyModel(new TensorShape(1, 3, 2)).Pool(All(1), Window(1, 3)).Model()])
        {
            ProvingFixture fixture = ProvingFixture.Of(model);
            Examination examination = Examination.Of(fixture.Key.Verification, fixture.Proven.Statement, fixture.Proven.Proof);
            Assert.Empty(examination.Failed);
            checks.UnionWith(examination.Channel.Checks.Select(check => System.Text.RegularExpressions.Regex.Replace(check, "[0-9]+", "#")));
        }

        Assert.Equal(attacked.Order(), checks.Order());
    }

    [Fact]
    public void Deviations_alone_change_nothing()
    {
        Liar liar = Dense();
        ProvenInference proven = liar.Prove();
        Assert.Null(InferenceVerifier.Verify(liar.Key.Verification, proven.Statement, proven.Proof));
        Examination examination = Examination.Of(liar.Key.Verification, proven.Statement, proven.Proof);
        Assert.Empty(examination.Failed);
        Assert.True(examination.OpeningHolds);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    [InlineData(0, 1 << 30)]
    public void A_forged_multiplicity(int table, int change)
    {
        Liar liar = Dense();
        liar.Cells(liar.Circuit.Multiplicities[table])[1] += change;
        CaughtBy(Sum, liar);
    }

    [Fact]
    public void Multiplicities_moved_from_one_row_to_another()
    {
        Liar liar = Dense();
        Span<int> counts = liar.Cells(liar.Circuit.Multiplicities[0]);
        counts[2]--;
        counts[3]++;
        CaughtBy(Sum, liar);
    }

    [Fact]
    public void A_forged_multiplicity_with_a_tree_over_the_true_ones()
    {
        Liar liar = Dense();
        Column column = liar.Circuit.Multiplicities[0];
        liar.Cells(column)[1]++;
        long leaf = liar.Circuit.TableLeaves[0].Offset + 1;
        CaughtBy(Numerators, liar, new Deviations { EditLeaves = (numerators, _, _, _) => numerators[(int)leaf] += Fr.One });
    }

    [Fact]
    public void A_remainder_out_of_range_compensated_in_the_quotient()
    {
        (Liar liar, _, _) = RemainderOutOfRange();
        CaughtBy(Denominators, liar);
    }

    [Fact]
    public void A_remainder_out_of_range_with_the_leaves_that_it_really_has()
    {
        (Liar liar, RemainderLimb limb, int cell) = RemainderOutOfRange();
        int value = liar.Cells(limb.Column)[cell];
        Lookup lookup = liar.Circuit.Lookups[limb.Lookup];
        CaughtBy(Sum, liar, TrueLeaf(liar, lookup, cell, value, 0));
    }

    [Fact]
    public void A_bad_lookup_balanced_in_a_leaf_that_belongs_to_nobody()
    {
        (Liar liar, RemainderLimb limb, int cell) = RemainderOutOfRange();
        int value = liar.Cells(limb.Column)[cell];
        Lookup lookup = liar.Circuit.Lookups[limb.Lookup];
        long leaf = liar.Circuit.LookupLeaves[limb.Lookup].Offset + cell;
        int unused = (1 << liar.Circuit.LookupLevels) - 1;
        Assert.DoesNotContain(
            liar.Circuit.LookupLeaves.Concat(liar.Circuit.TableLeaves), segment => segment.Offset + (1L << segment.Bits) > unused);
        Examination examination = liar.Attack(new Deviations
        {
            EditLeaves = (numerators, denominators, alpha, gamma) =>
            {
                // The old row's multiplicity has lost its lookup: one unused leaf takes the bad entry back, another stands for the row.
                Fr old = denominators[(int)leaf];
                Fr bad = Leaf(lookup, value, 0, alpha, gamma);
                denominators[(int)leaf] = bad;
                numerators[unused] = -Fr.One;
                denominators[unused] = bad;
                numerators[unused - 1] = Fr.One;
                denominators[unused - 1] = old;
            },
        });
        Assert.Equal([Numerators, Denominators], examination.Failed);
        Assert.True(examination.OpeningHolds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void An_accumulator_off_by_one_step_of_the_output(int change)
    {
        Liar liar = Dense();
        liar.Requantize(liar.Relation<ConvolutionRelation>(1), 0, change);
        liar.Output[0] = liar.Cells(liar.Circuit.ValueColumns[2])[0];
        liar.Recount();
        CaughtBy(Contractions, liar);
    }

    [Fact]
    public void An_accumulator_off_by_one_in_the_remainder()
    {
        Liar liar = Dense();
        RemainderLimb limb = liar.Relation<ConvolutionRelation>(0).Requantization!.Limbs[0];
        int value = liar.Cells(limb.Column)[1] ^= 1;
        liar.Witness.LookupRows[limb.Lookup][1] = value;
        liar.Recount();
        CaughtBy(Contractions, liar);
    }

    [Fact]
    public void Another_value_of_the_activation()
    {
        Liar liar = Dense();
        liar.Output[0] = liar.Cells(liar.Circuit.ValueColumns[2])[0] += liar.Output[0] > 0 ? -1 : 1;
        CaughtBy(Denominators, liar);
    }

    [Fact]
    public void An_output_changed_in_the_column_but_not_in_the_relation()
    {
        var liar = new Liar(new TinyModel(new TensorShape(1, 1, 3)).Dense(3).Model());
        liar.Output[1] = liar.Cells(liar.Circuit.ValueColumns[1])[1] += liar.Output[1] > 0 ? -1 : 1;
        CaughtBy(Contractions, liar);
    }

    [Fact]
    public void An_output_changed_in_the_statement_only()
    {
        Liar liar = Dense();
        liar.Output[0] += liar.Output[0] > 0 ? -1 : 1;
        CaughtBy(Claims, liar);
    }

    [Fact]
    public void An_input_changed_in_the_statement_only()
    {
        Liar liar = Dense();
        liar.Input[0] += liar.Input[0] > 0 ? -1 : 1;
        CaughtBy(Claims, liar);
    }

    [Fact]
    public void A_padded_cell_made_live_in_a_hidden_layer()
    {
        Liar liar = Dense();

        // Five outputs stand in eight cells; the sixth becomes 2.
        liar.Requantize(liar.Relation<ConvolutionRelation>(0), 5, 2);
        Assert.Equal(2, liar.Cells(liar.Circuit.ValueColumns[1])[5]);
        liar.Recount();
        CaughtBy(Contractions, liar);
    }

    [Fact]
    public void A_padded_cell_made_live_where_the_activation_marks_padding()
    {
        var liar = new Liar(new TinyModel(new TensorShape(1, 1, 3)).Dense(3, Curve.Sigmoid).Dense(2).Model());
        var relation = liar.Relation<ConvolutionRelation>(0);
        var table = (SaturatingTable)liar.TableOf(relation.Requantization!.Activation);
        Assert.True(table.MarksPadding);
        liar.Requantize(relation, 3, 1);
        Assert.NotEqual(0, liar.Cells(liar.Circuit.ValueColumns[1])[3]);
        liar.Recount();
        CaughtBy(Contractions, liar);
    }

    [Fact]
    public void A_padded_cell_made_live_in_the_public_input()
    {
        Liar liar = Dense();
        SetInput(liar, 3, 5);
        CaughtBy(Claims, liar);
    }

    [Theory]
    [InlineData(Visibility.Private)]
    [InlineData(Visibility.Committed)]
    public void A_padded_cell_made_live_in_an_input_that_is_not_public(Visibility visibility)
    {
        Liar liar = Dense(new CircuitOptions(1, visibility));
        SetInput(liar, 3, 5);
        CaughtBy(Claims, liar);
    }

    [Fact]
    public void Weights_in_the_padding_of_a_registered_model_meet_no_input()
    {
        // The owner registers a weight for the fourth of three inputs, and proves with a live fourth input that nobody sees. The relation holds
        // then, and so would the proof; only the claim on the input's padding stands in the way.
        Liar liar = HiddenInput();
        Assert.NotEqual(0, liar.Cells(liar.Circuit.ValueColumns[0])[3]);
        CaughtBy(Claims, liar);
    }

    [Fact]
    public void A_public_input_shifted_into_the_padding()
    {
        // Cells (x, c) = (0, 3) and (1, 0) count with the same power when there are three channels. What the statement says of the second, the
        // prover splits between both; with a weight for the first, the output is another one.
        QuantizedModel larger = new TinyModel(new TensorShape(1, 2, 4)).Dense(3).Model();
        QuantizedModel claimed = new TinyModel(new TensorShape(1, 2, 3)).Dense(3).Model();
        ExecutionTrace trace = new ReferenceExecutor().Execute(larger, [1, 2, 3, 2, -1, 1, 2, 0], 1);
        ProvingKey stated = ProvingFixture.KeyFor(claimed, new CircuitOptions());
        ProvingKey honest = ProvingFixture.KeyFor(larger, new CircuitOptions());
        Assert.Equal(honest.Circuit.Layout, stated.Circuit.Layout);
        var liar = new Liar(larger, new CircuitOptions(), trace)
        {
            Key = new ProvingKey(honest.Verification with { Circuit = stated.Circuit }, larger, honest.Powers, []),
            Input = [1, 2, 3, 1, 1, 2],
        };
        CaughtBy(Claims, liar);
    }

    [Theory]
    [InlineData(-8, 7, 8)]
    [InlineData(-8, 7, -9)]
    [InlineData(-3, 9, 10)]
    [InlineData(-3, 9, -4)]
    [InlineData(-3, 9, 1 << 20)]
    public void A_private_input_outside_its_range(int least, int greatest, int value)
    {
        QuantizedModel model = new TinyModel(new TensorShape(1, 1, 3), least, greatest).Dense(4, magnitude: 0).Model();
        var liar = new Liar(model, new CircuitOptions(1, Visibility.Private));
        var input = (InputRelation)liar.Circuit.Relations[0];
        liar.Cells(input.Column)[0] = value;
        CaughtBy(Denominators, liar);

        // The same with the leaves that the value really has, wherever it is in no table.
        bool lower = value < least || value >= least + (1 << liar.TableOf(input.Lower).Bits);
        Lookup lookup = liar.Circuit.Lookups[lower ? input.Lower : input.Upper];
        int key = lower ? value - least : greatest - value;
        var other = lower && input.Upper >= 0 ? liar.Circuit.Lookups[input.Upper] : liar.Circuit.Lookups[input.Lower];
        int otherKey = lower ? greatest - value : value - least;
        LeafEdit first = TrueLeaf(liar, lookup, 0, key, 0).EditLeaves!;
        LeafEdit second = input.Upper >= 0 ? TrueLeaf(liar, other, 0, otherKey, 0).EditLeaves! : (_, _, _, _) => { };
        CaughtBy(Sum, liar, new Deviations
        {
            EditLeaves = (numerators, denominators, alpha, gamma) =>
            {
                first(numerators, denominators, alpha, gamma);
                second(numerators, denominators, alpha, gamma);
            },
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Another_maximum_that_is_in_no_row_of_the_table(int change)
    {
        Liar liar = Pool();
        var pool = liar.Relation<MaxPoolRelation>(0);
        int cell = Greatest(liar, pool);
        liar.Output[0] = liar.Cells(pool.Maxima[^1])[cell] += change;
        CaughtBy(Denominators, liar);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Another_maximum_of_other_inputs(int change)
    {
        Liar liar = Pool();
        var pool = liar.Relation<MaxPoolRelation>(0);
        int last = pool.Offsets.Length - 1;

        // Every offset reads a value moved by the same step: differences stay, and so do all lookups.
        foreach (VirtualColumn offset in pool.Offsets)
        {
            liar.Witness.Virtual[offset.Index][0] += change;
        }

        foreach (int maximum in pool.Maxima)
        {
            liar.Cells(maximum)[0] += change;
        }

        Assert.True(last > 0);
        liar.Output[0] += change;
        CaughtBy(Wirings, liar);
    }

    [Fact]
    public void A_copied_value_changed()
    {
        var liar = new Liar(new TinyModel(new TensorShape(1, 3, 2)).Pool(All(1), Window(1, 3)).Model());
        liar.Output[2] = liar.Cells(liar.Circuit.ValueColumns[1])[2] += liar.Output[2] > 0 ? -1 : 1;
        CaughtBy("relation of node 0: copy", liar);
    }

    [Fact]
    public void A_weighted_sum_changed()
    {
        var shape = new TensorShape(1, 3, 2);
        var liar = new Liar(new TinyModel(shape).Sum(shape, Curve.Clamp, 2, true, new WeightedTerm(0, 3, Identity(shape))).Model());
        liar.Requantize(liar.Relation<WeightedSumRelation>(0), 1, 1);
        liar.Output[1] = liar.Cells(liar.Circuit.ValueColumns[1])[1];
        liar.Recount();
        CaughtBy("relation of node 0: weighted sum", liar);
    }

    [Theory]
    [InlineData(false, Claims)]
    [InlineData(true, Wirings)]
    public void The_image_of_a_map_changed(bool flip, string check)
    {
        var shape = new TensorShape(1, 4, 2);
        SeparableMap map = flip
            ? new SeparableMap(AxisMap.Identity(1), Axis(4, 4, (0, 3, 1), (1, 2, 1), (2, 1, 1), (3, 0, 1)), AxisMap.Identity(2))
            : Identity(shape);
        var liar = new Liar(new TinyModel(shape).Sum(shape, Curve.Raw, 0, false, new WeightedTerm(0, 3, map)).Model());
        liar.Witness.Virtual[liar.Relation<WeightedSumRelation>(0).Terms[0].Image.Index][1]++;
        liar.Output[1] = liar.Cells(liar.Circuit.ValueColumns[1])[1] += 3;
        CaughtBy(check, liar);
    }

    [Fact]
    public void A_product_changed()
    {
        var liar = new Liar(new TinyModel(new TensorShape(1, 3, 2)).Product(0, 0, Curve.Raw).Model());
        liar.Output[1] = liar.Cells(liar.Circuit.ValueColumns[1])[1] += liar.Output[1] > 0 ? -1 : 1;
        CaughtBy(Contractions, liar);
    }

    [Fact]
    public void A_depthwise_accumulator_changed()
    {
        var liar = new Liar(new TinyModel(new TensorShape(1, 3, 2)).Convolution(0, All(1), Window(2, 3), Curve.Raw, multiplier: 2).Model());
        liar.Output[1] = liar.Cells(liar.Circuit.ValueColumns[1])[1] += liar.Output[1] > 0 ? -1 : 1;
        CaughtBy(Contractions, liar);
    }

    [Fact]
    public void An_output_of_a_convolution_over_one_padded_pixel()
    {
        var liar = new Liar(new TinyModel(new TensorShape(1, 1, 1)).Convolution(
            1, Window(3, 1, before: 1, after: 1), Window(3, 1, before: 1, after: 1), Curve.Raw, bias: false).Model());
        liar.Output[0] = liar.Cells(liar.Circuit.ValueColumns[1])[0] += liar.Output[0] > 0 ? -1 : 1;
        CaughtBy(Contractions, liar);
    }

    [Fact]
    public void Other_weights_than_the_committed_ones()
    {
        QuantizedModel model = DenseModel();
        QuantizedModel other = DenseModel(2);
        ProvingKey committed = ProvingFixture.KeyFor(model, new CircuitOptions());
        var liar = new Liar(other)
        {
            Key = new ProvingKey(committed.Verification, other, committed.Powers, []),
        };
        Examination examination = liar.Attack();
        Assert.Empty(examination.Failed);
        Assert.False(examination.OpeningHolds);
    }

    [Fact]
    public void Another_witness_than_the_committed_one()
    {
        Liar liar = Dense();
        int[] cells = [.. liar.Witness.Cells];
        cells[0]++;
        Examination examination = liar.Attack(new Deviations { Committed = liar.Witness with { Cells = cells } });
        Assert.Empty(examination.Failed);
        Assert.False(examination.OpeningHolds);
    }

    private static void CaughtBy(string check, Liar liar, Deviations? deviations = null)
    {
        Examination examination = liar.Attack(deviations);
        Assert.Equal([check], examination.Failed);
        Assert.True(examination.OpeningHolds);
    }

    private static QuantizedModel DenseModel(int seed = 1) =>
        new TinyModel(new TensorShape(1, 1, 3), seed: seed).Dense(5, Curve.Clamp).Dense(3, Curve.Clamp).Model();

    private static Liar Dense(CircuitOptions? options = null) => new(DenseModel(), options);

    private static Liar Pool() => new(new TinyModel(new TensorShape(2, 4, 1), -4, 3).Pool(All(2), Window(2, 4, 2)).Model(), input: 3);

    /// <summary>The cell of the first output; the test needs that it does not saturate the range.</summary>
    private static int Greatest(Liar liar, MaxPoolRelation pool)
    {
        Assert.Equal(liar.Output[0], liar.Cells(pool.Maxima[^1])[0]);
        return 0;
    }

    /// <summary>
    /// A key for three inputs whose commitment is that of a model for four: both have the same padded layout. The witness is the larger model's, so
    /// everything about it is true but that its fourth input is padding.
    /// </summary>
    private static Liar HiddenInput()
    {
        QuantizedModel larger = new TinyModel(new TensorShape(1, 1, 4)).Dense(3).Model();
        QuantizedModel claimed = new TinyModel(new TensorShape(1, 1, 3)).Dense(3).Model();
        ProvingKey honest = ProvingFixture.KeyFor(larger, new CircuitOptions(1, Visibility.Private));
        ProvingKey stated = ProvingFixture.KeyFor(claimed, new CircuitOptions(1, Visibility.Private));
        Assert.Equal(honest.Circuit.Layout, stated.Circuit.Layout);
        var key = new ProvingKey(honest.Verification with { Circuit = stated.Circuit }, larger, honest.Powers, []);
        return new Liar(larger, new CircuitOptions(1, Visibility.Private)) { Key = key };
    }

    private static void SetInput(Liar liar, int cell, int value)
    {
        var input = (InputRelation)liar.Circuit.Relations[0];
        liar.Cells(input.Column)[cell] = value;
        liar.Witness.LookupRows[input.Lower][cell] = value - input.Minimum;
        liar.Recount();
    }

    /// <summary>The last layer's first remainder grows by 2^width, its quotient shrinks by one, and the output follows.</summary>
    private static (Liar Liar, RemainderLimb Limb, int Cell) RemainderOutOfRange()
    {
        Liar liar = Dense();
        var relation = liar.Relation<ConvolutionRelation>(1);
        RemainderLimb limb = Assert.Single(relation.Requantization!.Limbs);
        int change = liar.Output[0] > 0 ? -1 : 1;
        liar.Requantize(relation, 0, change);
        liar.Cells(limb.Column)[0] -= change << liar.TableOf(limb.Lookup).Bits;
        liar.Output[0] = liar.Cells(liar.Circuit.ValueColumns[2])[0];
        liar.Recount();
        return (liar, limb, 0);
    }

    private static Deviations TrueLeaf(Liar liar, Lookup lookup, int cell, int key, int value) => new()
    {
        EditLeaves = (_, denominators, alpha, gamma) =>
            denominators[(int)liar.Circuit.LookupLeaves[lookup.Index].Offset + cell] = Leaf(lookup, key, value, alpha, gamma),
    };

    private static Fr Leaf(Lookup lookup, int key, int value, Fr alpha, Fr gamma) =>
        alpha - Fr.FromInt64(key) - (gamma * Fr.FromInt64(value)) - (gamma.Square() * Fr.FromInt64(lookup.Table + 1));
}
