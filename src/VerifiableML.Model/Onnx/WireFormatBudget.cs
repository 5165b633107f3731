using System.Text.Unicode;
using Google.Protobuf.Reflection;

namespace VerifiableML.Model.Onnx;

/// <summary>
/// Walks over an encoded protobuf message without making anything of it, to count what parsing it would make. A file of a gigabyte can hold
/// half a thousand million empty messages, each of which would cost a hundred bytes; only after this is it parsed.
/// </summary>
internal sealed class WireFormatBudget
{
    private readonly OnnxLimits _limits;
    private int _messages;
    private int _integers;

    private WireFormatBudget(OnnxLimits limits) => _limits = limits;

    /// <summary>Null where the message is well formed and within limits, else what is wrong with it.</summary>
    public static string? Check(ReadOnlySpan<byte> bytes, MessageDescriptor descriptor, OnnxLimits limits) =>
        new WireFormatBudget(limits).CheckMessage(bytes, descriptor);

    // Recursion is bounded by the schema, in which no message can contain its own kind.
    private string? CheckMessage(ReadOnlySpan<byte> bytes, MessageDescriptor descriptor)
    {
        if (CountMessage() is { } tooMany)
        {
            return tooMany;
        }

        while (!bytes.IsEmpty)
        {
            if (!TryReadVarint(ref bytes, out ulong tag) || tag > uint.MaxValue || tag >> 3 == 0)
            {
                return "malformed or truncated";
            }

            FieldDescriptor? field = descriptor.FindFieldByNumber((int)(tag >> 3));
            string? problem = (tag & 7) switch
            {
                0 => TryReadVarint(ref bytes, out _) ? CountIntegers(field, 1) : "malformed or truncated",
                1 => TrySkip(ref bytes, 8) ? null : "truncated",
                2 => CheckDelimited(ref bytes, field),
                5 => TrySkip(ref bytes, 4) ? null : "truncated",
                _ => "malformed or of an obsolete form",
            };
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private string? CheckDelimited(ref ReadOnlySpan<byte> bytes, FieldDescriptor? field)
    {
        if (!TryReadVarint(ref bytes, out ulong length) || length > (ulong)bytes.Length)
        {
            return "truncated";
        }

        ReadOnlySpan<byte> content = bytes[..(int)length];
        bytes = bytes[(int)length..];
        return field?.FieldType switch
        {
            null => null,
            FieldType.Message => CheckMessage(content, field.MessageType),
            FieldType.String when !Utf8.IsValid(content) => $"field {field.Name} of {field.ContainingType.Name} is not valid UTF-8",
            FieldType.String => CountMessage(),
            FieldType.Bytes => CountMessage(),
            FieldType.Int32 or FieldType.Int64 => CheckPacked(content, field),
            _ => null,
        };
    }

    private string? CountMessage() => ++_messages > _limits.Messages ? $"more than {_limits.Messages} parts" : null;

    private string? CheckPacked(ReadOnlySpan<byte> content, FieldDescriptor field)
    {
        int count = 0;
        foreach (byte value in content)
        {
            count += value < 0x80 ? 1 : 0;
        }

        return CountIntegers(field, count);
    }

    private string? CountIntegers(FieldDescriptor? field, int count)
    {
        _integers += field is { IsRepeated: true } ? count : 0;
        return _integers < 0 || _integers > _limits.PackedIntegers ? $"more than {_limits.PackedIntegers} integers" : null;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length < count)
        {
            return false;
        }

        bytes = bytes[count..];
        return true;
    }

    private static bool TryReadVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < Math.Min(bytes.Length, 10); i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
