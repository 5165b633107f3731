namespace VerifiableML.Algebra.Vectors;

/// <summary>
/// The bulk arithmetic of the prover. Every implementation gives the same results, bit for bit; <see cref="ReferenceFieldKernels"/> says
/// in the plainest code what they are, and <see cref="FieldKernels.Best"/> is the one to use.
/// <para>
/// A slice of length 2^n is a multilinear polynomial's values on the Boolean cube, the <b>first variable being the most significant
/// bit</b> of the index; h always is half a length, and "halves" are the elements below h and from h on.
/// Slices whose lengths do not fit together are an <see cref="ArgumentException"/>. A destination may be one of the arguments, but must not
/// overlap one by a part.
/// </para>
/// <para>
/// Kernels of the host take slices on the host. Kernels of a device take slices on that device and on the host, mixed as they come, and a
/// <see cref="DeviceFailureException"/> says when it fails. Integers are handed over as memory of an array that nobody writes to any more:
/// a device may keep a copy of the array as long as it lives.
/// </para>
/// </summary>
public interface IFieldKernels
{
    /// <summary>A vector where these kernels work best on so many elements; undefined unless <paramref name="cleared"/> asks for zeros.</summary>
    FrVector Rent(int length, bool cleared = false) => FrVector.Rent(length, cleared);

    /// <summary>Whether work on so many elements that is followed by a look at the result is done sooner on the host.</summary>
    bool PrefersHost(int length) => false;

    /// <summary>destination[i] = a[i] + b[i].</summary>
    void Add(FrSlice a, FrSlice b, FrSlice destination);

    /// <summary>destination[i] = a[i] − b[i].</summary>
    void Subtract(FrSlice a, FrSlice b, FrSlice destination);

    /// <summary>destination[i] = a[i]·b[i].</summary>
    void Multiply(FrSlice a, FrSlice b, FrSlice destination);

    /// <summary>destination[i] = s·a[i].</summary>
    void Scale(FrSlice a, Fr s, FrSlice destination);

    /// <summary>destination[i] += s·a[i].</summary>
    void AddScaled(FrSlice a, Fr s, FrSlice destination);

    /// <summary>destination[i] = a[n − 1 − i]; the slices must not overlap.</summary>
    void Reverse(FrSlice a, FrSlice destination);

    /// <summary>destination[index[i]] += values[i], for indices that differ.</summary>
    void AddAt(ReadOnlySpan<int> index, ReadOnlySpan<Fr> values, FrSlice destination);

    /// <summary>destination[j·n + i] += outer[j]·inner[i], n being the inner length.</summary>
    void AddOuterProduct(ReadOnlySpan<Fr> outer, FrSlice inner, FrSlice destination);

    /// <summary>
    /// Sums over the middle axis of three: destination[o·n + i] = Σ_w weights[w]·source[(o·W + w)·n + i], n being
    /// <paramref name="inner"/> and W the number of weights. The slices must not overlap.
    /// </summary>
    void FoldAxis(FrSlice source, ReadOnlySpan<Fr> weights, int inner, FrSlice destination);

    /// <summary>Σ a[i].</summary>
    Fr Sum(FrSlice a);

    /// <summary>Σ a[i]·b[i].</summary>
    Fr InnerProduct(FrSlice a, FrSlice b);

    /// <summary>Binds the first variable: values[i] += r·(values[i+h] − values[i]) for i &lt; h. The upper half is left as it was.</summary>
    void Fold(FrSlice values, Fr r);

    /// <summary>Sums over the first variable: values[i] += values[i+h] for i &lt; h. The upper half is left as it was.</summary>
    void SumHalves(FrSlice values);

    /// <summary>
    /// destination[i] = scale·eq(point, bits of i), the equality polynomial on the whole cube; point[0] belongs to the most significant
    /// bit of i. The destination has 2^point.Length elements.
    /// </summary>
    void ExpandEquality(ReadOnlySpan<Fr> point, Fr scale, FrSlice destination);

    /// <summary>One sumcheck round of f·g: Σ f[i]·g[i] and Σ (f[i+h] − f[i])·(g[i+h] − g[i]) over i &lt; h.</summary>
    (Fr AtZero, Fr Leading) ProductRound(FrSlice f, FrSlice g);

    /// <summary>
    /// <see cref="Fold"/> of f and g, and <see cref="ProductRound"/> of the lower halves that come of it: one pass over the memory of a device.
    /// The length is a multiple of four.
    /// </summary>
    (Fr AtZero, Fr Leading) FoldAndProductRound(FrSlice f, FrSlice g, Fr r)
    {
        int h = Require.Halves(f);
        Fold(f, r);
        Fold(g, r);
        return ProductRound(f.Slice(0, h), g.Slice(0, h));
    }

    /// <summary>As <see cref="ProductRound"/> with every term times weight[i]; the weight has h elements.</summary>
    (Fr AtZero, Fr Leading) WeightedProductRound(FrSlice weight, FrSlice f, FrSlice g);

    /// <summary>
    /// One sumcheck round of a layer of fraction sums. With H(N0, D0, N1, D1) = N0·D1 + D0·(N1 + λ·D1): Σ weight[i]·H at the lower halves,
    /// and Σ weight[i]·H at the differences upper − lower. The weight has h elements, the others 2h.
    /// </summary>
    (Fr AtZero, Fr Leading) FractionRound(FrSlice weight, FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, Fr lambda);

    /// <summary>
    /// <see cref="SumHalves"/> of the weight, <see cref="Fold"/> of the others by r, and <see cref="FractionRound"/> of the lower halves that come
    /// of it: one pass over the memory of a device. The weight has h elements, a multiple of two, the others 2h.
    /// </summary>
    (Fr AtZero, Fr Leading) FoldAndFractionRound(FrSlice weight, FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, Fr lambda, Fr r)
    {
        int h = Require.Halves(n0);
        SumHalves(weight);
        Fold(n0, r);
        Fold(d0, r);
        Fold(n1, r);
        Fold(d1, r);
        return FractionRound(weight.Slice(0, h / 2), n0.Slice(0, h), d0.Slice(0, h), n1.Slice(0, h), d1.Slice(0, h), lambda);
    }

    /// <summary>
    /// Adds fractions: numerator[i] = n0[i]·d1[i] + n1[i]·d0[i], denominator[i] = d0[i]·d1[i]. The destinations may be two of the
    /// arguments.
    /// </summary>
    void FractionCombine(FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, FrSlice numerator, FrSlice denominator);

    /// <summary>destination[i] = table[index[i]]. An index outside the table is an <see cref="ArgumentOutOfRangeException"/>.</summary>
    void Gather(FrSlice table, ReadOnlyMemory<int> index, FrSlice destination);

    /// <summary>destination[i] = values[i] as field element; a negative integer is the modulus minus its absolute value.</summary>
    void FromIntegers(ReadOnlyMemory<int> values, FrSlice destination);

    /// <summary>Σ values[i]·weights[i] for small signed integers; those below 2^16 in absolute value are the fast case.</summary>
    Fr InnerProduct(ReadOnlyMemory<int> values, FrSlice weights);

    /// <summary>destination[i] = Σ_j rows[i·n + j]·weights[j], n being the number of weights; integers as in <see cref="InnerProduct(ReadOnlyMemory{int}, FrSlice)"/>.</summary>
    void InnerProducts(ReadOnlyMemory<int> rows, FrSlice weights, FrSlice destination);

    /// <summary>Σ coefficients[i]·x^i.</summary>
    Fr Evaluate(FrSlice coefficients, Fr x);

    /// <summary>
    /// Replaces the coefficients of a polynomial by those of its quotient by <c>X − x</c>; the remainder is left out, and the highest becomes zero.
    /// </summary>
    void Divide(FrSlice coefficients, Fr x);

    /// <summary>Replaces every element by its inverse; zero stays zero.</summary>
    void BatchInvert(FrSlice values);

    /// <summary>A new accumulator of <paramref name="length"/> columns, all zero.</summary>
    IIntegerAccumulator CreateAccumulator(int length);
}
