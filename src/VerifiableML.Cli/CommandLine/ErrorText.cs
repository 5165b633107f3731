using VerifiableML.Algebra.Vectors;
using VerifiableML.Chain;
using VerifiableML.Circuits;
using VerifiableML.Model.Data;
using VerifiableML.Model.Onnx;
using VerifiableML.Model.Quantization;
using VerifiableML.Protocol.Serialization;

namespace VerifiableML.Cli.CommandLine;

/// <summary>Turns exceptions into the one line that a user sees.</summary>
internal static class ErrorText
{
    /// <summary>One line for <paramref name="exception"/>.</summary>
    public static string Describe(Exception exception) => OneLine(exception switch
    {
        OutOfMemoryException => "there is not enough memory for this",
        OperationCanceledException => "interrupted",
        _ when IsExpected(exception) => exception.Message,
        _ => $"unexpected error, please report it: {exception.GetType().Name}: {exception.Message} ({Application.DebugVariable}=1 shows more)",
    });

    // Their messages are written for users: they name file, place and cause.
    private static bool IsExpected(Exception exception) =>
        exception is MisuseException or InvalidFileException or ModelFormatException or DataFormatException or QuantizationException
            or CircuitException or DeviceFailureException or ChainException or IOException or UnauthorizedAccessException;

    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
}
