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
/// </summary>
public interface IFieldKernels
{
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

    /// <summary>As <see cref="ProductRound"/> with every term times weight[i]; the weight has h elements.</summary>
    (Fr AtZero, Fr Leading) WeightedProductRound(FrSlice weight, FrSlice f, FrSlice g);

    /// <summary>
    /// One sumcheck round of a layer of fraction sums. With H(N0, D0, N1, D1) = N0·D1 + D0·(N1 + λ·D1): Σ weight[i]·H at the lower halves,
    /// and Σ weight[i]·H at the differences upper − lower. The weight has h elements, the others 2h.
    /// </summary>
    (Fr AtZero, Fr Leading) FractionRound(FrSlice weight, FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, Fr lambda);

    /// <summary>
    /// Adds fractions: numerator[i] = n0[i]·d1[i] + n1[i]·d0[i], denominator[i] = d0[i]·d1[i]. The destinations may be two of the
    /// arguments.
    /// </summary>
    void FractionCombine(FrSlice n0, FrSlice d0, FrSlice n1, FrSlice d1, FrSlice numerator, FrSlice denominator);

    /// <summary>destination[i] = table[index[i]]. An index outside the table is an <see cref="ArgumentOutOfRangeException"/>.</summary>
    void Gather(FrSlice table, ReadOnlySpan<int> index, FrSlice destination);

    /// <summary>destination[i] = values[i] as field element; a negative integer is the modulus minus its absolute value.</summary>
    void FromIntegers(ReadOnlySpan<int> values, FrSlice destination);

    /// <summary>Σ values[i]·weights[i] for small signed integers; those below 2^16 in absolute value are the fast case.</summary>
    Fr InnerProduct(ReadOnlySpan<int> values, FrSlice weights);

    /// <summary>Replaces every element by its inverse; zero stays zero.</summary>
    void BatchInvert(FrSlice values);

    /// <summary>A new accumulator of <paramref name="length"/> columns, all zero.</summary>
    IIntegerAccumulator CreateAccumulator(int length);
}
