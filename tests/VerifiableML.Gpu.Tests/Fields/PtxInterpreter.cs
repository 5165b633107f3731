using System.Globalization;

namespace VerifiableML.Gpu.Tests.Fields;

/// <summary>
/// Runs straight-line PTX of 32-bit integer instructions, as the PTX ISA describes them (chapter "Extended-Precision Integer Arithmetic
/// Instructions"), and refuses what it does not know. Stricter than a device: an instruction without <c>.cc</c> leaves the carry flag undefined,
/// and reading it then, or an undeclared or unwritten register, is an error.
/// </summary>
internal sealed class PtxInterpreter
{
    private readonly List<Instruction> _instructions = [];
    private readonly Dictionary<string, int> _slots = [];
    private readonly Stack<Dictionary<string, int>> _scopes = new();
    private int _slotCount;

    public PtxInterpreter(string program)
    {
        foreach (string line in program.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            switch (line)
            {
                case "{":
                    _scopes.Push([]);
                    break;
                case "}":
                    _scopes.Pop();
                    break;
                case var declaration when declaration.StartsWith(".reg ", StringComparison.Ordinal):
                    Declare(declaration);
                    break;
                default:
                    _instructions.Add(Parse(line));
                    break;
            }
        }

        Assert.Empty(_scopes);
    }

    /// <summary>The names of all instructions, in order.</summary>
    public IEnumerable<string> Names => _instructions.Select(instruction => instruction.Name);

    /// <summary>Runs the program on registers that were declared outside of it; returns those of the result.</summary>
    public uint[] Run(IEnumerable<(string Register, uint Value)> registers, string[] result)
    {
        uint?[] values = new uint?[_slotCount];
        foreach ((string register, uint value) in registers)
        {
            values[_slots[register]] = value;
        }

        bool? carry = null;
        foreach (Instruction instruction in _instructions)
        {
            carry = Execute(instruction, values, carry);
        }

        return [.. result.Select(name => values[_slots[name]] ?? throw new InvalidOperationException($"{name} was not written"))];
    }

    private void Declare(string declaration)
    {
        string[] words = declaration.TrimEnd(';').Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(words[1], new[] { ".u32", ".pred" });
        foreach (string name in words[2..])
        {
            Assert.True(_scopes.Peek().TryAdd(name, _slotCount++), $"{name} is declared twice");
        }
    }

    private Instruction Parse(string line)
    {
        Assert.EndsWith(";", line, StringComparison.Ordinal);
        string[] words = line.TrimEnd(';').Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
        string[] parts = words[0].Split('.');
        bool takesCarry = parts[0] is "addc" or "subc" or "madc";
        string operation = (takesCarry ? parts[0][..^1] : parts[0]) + (parts[1] is "lo" or "hi" ? parts[1] : "");
        Assert.Contains(operation, new[] { "mullo", "mulhi", "madlo", "madhi", "add", "sub", "and", "setp", "selp" });
        return new Instruction(words[0], operation, takesCarry, parts.Contains("cc"), Slot(words[1]), [.. words[2..].Select(Operand)]);
    }

    private Source Operand(string text) => !char.IsAsciiDigit(text[0])
        ? new Source(Slot(text), 0)
        : new Source(-1, text.StartsWith("0x", StringComparison.Ordinal)
            ? uint.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : uint.Parse(text, CultureInfo.InvariantCulture));

    private int Slot(string name)
    {
        foreach (Dictionary<string, int> scope in _scopes)
        {
            if (scope.TryGetValue(name, out int inner))
            {
                return inner;
            }
        }

        Assert.True(name[0] == '%', $"{name} is not declared");
        if (!_slots.TryGetValue(name, out int slot))
        {
            _slots[name] = slot = _slotCount++;
        }

        return slot;
    }

    private static bool? Execute(Instruction instruction, uint?[] registers, bool? flag)
    {
        ulong Value(int i)
        {
            Source source = instruction.Sources[i];
            return source.Slot < 0
                ? source.Immediate
                : registers[source.Slot] ?? throw new InvalidOperationException($"{instruction.Name} reads a register that was not written");
        }

        ulong carry = !instruction.TakesCarry ? 0
            : (flag ?? throw new InvalidOperationException($"{instruction.Name} reads a carry flag that is not defined")) ? 1UL : 0UL;
        ulong wide = instruction.Operation switch
        {
            "mullo" => (uint)(Value(0) * Value(1)),
            "mulhi" => (Value(0) * Value(1)) >> 32,
            "madlo" => (uint)(Value(0) * Value(1)) + Value(2) + carry,
            "madhi" => ((Value(0) * Value(1)) >> 32) + Value(2) + carry,
            "add" => Value(0) + Value(1) + carry,
            "sub" => Value(0) - Value(1) - carry,
            "and" => Value(0) & Value(1),
            "setp" => Value(0) != Value(1) ? 1u : 0u,
            _ => Value(2) != 0 ? Value(0) : Value(1),
        };
        registers[instruction.Destination] = (uint)wide;
        return instruction.SetsCarry ? (wide >> 32) != 0 : null;
    }

    private readonly record struct Source(int Slot, uint Immediate);

    private sealed record Instruction(string Name, string Operation, bool TakesCarry, bool SetsCarry, int Destination, Source[] Sources);
}
