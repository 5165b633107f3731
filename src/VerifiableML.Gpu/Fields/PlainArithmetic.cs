namespace VerifiableML.Gpu.Fields;

/// <summary>
/// Arithmetic modulo p in plain C#, for values below p: what the CPU accelerator runs, and the meaning of the
/// programs of <see cref="PtxFieldProgram"/>. Everything goes by value: a reference into a kernel's local variable would move it to local memory.
/// </summary>
internal static class PlainArithmetic<TModulus>
    where TModulus : struct, IWordModulus
{
    public static DeviceElement Add(DeviceElement a, DeviceElement b)
    {
        // p < 2^254: the sum of two values below p cannot leave the eight limbs.
        DeviceElement s;
        ulong t = (ulong)a.L0 + b.L0;
        s.L0 = (uint)t;
        t = (t >> 32) + a.L1 + b.L1;
        s.L1 = (uint)t;
        t = (t >> 32) + a.L2 + b.L2;
        s.L2 = (uint)t;
        t = (t >> 32) + a.L3 + b.L3;
        s.L3 = (uint)t;
        t = (t >> 32) + a.L4 + b.L4;
        s.L4 = (uint)t;
        t = (t >> 32) + a.L5 + b.L5;
        s.L5 = (uint)t;
        t = (t >> 32) + a.L6 + b.L6;
        s.L6 = (uint)t;
        s.L7 = (uint)(t >> 32) + a.L7 + b.L7;
        return ReduceOnce(s);
    }

    public static DeviceElement Subtract(DeviceElement a, DeviceElement b)
    {
        DeviceElement d;
        ulong t = (ulong)a.L0 - b.L0;
        d.L0 = (uint)t;
        t = (ulong)a.L1 - b.L1 - (t >> 63);
        d.L1 = (uint)t;
        t = (ulong)a.L2 - b.L2 - (t >> 63);
        d.L2 = (uint)t;
        t = (ulong)a.L3 - b.L3 - (t >> 63);
        d.L3 = (uint)t;
        t = (ulong)a.L4 - b.L4 - (t >> 63);
        d.L4 = (uint)t;
        t = (ulong)a.L5 - b.L5 - (t >> 63);
        d.L5 = (uint)t;
        t = (ulong)a.L6 - b.L6 - (t >> 63);
        d.L6 = (uint)t;
        t = (ulong)a.L7 - b.L7 - (t >> 63);
        d.L7 = (uint)t;

        uint mask = 0u - (uint)(t >> 63);
        t = (ulong)d.L0 + (TModulus.P0 & mask);
        d.L0 = (uint)t;
        t = (t >> 32) + d.L1 + (TModulus.P1 & mask);
        d.L1 = (uint)t;
        t = (t >> 32) + d.L2 + (TModulus.P2 & mask);
        d.L2 = (uint)t;
        t = (t >> 32) + d.L3 + (TModulus.P3 & mask);
        d.L3 = (uint)t;
        t = (t >> 32) + d.L4 + (TModulus.P4 & mask);
        d.L4 = (uint)t;
        t = (t >> 32) + d.L5 + (TModulus.P5 & mask);
        d.L5 = (uint)t;
        t = (t >> 32) + d.L6 + (TModulus.P6 & mask);
        d.L6 = (uint)t;
        d.L7 = (uint)(t >> 32) + d.L7 + (TModulus.P7 & mask);
        return d;
    }

    /// <summary>
    /// a·b/R mod p, a limb of b at a time (CIOS). The running sum stays below 2p where <paramref name="a"/> is below p, whatever 256 bits
    /// <paramref name="b"/> has.
    /// </summary>
    public static DeviceElement Multiply(DeviceElement a, DeviceElement b)
    {
        DeviceElement t = default;
        t = Step(a, b.L0, t);
        t = Step(a, b.L1, t);
        t = Step(a, b.L2, t);
        t = Step(a, b.L3, t);
        t = Step(a, b.L4, t);
        t = Step(a, b.L5, t);
        t = Step(a, b.L6, t);
        t = Step(a, b.L7, t);
        return ReduceOnce(t);
    }

    /// <summary>(t + a·b + m·p)/2^32, with m chosen so that the division is exact.</summary>
    private static DeviceElement Step(DeviceElement a, uint b, DeviceElement t)
    {
        DeviceElement n;
        ulong s = Math.BigMul(a.L0, b) + t.L0;
        uint m = (uint)s * TModulus.NegatedInverse;
        ulong r = Math.BigMul(m, TModulus.P0) + (uint)s;
        s = Math.BigMul(a.L1, b) + t.L1 + (s >> 32);
        r = Math.BigMul(m, TModulus.P1) + (uint)s + (r >> 32);
        n.L0 = (uint)r;
        s = Math.BigMul(a.L2, b) + t.L2 + (s >> 32);
        r = Math.BigMul(m, TModulus.P2) + (uint)s + (r >> 32);
        n.L1 = (uint)r;
        s = Math.BigMul(a.L3, b) + t.L3 + (s >> 32);
        r = Math.BigMul(m, TModulus.P3) + (uint)s + (r >> 32);
        n.L2 = (uint)r;
        s = Math.BigMul(a.L4, b) + t.L4 + (s >> 32);
        r = Math.BigMul(m, TModulus.P4) + (uint)s + (r >> 32);
        n.L3 = (uint)r;
        s = Math.BigMul(a.L5, b) + t.L5 + (s >> 32);
        r = Math.BigMul(m, TModulus.P5) + (uint)s + (r >> 32);
        n.L4 = (uint)r;
        s = Math.BigMul(a.L6, b) + t.L6 + (s >> 32);
        r = Math.BigMul(m, TModulus.P6) + (uint)s + (r >> 32);
        n.L5 = (uint)r;
        s = Math.BigMul(a.L7, b) + t.L7 + (s >> 32);
        r = Math.BigMul(m, TModulus.P7) + (uint)s + (r >> 32);
        n.L6 = (uint)r;
        n.L7 = (uint)(s >> 32) + (uint)(r >> 32);
        return n;
    }

    /// <summary>t − p where t ≥ p, else t; for t below 2p.</summary>
    private static DeviceElement ReduceOnce(DeviceElement t)
    {
        DeviceElement d;
        ulong u = (ulong)t.L0 - TModulus.P0;
        d.L0 = (uint)u;
        u = (ulong)t.L1 - TModulus.P1 - (u >> 63);
        d.L1 = (uint)u;
        u = (ulong)t.L2 - TModulus.P2 - (u >> 63);
        d.L2 = (uint)u;
        u = (ulong)t.L3 - TModulus.P3 - (u >> 63);
        d.L3 = (uint)u;
        u = (ulong)t.L4 - TModulus.P4 - (u >> 63);
        d.L4 = (uint)u;
        u = (ulong)t.L5 - TModulus.P5 - (u >> 63);
        d.L5 = (uint)u;
        u = (ulong)t.L6 - TModulus.P6 - (u >> 63);
        d.L6 = (uint)u;
        u = (ulong)t.L7 - TModulus.P7 - (u >> 63);
        d.L7 = (uint)u;

        uint keep = 0u - (uint)(u >> 63);
        d.L0 ^= (d.L0 ^ t.L0) & keep;
        d.L1 ^= (d.L1 ^ t.L1) & keep;
        d.L2 ^= (d.L2 ^ t.L2) & keep;
        d.L3 ^= (d.L3 ^ t.L3) & keep;
        d.L4 ^= (d.L4 ^ t.L4) & keep;
        d.L5 ^= (d.L5 ^ t.L5) & keep;
        d.L6 ^= (d.L6 ^ t.L6) & keep;
        d.L7 ^= (d.L7 ^ t.L7) & keep;
        return d;
    }
}
