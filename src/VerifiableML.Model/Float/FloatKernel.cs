namespace VerifiableML.Model.Float;

/// <summary>
/// Computes one node's output from its inputs. Shapes are fixed when the kernel is made; it keeps no state between calls.
/// </summary>
internal delegate void FloatKernel(FloatOperands operands);

/// <summary>What a kernel works on in one call.</summary>
internal readonly ref struct FloatOperands
{
    private readonly ReadOnlySpan<float[]> _inputs;
    private readonly FloatScratch _scratch;

    /// <summary>Operands of one call.</summary>
    /// <param name="inputs">Values of each input, empty for an absent one.</param>
    /// <param name="output">Where the output goes.</param>
    /// <param name="scratch">Working memory.</param>
    public FloatOperands(ReadOnlySpan<float[]> inputs, Span<float> output, FloatScratch scratch)
    {
        _inputs = inputs;
        _scratch = scratch;
        Output = output;
    }

    /// <summary>Where the output goes; contents undefined before the call.</summary>
    public Span<float> Output { get; }

    /// <summary>Values of input <paramref name="index"/>; empty where it is absent.</summary>
    public ReadOnlySpan<float> Input(int index) => index < _inputs.Length ? _inputs[index] : [];

    /// <summary>Working memory with undefined contents, valid during the call. A second request may return the same memory.</summary>
    public Span<float> Scratch(int length) => _scratch.Take(length);
}

/// <summary>Working memory of one worker, grown on demand.</summary>
internal sealed class FloatScratch
{
    private float[] _buffer = [];

    /// <summary>The first <paramref name="length"/> floats of the memory.</summary>
    public Span<float> Take(int length)
    {
        if (_buffer.Length < length)
        {
            _buffer = new float[length];
        }

        return _buffer.AsSpan(0, length);
    }
}
