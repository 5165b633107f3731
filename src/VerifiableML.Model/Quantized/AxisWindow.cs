namespace VerifiableML.Model.Quantized;

/// <summary>
/// The sliding window of a convolution or pooling along one spatial axis: output <c>o</c> and kernel offset <c>k</c> read input
/// <c>i = o · Stride + k · Dilation − PadBefore</c>, or nothing (a zero) where <c>i</c> falls outside.
/// </summary>
/// <param name="Kernel">Number of kernel offsets.</param>
/// <param name="Stride">Step between outputs.</param>
/// <param name="Dilation">Step between kernel offsets.</param>
/// <param name="PadBefore">Zeros in front of the first input.</param>
/// <param name="InputSize">Extent of the input axis.</param>
/// <param name="OutputSize">Extent of the output axis.</param>
public readonly record struct AxisWindow(int Kernel, int Stride, int Dilation, int PadBefore, int InputSize, int OutputSize)
{
    /// <summary>The input index read by output <paramref name="output"/> at offset <paramref name="offset"/>, or −1.</summary>
    public int InputIndex(int output, int offset)
    {
        int index = (output * Stride) + (offset * Dilation) - PadBefore;
        return (uint)index < (uint)InputSize ? index : -1;
    }

    /// <summary>True where each output reads just the input of its own index.</summary>
    public bool IsIdentity => Kernel == 1 && Stride == 1 && PadBefore == 0 && InputSize == OutputSize;

    /// <summary>True where the one output reads the whole axis in order, as a dense layer does.</summary>
    public bool CoversAll => OutputSize == 1 && Kernel == InputSize && Dilation == 1 && PadBefore == 0;
}
