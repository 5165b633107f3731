using System.Security.Cryptography;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Groups;
using VerifiableML.Circuits;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.Keys;
using VerifiableML.Model.Quantized;
using VerifiableML.Prover.Witness;

namespace VerifiableML.Prover.Keys;

/// <summary>Preprocesses a model: compiles its circuit and commits to its weights. Done once for each model.</summary>
public static class KeyGenerator
{
    /// <summary>Makes the keys of <paramref name="model"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What is chosen beside it.</param>
    /// <param name="powers">[τ^i]G1; at least as many as <see cref="Circuits.Layout.CircuitLayout.RequiredPowers"/> of the circuit.</param>
    /// <param name="setup">What the verifier has to know of them.</param>
    /// <param name="progress">Takes the share done.</param>
    /// <exception cref="CircuitException">The model does not fit, or there are too few powers.</exception>
    public static ProvingKey Generate(
        QuantizedModel model, CircuitOptions options, G1Bases powers, SetupReference setup, IProgress<double>? progress = null)
    {
        Circuit circuit = CircuitCompiler.Compile(model, options);
        int required = circuit.Layout.RequiredPowers;
        if (powers.Count < required)
        {
            throw new CircuitException($"this circuit takes {required} powers of tau, and the setup has {powers.Count}");
        }

        G1Bases bases = powers.Slice(0, required);
        G1[] rows = new WeightMatrix(circuit, model).Commit(bases, progress);
        using var random = RandomNumberGenerator.Create();
        Fr[] blinding = options.IsHiding ? WitnessBlinding.DrawScalars(rows.Length, random) : [];
        for (int i = 0; i < blinding.Length; i++)
        {
            rows[i] += WitnessBlinding.Commit(circuit, bases, blinding.AsSpan(i, 1));
        }

        var verification = new VerificationKey(
            circuit, [.. rows], setup, model.Name, Metadata(model.Input), Metadata(model.Output), model.PostProcessing);
        return new ProvingKey(verification, model, bases, [.. blinding]);
    }

    private static TensorMetadata Metadata(QuantizedTensor tensor) => new(tensor.Name, tensor.Scale);
}
