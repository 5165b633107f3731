using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace VerifiableML.Gpu.Tests.Ptx;

/// <summary>
/// A kernel's arguments as bytes, as ILGPU lowers them for PTX: a view is its address and its length, a structure its fields one after the other, each
/// at a multiple of its alignment. The memory is that of ILGPU's CPU accelerator, in this process.
/// </summary>
internal sealed class NativeArguments
{
    private readonly List<byte[]> _values = [];
    private readonly List<(ulong Start, ulong Length)> _memory = [];

    public NativeArguments(IEnumerable<object> arguments)
    {
        foreach (object argument in arguments)
        {
            var bytes = new List<byte>();
            int alignment = Write(argument, bytes);
            Pad(bytes, alignment);
            _values.Add([.. bytes]);
        }
    }

    /// <summary>The bytes of each argument.</summary>
    public IReadOnlyList<byte[]> Values => _values;

    /// <summary>Where the views' memory begins, and how many bytes it has.</summary>
    public IReadOnlyList<(ulong Start, ulong Length)> Memory => _memory;

    /// <summary>Appends a value; returns its alignment.</summary>
    private int Write(object value, List<byte> bytes)
    {
        Type type = value.GetType();
        if (type.IsPrimitive)
        {
            byte[] own = value switch
            {
                int x => BitConverter.GetBytes(x),
                uint x => BitConverter.GetBytes(x),
                long x => BitConverter.GetBytes(x),
                ulong x => BitConverter.GetBytes(x),
                short x => BitConverter.GetBytes(x),
                byte x => [x],
                sbyte x => [(byte)x],
                bool x => [x ? (byte)1 : (byte)0],
                _ => throw new NotSupportedException(type.Name),
            };
            Pad(bytes, own.Length);
            bytes.AddRange(own);
            return own.Length;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ArrayView<>))
        {
            (ulong address, long length, int size) = ((ulong, long, int))typeof(NativeArguments)
                .GetMethod(nameof(Describe), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [value])!;
            _memory.Add((address, (ulong)(length * size)));
            Pad(bytes, sizeof(ulong));
            bytes.AddRange(BitConverter.GetBytes(address));
            bytes.AddRange(BitConverter.GetBytes(length));
            return sizeof(ulong);
        }

        // A structure begins at its own alignment, which its fields make known.
        var fields = new List<byte>();
        int alignment = 1;
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(field => field.MetadataToken))
        {
            alignment = Math.Max(alignment, Write(field.GetValue(value)!, fields));
        }

        Pad(fields, alignment);
        Pad(bytes, alignment);
        bytes.AddRange(fields);
        return alignment;
    }

    private static void Pad(List<byte> bytes, int alignment)
    {
        while (bytes.Count % alignment != 0)
        {
            bytes.Add(0);
        }
    }

    private static (ulong Address, long Length, int Size) Describe<T>(ArrayView<T> view)
        where T : unmanaged =>
        view.IsValid && view.Length > 0 ? ((ulong)view.LoadEffectiveAddressAsPtr(), view.Length, Interop.SizeOf<T>()) : (0, 0, 0);
}
