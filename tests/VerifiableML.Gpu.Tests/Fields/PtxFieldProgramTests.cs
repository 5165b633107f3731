using System.Numerics;
using VerifiableML.Algebra;
using VerifiableML.Gpu.Fields;

namespace VerifiableML.Gpu.Tests.Fields;

/// <summary>The text of the carry chains, run by <see cref="PtxInterpreter"/>, against integers: no device is needed to see a wrong carry.</summary>
public sealed class PtxFieldProgramTests
{
    private static readonly string[] A = Names("%r", 10), B = Names("%r", 20), Result = Names("%r", 30);

    public static TheoryData<string> Fields => ["r", "p"];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Multiplication_is_that_of_integers(string field)
    {
        BigInteger modulus = Modulus(field), inverse = FieldValues.Inverse256(modulus);
        var program = new PtxInterpreter(PtxFieldProgram.Multiply(modulus, Result, A, B));
        ForAllPairs(modulus, (a, b) => Assert.Equal(a * b * inverse % modulus, Run(program, a, b)));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Multiplication_takes_a_second_factor_of_any_256_bits(string field)
    {
        BigInteger modulus = Modulus(field), inverse = FieldValues.Inverse256(modulus), all = BigInteger.Pow(2, 256) - 1;
        var program = new PtxInterpreter(PtxFieldProgram.Multiply(modulus, Result, A, B));
        foreach (BigInteger a in FieldValues.Stored(modulus, 20))
        {
            Assert.Equal(a * all * inverse % modulus, Run(program, a, all));
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Addition_is_that_of_integers(string field)
    {
        BigInteger modulus = Modulus(field);
        var program = new PtxInterpreter(PtxFieldProgram.Add(modulus, Result, A, B));
        ForAllPairs(modulus, (a, b) => Assert.Equal((a + b) % modulus, Run(program, a, b)));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Subtraction_is_that_of_integers(string field)
    {
        BigInteger modulus = Modulus(field);
        var program = new PtxInterpreter(PtxFieldProgram.Subtract(modulus, Result, A, B));
        ForAllPairs(modulus, (a, b) => Assert.Equal((a + modulus - b) % modulus, Run(program, a, b)));
    }

    [Fact]
    public void Multiplication_agrees_with_the_host()
    {
        var program = new PtxInterpreter(PtxFieldProgram.Multiply(Fr.Modulus, Result, A, B));
        ForAllPairs(Fr.Modulus, (a, b) => Assert.Equal(
            FieldValues.StoredFr(a) * FieldValues.StoredFr(b), FieldValues.StoredFr(Run(program, a, b))));
    }

    /// <summary>64 products of limbs and 64 of the reduction, each a pair that the hardware fuses, and 8 multipliers: what a device's time goes to.</summary>
    [Fact]
    public void Multiplication_costs_136_products_of_limbs()
    {
        var program = new PtxInterpreter(PtxFieldProgram.Multiply(Fr.Modulus, Result, A, B));
        Assert.Equal(128 + 8, program.Names.Count(name => name.Contains(".lo.", StringComparison.Ordinal)));
        Assert.Equal(128, program.Names.Count(name => name.Contains(".hi.", StringComparison.Ordinal)));
    }

    /// <summary>Any single wrong instruction must be seen: the interpreter is no judge otherwise.</summary>
    [Fact]
    public void A_carry_left_out_is_noticed()
    {
        string[] lines = PtxFieldProgram.Multiply(Fr.Modulus, Result, A, B).Split('\n');
        BigInteger[] values = FieldValues.Stored(Fr.Modulus, 12);
        BigInteger inverse = FieldValues.Inverse256(Fr.Modulus);
        foreach (int i in Enumerable.Range(0, lines.Length).Where(i => lines[i].Contains("madc.hi.cc", StringComparison.Ordinal)))
        {
            string[] broken = [.. lines];
            broken[i] = broken[i].Replace("madc.hi", "mad.hi", StringComparison.Ordinal);
            var program = new PtxInterpreter(string.Join('\n', broken));
            Assert.True(values.Any(a => values.Any(b => a * b * inverse % Fr.Modulus != Run(program, a, b))), $"line {i} does not matter");
        }
    }

    private static void ForAllPairs(BigInteger modulus, Action<BigInteger, BigInteger> check)
    {
        BigInteger[] values = FieldValues.Stored(modulus, 12);
        foreach (BigInteger a in values)
        {
            foreach (BigInteger b in values)
            {
                check(a, b);
            }
        }
    }

    private static BigInteger Run(PtxInterpreter program, BigInteger a, BigInteger b) =>
        FieldValues.Number(program.Run([.. A.Zip(FieldValues.Words(a)), .. B.Zip(FieldValues.Words(b))], Result));

    private static BigInteger Modulus(string field) => field == "r" ? Fr.Modulus : Fq.Modulus;

    private static string[] Names(string prefix, int first) => [.. Enumerable.Range(first, 8).Select(i => $"{prefix}{i}")];
}
