namespace VerifiableML.Gpu.Executor.Kernels;

/// <summary>A sliding window over both spatial axes, as kernels take it. Output cell <c>n</c> is <c>(((b · OutputRows) + y) · OutputColumns + x) · Channels + o</c>.</summary>
/// <param name="InputRows">Rows of the input.</param>
/// <param name="InputColumns">Its columns.</param>
/// <param name="InputChannels">Its channels.</param>
/// <param name="OutputRows">Rows of the output.</param>
/// <param name="OutputColumns">Its columns.</param>
/// <param name="Channels">Its channels.</param>
/// <param name="KernelRows">Vertical taps.</param>
/// <param name="KernelColumns">Horizontal taps.</param>
/// <param name="StrideRows">Vertical step between outputs.</param>
/// <param name="StrideColumns">Horizontal step between outputs.</param>
/// <param name="DilationRows">Vertical step between taps.</param>
/// <param name="DilationColumns">Horizontal step between taps.</param>
/// <param name="PadRows">Rows in front of the first.</param>
/// <param name="PadColumns">Columns in front of the first.</param>
internal readonly record struct Window(
    int InputRows, int InputColumns, int InputChannels, int OutputRows, int OutputColumns, int Channels,
    int KernelRows, int KernelColumns, int StrideRows, int StrideColumns, int DilationRows, int DilationColumns, int PadRows, int PadColumns)
{
    /// <summary>Where output position <paramref name="position"/> = <c>(b · OutputRows + y) · OutputColumns + x</c> starts to read.</summary>
    public WindowOrigin Origin(int position)
    {
        int line = position / OutputColumns;
        int image = line / OutputRows;
        int row = ((line - (image * OutputRows)) * StrideRows) - PadRows;
        int column = ((position - (line * OutputColumns)) * StrideColumns) - PadColumns;
        return new WindowOrigin(row, column, ((((image * InputRows) + row) * InputColumns) + column) * InputChannels);
    }

    /// <summary>True where a tap reads a cell and not padding.</summary>
    public bool IsInside(int row, int column) => (uint)row < (uint)InputRows && (uint)column < (uint)InputColumns;
}

/// <summary>The first tap of a window: it may lie in the padding, in front of the image.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Column">Its column.</param>
/// <param name="Cell">Index of its first channel among the input's cells, were it inside.</param>
internal readonly record struct WindowOrigin(int Row, int Column, int Cell);
