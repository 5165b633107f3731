using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace VerifiableML.Gpu.Tests.Ptx;

/// <summary>What an instruction does to a thread.</summary>
internal delegate void PtxStep(PtxThread thread);

/// <summary>The entry function of a PTX module, ready to be run by <see cref="PtxMachine"/>.</summary>
internal sealed partial class PtxKernel
{
    private readonly List<(string Name, int Offset, int Size)> _parameters = [];
    private readonly Stack<Dictionary<string, int>> _scopes = new([[]]);
    private readonly Dictionary<string, int> _registers = [];
    private readonly Dictionary<string, int> _labels = [];
    private readonly Dictionary<string, int> _shared = [];
    private readonly Dictionary<string, int> _local = [];
    private readonly List<string> _names = [];
    private readonly List<PtxStep> _steps = [];

    /// <summary>Takes the first entry function of a module.</summary>
    public PtxKernel(string module)
    {
        string text = module[module.IndexOf(".visible .entry", StringComparison.Ordinal)..];
        Name = EntryName().Match(text).Groups[1].Value;
        int body = text.IndexOf(')', StringComparison.Ordinal);
        ReadParameters(text[..body]);
        string[] lines = text[(body + 1)..].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int depth = 0;
        foreach (string line in lines)
        {
            ReadLine(line);
            depth += line == "{" ? 1 : line == "}" ? -1 : 0;
            if (depth == 0)
            {
                break;
            }
        }
    }

    /// <summary>The kernel's name.</summary>
    public string Name { get; }

    /// <summary>The instructions.</summary>
    public IReadOnlyList<PtxStep> Steps => _steps;

    /// <summary>Registers of a thread.</summary>
    public int RegisterCount => _names.Count;

    /// <summary>Bytes of shared memory of a group.</summary>
    public int SharedBytes { get; private set; }

    /// <summary>Bytes of a thread's own memory.</summary>
    public int LocalBytes { get; private set; }

    public string RegisterName(int register) => _names[register];

    public int Label(string name) => _labels[name];

    /// <summary>Where a parameter or an array of shared or local memory begins in its state space; null where the name is none of them.</summary>
    public ulong? Symbol(string name) =>
        _shared.TryGetValue(name, out int at) || _local.TryGetValue(name, out at) ? (ulong)at
        : _parameters.FirstOrDefault(parameter => parameter.Name == name) is { Name: not null } found ? (ulong)found.Offset
        : null;

    /// <summary>The register of a name, in the innermost scope that declares it.</summary>
    public int Register(string name)
    {
        foreach (Dictionary<string, int> scope in _scopes)
        {
            if (scope.TryGetValue(name, out int inner))
            {
                return inner;
            }
        }

        if (name[0] != '%')
        {
            throw new InvalidOperationException($"{name} is not declared");
        }

        if (!_registers.TryGetValue(name, out int register))
        {
            _registers[name] = register = _names.Count;
            _names.Add(name);
        }

        return register;
    }

    /// <summary>The bytes of all parameters.</summary>
    public byte[] Pack(object[] arguments) => Pack([.. arguments.Select(argument =>
        (byte[])typeof(PtxKernel).GetMethod(nameof(Bytes), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(argument.GetType()).Invoke(null, [argument])!)]);

    /// <summary>The bytes of all parameters from the bytes of each.</summary>
    public byte[] Pack(IReadOnlyList<byte[]> arguments)
    {
        Assert.Equal(_parameters.Count, arguments.Count);
        byte[] bytes = new byte[_parameters.Sum(parameter => (parameter.Size + 7) / 8 * 8)];
        for (int i = 0; i < arguments.Count; i++)
        {
            Assert.Equal(_parameters[i].Size, arguments[i].Length);
            arguments[i].CopyTo(bytes, _parameters[i].Offset);
        }

        return bytes;
    }

    private static byte[] Bytes<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes([value]).ToArray();

    private void ReadParameters(string text)
    {
        int offset = 0;
        foreach (Match match in Parameter().Matches(text))
        {
            int size = match.Groups["count"].Success
                ? int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture)
                : int.Parse(match.Groups["bits"].Value, CultureInfo.InvariantCulture) / 8;
            _parameters.Add((match.Groups["name"].Value, offset, size));
            offset += (size + 7) / 8 * 8;
        }
    }

    private void ReadLine(string line)
    {
        if (line == "{")
        {
            _scopes.Push([]);
        }
        else if (line == "}")
        {
            _scopes.Pop();
        }
        else if (line.EndsWith(':'))
        {
            _labels.Add(line[..^1], _steps.Count);
        }
        else if (line.StartsWith(".reg ", StringComparison.Ordinal))
        {
            // Ranges such as %r<12> need no declaration: registers come up as they are written.
            foreach (string name in line.TrimEnd(';').Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries)[2..].Where(name => name[0] != '%'))
            {
                Assert.True(_scopes.Peek().TryAdd(name, _names.Count), $"{name} is declared twice");
                _names.Add(name);
            }
        }
        else if (SharedArray().Match(line) is { Success: true } array)
        {
            _shared.Add(array.Groups[1].Value, SharedBytes);
            SharedBytes += (int.Parse(array.Groups[2].Value, CultureInfo.InvariantCulture) + 15) / 16 * 16;
        }
        else if (LocalArray().Match(line) is { Success: true } own)
        {
            _local.Add(own.Groups[1].Value, LocalBytes);
            LocalBytes += (int.Parse(own.Groups[2].Value, CultureInfo.InvariantCulture) + 15) / 16 * 16;
        }
        else if (!line.StartsWith("//", StringComparison.Ordinal))
        {
            Assert.EndsWith(";", line, StringComparison.Ordinal);
            _steps.Add(new PtxInstruction(this, line.TrimEnd(';')).Compile());
        }
    }

    [GeneratedRegex(@"\.entry (\w+)\(")]
    private static partial Regex EntryName();

    [GeneratedRegex(@"\.param (\.align \d+ )?\.[bsu](?<bits>\d+) (?<name>\w+)(\[(?<count>\d+)\])?")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^\.local .*\.b8 (\w+)\[(\d+)\];$")]
    private static partial Regex LocalArray();

    [GeneratedRegex(@"^\.shared .*\.b8 (\w+)\[(\d+)\];$")]
    private static partial Regex SharedArray();
}
