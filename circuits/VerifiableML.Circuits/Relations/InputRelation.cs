using VerifiableML.Algebra;

namespace VerifiableML.Circuits.Relations;

/// <summary>The model's input lies in its range: <c>0 ≤ x − Minimum &lt; 2^bits</c> and, where the range is not a power of two, <c>0 ≤ Maximum − x</c> too.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Column">Index of the input's column.</param>
/// <param name="Minimum">Least value.</param>
/// <param name="Maximum">Greatest value.</param>
/// <param name="Lower">Index of the lookup of <c>x − Minimum</c>.</param>
/// <param name="Upper">Index of the lookup of <c>Maximum − x</c>, or −1.</param>
public sealed record InputRelation(string Name, int Column, int Minimum, int Maximum, int Lower, int Upper) : Relation(-1, Name)
{
    /// <inheritdoc/>
    public override void State<T>(InferenceProtocol<T> protocol)
    {
        T x = protocol.EvaluateColumn(protocol.Circuit.Columns[Column]);
        protocol.State(protocol.Circuit.Lookups[Lower], x - ScalarConstants.Integer<T>(Minimum), T.Zero);
        if (Upper >= 0)
        {
            protocol.State(protocol.Circuit.Lookups[Upper], ScalarConstants.Integer<T>(Maximum) - x, T.Zero);
        }
    }
}
