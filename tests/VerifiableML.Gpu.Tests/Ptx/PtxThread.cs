namespace VerifiableML.Gpu.Tests.Ptx;

/// <summary>One thread of a <see cref="PtxMachine"/>: its registers, and where it is in the program.</summary>
internal sealed class PtxThread(
    PtxMachine machine, PtxKernel kernel, byte[] parameters, byte[] shared, int thread, int group, int groupSize, int groups, int groupRow = 0)
{
    private readonly byte[] _local = new byte[kernel.LocalBytes];
    private readonly ulong?[] _registers = new ulong?[kernel.RegisterCount];
    private bool? _carry;
    private bool _carryJustSet;

    /// <summary>Room for the operands of an instruction.</summary>
    public ulong[] Operands { get; } = new ulong[4];

    /// <summary>The next instruction.</summary>
    public int Position { get; set; }

    /// <summary>Whether the thread has returned.</summary>
    public bool Done { get; set; }

    /// <summary>Whether it waits at a barrier.</summary>
    public bool Waiting { get; set; }

    /// <summary>The carry flag.</summary>
    public bool Carry
    {
        get => _carry ?? throw new InvalidOperationException("the carry flag is read where it is not defined");
        set => (_carry, _carryJustSet) = (value, true);
    }

    public void RunToBarrier()
    {
        Waiting = false;
        while (!Done && !Waiting)
        {
            _carryJustSet = false;
            PtxStep step = kernel.Steps[Position++];
            step(this);

            // Only the instruction right after one with .cc may rely on the flag.
            if (!_carryJustSet)
            {
                _carry = null;
            }
        }
    }

    public ulong Get(int register) => _registers[register] ?? throw new InvalidOperationException(
        $"{kernel.Name}, instruction {Position - 1}: {kernel.RegisterName(register)} is read before it is written");

    public void Set(int register, ulong value) => _registers[register] = value;

    public ulong Special(string name) => (ulong)(name switch
    {
        "%tid.x" => thread,
        "%ctaid.x" => group,
        "%ctaid.y" => groupRow,
        "%ntid.x" => groupSize,
        "%nctaid.x" => groups,
        _ => throw new NotSupportedException(name),
    });

    /// <summary>Memory of a state space.</summary>
    public Span<byte> Memory(string space, ulong address, int length) => space switch
    {
        "param" => parameters.AsSpan((int)address, length),
        "shared" => shared.AsSpan((int)address, length),
        "local" => _local.AsSpan((int)address, length),
        _ => machine.Global(address, length),
    };
}
