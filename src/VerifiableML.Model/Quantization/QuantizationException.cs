namespace VerifiableML.Model.Quantization;

/// <summary>A model or calibration set that cannot be quantized; the message is one line that names the node or tensor and the cause.</summary>
public sealed class QuantizationException : Exception
{
    /// <summary>An error without further explanation.</summary>
    public QuantizationException()
    {
    }

    /// <summary>An error with its cause in one line.</summary>
    public QuantizationException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause in one line, and what led to it.</summary>
    public QuantizationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
