using VerifiableML.Algebra;
using VerifiableML.Circuits.Compilation;
using VerifiableML.Circuits.Verification;
using VerifiableML.Model.Quantized;
using VerifiableML.Prover.Tests;

namespace VerifiableML.Circuits.Tests.Verification;

public sealed class PublicValuesTests
{
    [Theory]
    [InlineData(-128, 127, 1, "80ff007f")]
    [InlineData(-129, 127, 2, "ff80ffff0000007f")]
    [InlineData(0, 128, 2, "ff80ffff0000007f")]
    [InlineData(-32768, 32767, 2, "ff80ffff0000007f")]
    [InlineData(-32769, 0, 4, "ffffff80ffffffff000000000000007f")]
    public void Values_take_as_many_bytes_as_their_range_demands(int minimum, int maximum, int width, string expected)
    {
        Circuit circuit = CircuitCompiler.Compile(
            new TinyModel(new TensorShape(1, 1, 4), minimum, maximum).Dense(2).Model(), new CircuitOptions());
        Assert.Equal(width, PublicValues.Width(circuit, 0));
        Assert.Equal(expected, Convert.ToHexStringLower(PublicValues.Encode(circuit, 0, [-128, -1, 0, 127])));
    }

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
