namespace VerifiableML.Chain.Signing;

/// <summary>A signature over secp256k1 with s in the lower half (EIP-2), so that there is one of each.</summary>
/// <param name="R">x of the nonce's point modulo the group order.</param>
/// <param name="S">At most half of the group order.</param>
/// <param name="YParity">Parity of the nonce point's y: 0 or 1. With it the signer is found from the signature.</param>
public sealed record EcdsaSignature(System.Numerics.BigInteger R, System.Numerics.BigInteger S, int YParity);
