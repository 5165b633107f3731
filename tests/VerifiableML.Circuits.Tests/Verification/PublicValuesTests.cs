using VerifiableML.Algebra;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Quantized;

namespace VerifiableML.Circuits.Tests.Verification;

public sealed class PublicValuesTests
{
    [Theory]
    [InlineData("conv 1x1")]
    [InlineData("batch of 3")]
    [InlineData("batch of 5")]
    [InlineData("dense of one input and one output")]
    public void The_sum_is_that_over_all_values_and_over_copies_of_the_last_entry(string name)
    {
        Circuit circuit = Draw.Circuit(name);
        Fr powerBase = Draw.Scalar(3);
        foreach (int value in (int[])[0, circuit.Architecture.OutputValue])
        {
            TensorShape shape = circuit.Architecture.Tensor(value).Shape;
            int batch = circuit.Options.BatchSize;
            int[] values = [.. Enumerable.Range(0, batch * shape.Cells).Select(i => (i * 7 % 31) - 15)];
            Fr expected = Fr.Zero;
            for (int b = 0; b < 1 << circuit.LayoutOf(value).BatchBits; b++)
            {
                for (int cell = 0; cell < shape.Cells; cell++)
                {
                    expected += Fr.FromInt64(values[(Math.Min(b, batch - 1) * shape.Cells) + cell])
                        * powerBase.Pow((ulong)((b * shape.Cells) + cell));
                }
            }

            Assert.Equal(expected, PublicValues.Evaluate(circuit, value, values, powerBase));
        }
    }
}
