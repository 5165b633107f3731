namespace VerifiableML.Model.Quantized;

/// <summary>
/// What is known of one activation tensor before any input is seen. Integers are centred: the real value of a cell is
/// <c>integer · Scale</c>, whatever zero point the imported model used.
/// </summary>
/// <param name="Name">The tensor's name in the source model.</param>
/// <param name="Shape">Extents without the batch axis.</param>
/// <param name="Minimum">Least integer that a cell can take.</param>
/// <param name="Maximum">Greatest integer that a cell can take.</param>
/// <param name="Scale">Real value of one integer step.</param>
public sealed record QuantizedTensor(string Name, TensorShape Shape, long Minimum, long Maximum, double Scale);
