namespace VerifiableML.Algebra.Groups;

/// <summary>Scalars as signed digits: what the bucket method asks of them, whatever their type.</summary>
internal abstract unsafe class DigitSource
{
    /// <summary>Places of a row. They are the bases' indices unless zeros were left out beforehand.</summary>
    public abstract int Length { get; }

    /// <summary>Appends the digits of a window that are not zero, in the order of the places.</summary>
    /// <param name="row">Row of the scalars.</param>
    /// <param name="window">Window whose digits are wanted.</param>
    /// <param name="start">First place.</param>
    /// <param name="end">The place after the last.</param>
    /// <param name="firstBucket">Number of the bucket of digits ±1; that of ±d is d − 1 further.</param>
    /// <param name="buckets">Receives the bucket of each digit; room for all places.</param>
    /// <param name="entries">Receives index of the base · 2 + sign of the digit.</param>
    /// <returns>Number of digits written.</returns>
    public abstract int Extract(int row, int window, int start, int end, uint firstBucket, uint* buckets, uint* entries);
}
