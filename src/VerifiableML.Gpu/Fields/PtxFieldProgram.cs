using System.Globalization;
using System.Numerics;
using System.Text;

namespace VerifiableML.Gpu.Fields;

/// <summary>
/// Writes field operations as PTX: straight-line blocks from registers to registers. One operation is one block, since the carry flag of
/// <c>add.cc</c> and its kin is only defined from one instruction to the next. Meaning: <see cref="PlainArithmetic{TModulus}"/>.
/// </summary>
/// <remarks>
/// Multiplication follows the scheme that makes every product's halves neighbours in one carry chain, which is what the hardware's wide
/// multiply-add does in one instruction: products with even limbs of a are added up in one number, those with odd limbs, one limb further up, in
/// another, and the two change places when the sum moves down by a limb (N. Emmart, J. Luitjens, C. Weems, C. Woolley, "Optimizing modular
/// multiplication for NVIDIA's Maxwell GPUs", ARITH 2016, describe the idea).
/// </remarks>
internal sealed class PtxFieldProgram
{
    private const int N = DeviceElement.LimbCount;

    private readonly string[] _p;
    private readonly string _negatedInverse;
    private readonly StringBuilder _text = new();

    private PtxFieldProgram(BigInteger modulus)
    {
        uint[] words = [.. Enumerable.Range(0, N).Select(i => (uint)((modulus >> (32 * i)) & uint.MaxValue))];
        _p = [.. words.Select(Immediate)];

        // Newton: each step doubles the number of right bits, and an odd number is its own inverse modulo 8.
        uint inverse = words[0];
        for (int bits = 3; bits < 32; bits *= 2)
        {
            inverse *= 2 - (words[0] * inverse);
        }

        _negatedInverse = Immediate(0 - inverse);
    }

    /// <summary>result ← a + b mod p; registers of eight limbs each, none of the result's among the others.</summary>
    public static string Add(BigInteger modulus, string[] result, string[] a, string[] b)
    {
        var program = new PtxFieldProgram(modulus);
        program.Open(Names("s"));
        program.Chain("add", Names("s"), a, b);
        program.ReduceOnce(Names("s"), result);
        return program.Close();
    }

    /// <summary>result ← a − b mod p.</summary>
    public static string Subtract(BigInteger modulus, string[] result, string[] a, string[] b)
    {
        var program = new PtxFieldProgram(modulus);
        string[] d = Names("d"), masked = Names("m");
        program.Open([.. d, .. masked, "borrow"]);
        program.Chain("sub", d, a, b, keepCarry: true);
        program.Line("subc.u32", "borrow", "0", "0");
        for (int i = 0; i < N; i++)
        {
            program.Line("and.b32", masked[i], "borrow", program._p[i]);
        }

        program.Chain("add", result, d, masked);
        return program.Close();
    }

    /// <summary>result ← a·b/R mod p.</summary>
    public static string Multiply(BigInteger modulus, string[] result, string[] a, string[] b)
    {
        var program = new PtxFieldProgram(modulus);
        string[] aligned = Names("x"), shifted = Names("y");
        program.Open([.. aligned, .. shifted, "m"]);
        program.FirstRow(aligned, shifted, a, b[0]);
        program.Reduce(aligned, shifted);
        for (int i = 1; i < N; i++)
        {
            // The lowest limb is zero now and falls away: what was one limb up is aligned, what was aligned is one limb up.
            (aligned, shifted) = (shifted, aligned);
            program.NextRow(aligned, shifted, a, b[i]);
            program.Reduce(aligned, shifted);
        }

        // t = shifted + aligned/2^32.
        for (int i = 0; i < N; i++)
        {
            string addend = i + 1 < N ? aligned[i + 1] : "0";
            program.Line(i == 0 ? "add.cc.u32" : i + 1 < N ? "addc.cc.u32" : "addc.u32", shifted[i], shifted[i], addend);
        }

        program.ReduceOnce(shifted, result);
        return program.Close();
    }

    /// <summary>aligned + 2^32·shifted ← a·b.</summary>
    private void FirstRow(string[] aligned, string[] shifted, string[] a, string b)
    {
        for (int j = 0; j < N; j++)
        {
            (string[] sum, int at) = Place(aligned, shifted, j);
            Line("mul.lo.u32", sum[at], a[j], b);
            Line("mul.hi.u32", sum[at + 1], a[j], b);
        }
    }

    /// <summary>aligned + 2^32·shifted ← aligned + (shifted without its lowest limb, which is zero)/2^32 + a·b.</summary>
    private void NextRow(string[] aligned, string[] shifted, string[] a, string b)
    {
        // Limb 1 of the number that moves has the weight of the aligned one's lowest limb; its carry goes to the shifted one's.
        Line("add.cc.u32", aligned[0], aligned[0], shifted[1]);
        for (int j = 1; j < N; j += 2)
        {
            int at = j - 1;
            bool last = j == N - 1;
            Line("madc.lo.cc.u32", shifted[at], a[j], b, last ? "0" : shifted[at + 2]);
            Line(last ? "madc.hi.u32" : "madc.hi.cc.u32", shifted[at + 1], a[j], b, last ? "0" : shifted[at + 3]);
        }

        AddAligned(aligned, shifted, a, b);
    }

    /// <summary>Adds the multiple of p that makes the lowest limb zero. The sum stays below 2^288, so the highest limb cannot overflow.</summary>
    private void Reduce(string[] aligned, string[] shifted)
    {
        Line("mul.lo.u32", "m", aligned[0], _negatedInverse);
        for (int j = 1; j < N; j += 2)
        {
            Line(j == 1 ? "mad.lo.cc.u32" : "madc.lo.cc.u32", shifted[j - 1], "m", _p[j], shifted[j - 1]);
            Line(j == N - 1 ? "madc.hi.u32" : "madc.hi.cc.u32", shifted[j], "m", _p[j], shifted[j]);
        }

        AddAligned(aligned, shifted, _p, "m");
    }

    /// <summary>Adds the products with even limbs; their carry has the weight of the shifted number's highest limb.</summary>
    private void AddAligned(string[] aligned, string[] shifted, string[] factors, string factor)
    {
        for (int j = 0; j < N; j += 2)
        {
            Line(j == 0 ? "mad.lo.cc.u32" : "madc.lo.cc.u32", aligned[j], factors[j], factor, aligned[j]);
            Line("madc.hi.cc.u32", aligned[j + 1], factors[j], factor, aligned[j + 1]);
        }

        Line("addc.u32", shifted[N - 1], shifted[N - 1], "0");
    }

    /// <summary>result ← t − p where t ≥ p, else t; for t below 2p.</summary>
    private void ReduceOnce(string[] t, string[] result)
    {
        string[] d = Names("d");
        _text.AppendLine("\t{").Append("\t.reg .u32 ").AppendJoin(", ", d).AppendLine(", borrow;").AppendLine("\t.reg .pred keep;");
        Chain("sub", d, t, _p, keepCarry: true);
        Line("subc.u32", "borrow", "0", "0");
        Line("setp.ne.u32", "keep", "borrow", "0");
        for (int i = 0; i < N; i++)
        {
            Line("selp.b32", result[i], t[i], d[i], "keep");
        }

        _text.AppendLine("\t}");
    }

    private void Chain(string operation, string[] result, string[] a, string[] b, bool keepCarry = false)
    {
        for (int i = 0; i < N; i++)
        {
            string carry = (i > 0 ? "c" : "") + (i < N - 1 || keepCarry ? ".cc" : "");
            Line($"{operation}{carry}.u32", result[i], a[i], b[i]);
        }
    }

    private static (string[] Sum, int At) Place(string[] aligned, string[] shifted, int limb) =>
        limb % 2 == 0 ? (aligned, limb) : (shifted, limb - 1);

    private void Open(string[] registers) => _text.AppendLine("\t{").Append("\t.reg .u32 ").AppendJoin(", ", registers).AppendLine(";");

    private string Close() => _text.AppendLine("\t}").ToString();

    private void Line(string instruction, params string[] operands) =>
        _text.Append('\t').Append(instruction).Append('\t').AppendJoin(", ", operands).AppendLine(";");

    private static string[] Names(string prefix) => [.. Enumerable.Range(0, N).Select(i => prefix + i.ToString(CultureInfo.InvariantCulture))];

    private static string Immediate(uint value) => "0x" + value.ToString("X8", CultureInfo.InvariantCulture);
}
