using ILGPU;
using VerifiableML.Algebra;
using VerifiableML.Algebra.Vectors;
using VerifiableML.Gpu.Fields;
using VerifiableML.Gpu.Vectors.Kernels;

namespace VerifiableML.Gpu.Vectors;

public sealed partial class GpuFieldKernels
{
    // An inversion costs as much as 400 multiplications: of so many elements Montgomery's trick makes half of that.
    private const int InvertedTogether = 128;

    /// <inheritdoc/>
    public Fr Evaluate(FrSlice coefficients, Fr x)
    {
        if (OnHost(coefficients))
        {
            return _host.Evaluate(coefficients, x);
        }

        return Sums(coefficients.Length, 1, (o, grid, partial) =>
        {
            var powers = new Fr[31];
            powers[0] = x;
            for (int k = 1; k < powers.Length; k++)
            {
                powers[k] = powers[k - 1].Square();
            }

            Fr step = x.Pow((ulong)grid.GridDim.X * (ulong)grid.GroupDim.X);
            _vectors.Kernels.Launch(
                grid, PolynomialKernels.Evaluate, o.Read(coefficients), o.Upload(powers), DeviceElement.From(step), partial);
        })[0];
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The quotient's coefficients are sums <c>s(i + 1)</c> of <c>s(i) = Σ_{k ≥ i} coefficients[k]·x^(k − i)</c>; every pass doubles the number of
    /// terms that the sums have.
    /// </remarks>
    public void Divide(FrSlice coefficients, Fr x)
    {
        if (OnHost(coefficients))
        {
            _host.Divide(coefficients, x);
            return;
        }

        Start(coefficients.Length, (o, grid) =>
        {
            DeviceSlice quotient = o.Update(coefficients), sums = quotient, next = o.ScratchSlice(coefficients.Length);
            DeviceSlice spare = o.ScratchSlice(coefficients.Length);
            Fr power = x;
            for (int distance = 1; distance < coefficients.Length; distance *= 2, power = power.Square())
            {
                _vectors.Kernels.Launch(grid, PolynomialKernels.AddShifted, sums, distance, DeviceElement.From(power), next);
                (sums, next) = (next, distance == 1 ? spare : sums);
            }

            _vectors.Kernels.Launch(grid, PolynomialKernels.Shift, sums, quotient);
        });
    }

    /// <inheritdoc/>
    public void BatchInvert(FrSlice values)
    {
        if (OnHost(values))
        {
            _host.BatchInvert(values);
            return;
        }

        Start((values.Length + InvertedTogether - 1) / InvertedTogether, (o, grid) => _vectors.Kernels.Launch(
            grid, PolynomialKernels.Invert, o.Update(values), o.ScratchSlice(values.Length)));
    }
}
