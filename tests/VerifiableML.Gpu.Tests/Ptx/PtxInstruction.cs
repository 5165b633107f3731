using System.Buffers.Binary;
using System.Globalization;

namespace VerifiableML.Gpu.Tests.Ptx;

/// <summary>One instruction, as text and as what it does (PTX ISA, chapter "Instructions").</summary>
internal sealed class PtxInstruction
{
    private readonly PtxKernel _kernel;
    private readonly string _name;
    private readonly string[] _parts;
    private readonly string[] _operands;
    private readonly string? _predicate;

    public PtxInstruction(PtxKernel kernel, string text)
    {
        _kernel = kernel;
        if (text[0] == '@')
        {
            int end = text.IndexOfAny([' ', '\t']);
            _predicate = text[1..end];
            text = text[end..].TrimStart();
        }

        int space = text.IndexOfAny([' ', '\t']);
        _name = space < 0 ? text : text[..space];
        _parts = _name.Split('.');
        _operands = space < 0 ? [] : Split(text[space..]);
    }

    private int Width => _parts[^1].EndsWith("64", StringComparison.Ordinal) ? 64 : 32;

    private bool Signed => _parts[^1][0] == 's';

    public PtxStep Compile()
    {
        PtxStep step = CompileOperation();
        if (_predicate is null)
        {
            return step;
        }

        bool wanted = _predicate[0] != '!';
        int register = _kernel.Register(_predicate.TrimStart('!'));
        return thread =>
        {
            if ((thread.Get(register) != 0) == wanted)
            {
                step(thread);
            }
        };
    }

    private PtxStep CompileOperation() => _parts[0] switch
    {
        "bra" => thread => thread.Position = _kernel.Label(_operands[0]),
        "ret" => thread => thread.Done = true,
        "bar" => thread => thread.Waiting = true,
        "ld" => Load(),
        "st" => Store(),
        "atom" => Atomic(_operands[0], _operands[1], _operands[2]),
        "red" => Atomic(null, _operands[0], _operands[1]),
        "setp" => Compare(),
        "add" or "sub" or "mad" or "addc" or "subc" or "madc" when _parts[^1] == "u32" => CarryArithmetic(),
        _ => Arithmetic(),
    };

    /// <summary>Additions of 32-bit numbers, with and without the carry flag.</summary>
    private PtxStep CarryArithmetic()
    {
        bool takes = _parts[0].EndsWith('c');
        char kind = _parts[0][0];
        bool sets = _parts.Contains("cc"), high = _parts[1] == "hi";
        int to = _kernel.Register(_operands[0]);
        Func<PtxThread, ulong>[] from = [.. _operands[1..].Select(Value)];
        return thread =>
        {
            ulong carry = takes && thread.Carry ? 1UL : 0UL;
            ulong a = (uint)from[0](thread), b = (uint)from[1](thread);
            ulong wide = kind switch
            {
                'a' => a + b + carry,
                's' => a - b - carry,
                _ => (high ? (a * b) >> 32 : (uint)(a * b)) + (uint)from[2](thread) + carry,
            };
            thread.Set(to, (uint)wide);
            if (sets)
            {
                thread.Carry = (wide >> 32) != 0;
            }
        };
    }

    private PtxStep Arithmetic()
    {
        int to = _kernel.Register(_operands[0]);
        Func<PtxThread, ulong>[] from = [.. _operands[1..].Select(Value)];
        Func<ulong[], ulong> operation = Operation();
        ulong mask = _parts[0] switch
        {
            "cvt" or "cvta" => Mask(_parts[1] == "to" ? "u64" : _parts[1]),
            "mul" when _parts[1] == "wide" => ulong.MaxValue,
            _ => Mask(_parts[^1]),
        };
        return thread =>
        {
            for (int i = 0; i < from.Length; i++)
            {
                thread.Operands[i] = from[i](thread);
            }

            thread.Set(to, operation(thread.Operands) & mask);
        };
    }

    private Func<ulong[], ulong> Operation() => _parts[0] switch
    {
        "mov" or "cvta" => v => v[0],
        "cvt" => v => Extend(v[0], _parts[2]),
        "add" => v => v[0] + v[1],
        "sub" => v => v[0] - v[1],
        "neg" => v => 0 - v[0],
        "not" => v => _parts[^1] == "pred" ? v[0] ^ 1 : ~v[0],
        "and" => v => v[0] & v[1],
        "or" => v => v[0] | v[1],
        "xor" => v => v[0] ^ v[1],
        "shl" => v => v[1] >= (ulong)Width ? 0 : v[0] << (int)v[1],
        "shr" when Signed => v => (ulong)((long)Extend(v[0], _parts[^1]) >> (int)Math.Min(v[1], 63)),
        "shr" => v => v[1] >= (ulong)Width ? 0 : Extend(v[0], _parts[^1]) >> (int)v[1],
        "mul" when _parts[1] == "hi" && Width == 32 => v => ((ulong)(uint)v[0] * (uint)v[1]) >> 32,
        "mul" when _parts[1] is "lo" or "wide" => v => Extend(v[0], _parts[^1]) * Extend(v[1], _parts[^1]),
        "mad" when _parts[1] == "lo" => v => (v[0] * v[1]) + v[2],
        "dp2a" when _name.EndsWith(".s32.s32", StringComparison.Ordinal) => v => DotProduct((int)v[0], (int)v[1] >> (_parts[1] == "hi" ? 16 : 0), (int)v[2]),
        "div" when Signed => v => (ulong)((long)Extend(v[0], _parts[^1]) / (long)Extend(v[1], _parts[^1])),
        "div" => v => Extend(v[0], _parts[^1]) / Extend(v[1], _parts[^1]),
        "rem" when Signed => v => (ulong)((long)Extend(v[0], _parts[^1]) % (long)Extend(v[1], _parts[^1])),
        "rem" => v => Extend(v[0], _parts[^1]) % Extend(v[1], _parts[^1]),
        "min" => v => Less(v[0], v[1], _parts[^1]) ? v[0] : v[1],
        "max" => v => Less(v[0], v[1], _parts[^1]) ? v[1] : v[0],
        "selp" => v => v[2] != 0 ? v[0] : v[1],
        _ => throw new NotSupportedException(_name),
    };

    private PtxStep Compare()
    {
        int to = _kernel.Register(_operands[0]);
        Func<PtxThread, ulong> left = Value(_operands[1]), right = Value(_operands[2]);
        string type = _parts[2];
        return thread =>
        {
            ulong a = left(thread), b = right(thread);
            bool equal = (a & Mask(type)) == (b & Mask(type)), less = Less(a, b, type);
            thread.Set(to, (_parts[1] switch
            {
                "eq" => equal,
                "ne" => !equal,
                "lt" or "lo" => less,
                "le" or "ls" => less || equal,
                "gt" or "hi" => !less && !equal,
                "ge" or "hs" => !less,
                _ => throw new NotSupportedException(_name),
            }) ? 1UL : 0UL);
        };
    }

    private PtxStep Load()
    {
        int[] to = [.. Vector(_operands[0]).Select(_kernel.Register)];
        Func<PtxThread, ulong> address = Address(_operands[1]);
        int size = Size;
        return thread =>
        {
            Span<byte> bytes = thread.Memory(_parts[1], address(thread), size * to.Length);
            for (int i = 0; i < to.Length; i++)
            {
                thread.Set(to[i], Read(bytes[(i * size)..], size, Signed));
            }
        };
    }

    private PtxStep Store()
    {
        Func<PtxThread, ulong>[] from = [.. Vector(_operands[1]).Select(Value)];
        Func<PtxThread, ulong> address = Address(_operands[0]);
        int size = Size;
        return thread =>
        {
            Span<byte> bytes = thread.Memory(_parts[1], address(thread), size * from.Length);
            for (int i = 0; i < from.Length; i++)
            {
                Write(bytes[(i * size)..], size, from[i](thread));
            }
        };
    }

    private PtxStep Atomic(string? destination, string memory, string operand)
    {
        Assert.Contains("add", _parts);
        Assert.DoesNotContain("shared", _parts);
        int to = destination is null ? -1 : _kernel.Register(destination);
        Func<PtxThread, ulong> address = Address(memory), value = Value(operand);
        int size = Size;
        return thread =>
        {
            Span<byte> bytes = thread.Memory("global", address(thread), size);
            ulong old = Read(bytes, size, signed: false);
            Write(bytes, size, old + value(thread));
            if (to >= 0)
            {
                thread.Set(to, old);
            }
        };
    }

    private int Size => int.Parse(_parts[^1][1..], CultureInfo.InvariantCulture) / 8;

    private Func<PtxThread, ulong> Value(string operand)
    {
        if (operand is "%tid.x" or "%ctaid.x" or "%ctaid.y" or "%ntid.x" or "%nctaid.x")
        {
            return thread => thread.Special(operand);
        }

        if (char.IsAsciiDigit(operand[0]) || operand[0] == '-')
        {
            ulong constant = operand.StartsWith("0x", StringComparison.Ordinal)
                ? ulong.Parse(operand[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                : operand[0] == '-' ? (ulong)long.Parse(operand, CultureInfo.InvariantCulture) : ulong.Parse(operand, CultureInfo.InvariantCulture);
            return _ => constant;
        }

        if (_kernel.Symbol(operand) is { } symbol)
        {
            return _ => symbol;
        }

        int register = _kernel.Register(operand);
        return thread => thread.Get(register);
    }

    private Func<PtxThread, ulong> Address(string operand)
    {
        string[] terms = operand.Trim('[', ']').Split('+');
        Func<PtxThread, ulong> start = Value(terms[0]);
        ulong offset = terms.Length > 1 ? ulong.Parse(terms[1], CultureInfo.InvariantCulture) : 0;
        return thread => start(thread) + offset;
    }

    private static string[] Vector(string operand) => operand.Trim('{', '}').Split(',', StringSplitOptions.TrimEntries);

    /// <summary>Operands are separated by commas, but for those within braces.</summary>
    private static string[] Split(string text)
    {
        var operands = new List<string>();
        int depth = 0, start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            depth += i == text.Length ? 0 : text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                operands.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        return [.. operands];
    }

    /// <summary>Both halves of a word with two bytes of another.</summary>
    private static ulong DotProduct(int shorts, int bytes, int sum) => (uint)(sum + ((short)shorts * (sbyte)bytes) + ((shorts >> 16) * (sbyte)(bytes >> 8)));

    private static ulong Mask(string type) => type == "pred" ? 1 : type.EndsWith("64", StringComparison.Ordinal) ? ulong.MaxValue
        : type.EndsWith("32", StringComparison.Ordinal) ? uint.MaxValue : type.EndsWith("16", StringComparison.Ordinal) ? ushort.MaxValue : byte.MaxValue;

    private static ulong Extend(ulong value, string type) => type switch
    {
        "s8" => (ulong)(sbyte)value,
        "s16" => (ulong)(short)value,
        "s32" => (ulong)(int)value,
        _ => value & Mask(type),
    };

    private static bool Less(ulong a, ulong b, string type) =>
        type[0] == 's' ? (long)Extend(a, type) < (long)Extend(b, type) : Extend(a, type) < Extend(b, type);

    private static ulong Read(ReadOnlySpan<byte> bytes, int size, bool signed) => size switch
    {
        1 => signed ? (ulong)(sbyte)bytes[0] : bytes[0],
        2 => signed ? (ulong)BinaryPrimitives.ReadInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };

    private static void Write(Span<byte> bytes, int size, ulong value)
    {
        for (int i = 0; i < size; i++)
        {
            bytes[i] = (byte)(value >> (8 * i));
        }
    }
}
