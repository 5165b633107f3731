namespace VerifiableML.Algebra.Vectors;

/// <summary>A device that computes for us failed: no memory left, a kernel that did not run, a driver that reports an error.</summary>
public class DeviceFailureException : Exception
{
    /// <summary>A failure without a word about it.</summary>
    public DeviceFailureException()
    {
    }

    /// <summary>A failure.</summary>
    /// <param name="message">Which device, what it did, what can be done.</param>
    public DeviceFailureException(string message)
        : base(message)
    {
    }

    /// <summary>A failure, with the driver's own word.</summary>
    /// <param name="message">Which device, what it did, what can be done.</param>
    /// <param name="innerException">The driver's.</param>
    public DeviceFailureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
