using VerifiableML.Algebra;
using VerifiableML.Circuits.Layout;
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
    public void The_sum_is_that_over_all_padded_cells(string name)
    {
        Circuit circuit = Draw.Circuit(name);
        Fr powerBase = Draw.Scalar(3);
        foreach (int value in (int[])[0, circuit.Architecture.OutputValue])
        {
            TensorShape shape = circuit.Architecture.Tensor(value).Shape;
            TensorLayout layout = circuit.LayoutOf(value);
            int batch = circuit.Options.BatchSize;
            int[] values = [.. Enumerable.Range(0, batch * shape.Cells).Select(i => (i * 7 % 31) - 15)];
            Fr expected = Fr.Zero;
            for (int b = 0; b < 1 << layout.BatchBits; b++)
            {
                for (int cell = 0; cell < shape.Cells; cell++)
                {
                    int c = cell % shape.Channels;
                    int x = cell / shape.Channels % shape.Columns;
                    int y = cell / shape.Channels / shape.Columns;
                    int address = (((((b << layout.YBits) + y) << layout.XBits) + x) << layout.ChannelBits) + c;
                    expected += Fr.FromInt64(values[(Math.Min(b, batch - 1) * shape.Cells) + cell]) * powerBase.Pow((ulong)address);
                }
            }

            Assert.Equal(expected, PublicValues.Evaluate(circuit, value, values, powerBase));
        }
    }
}
