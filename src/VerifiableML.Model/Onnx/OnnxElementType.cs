namespace VerifiableML.Model.Onnx;

/// <summary>Element types of tensors. The numbers are those of the ONNX format.</summary>
public enum OnnxElementType
{
    /// <summary>32-bit floating point; 64-bit floating point is converted to it when a file is read.</summary>
    Float = 1,

    /// <summary>Unsigned 8-bit integers.</summary>
    UInt8 = 2,

    /// <summary>Signed 8-bit integers.</summary>
    Int8 = 3,

    /// <summary>Signed 32-bit integers.</summary>
    Int32 = 6,

    /// <summary>Signed 64-bit integers.</summary>
    Int64 = 7,

    /// <summary>Truth values, 0 or 1.</summary>
    Bool = 9,
}
