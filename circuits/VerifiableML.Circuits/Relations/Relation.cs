using VerifiableML.Algebra;

namespace VerifiableML.Circuits.Relations;

/// <summary>What one node of the model asserts about committed columns.</summary>
/// <param name="Node">Index of the node, or −1 for the model's input.</param>
/// <param name="Name">The node's name, for reports.</param>
public abstract record Relation(int Node, string Name)
{
    /// <summary>
    /// Takes the values of the node's columns at the lookup point, states what its lookups hold there, and owes whatever is left to prove.
    /// </summary>
    public abstract void State<T>(InferenceProtocol<T> protocol)
        where T : struct, IScalar<T>;
}
