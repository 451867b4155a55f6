namespace Filecoin.Evm;

/// <summary>Multiplies modulo numbers; one that comes again gets a reciprocal.</summary>
/// <remarks>
/// Contracts that check proofs multiply by the same modulus all the time. With its reciprocal no
/// quotient waits for the digit before, as in a long division.
/// </remarks>
internal sealed class ModularProducts
{
    // The modulus of the last product.
    private U256 modulus;
    private bool hasReciprocal;

    // Shifted to the left so that its top bit is set.
    private U256 normal;
    private int shift;

    // (2^512 - 1) / normal - 2^256, rounded down.
    private U256 reciprocal;

    /// <summary>left·right modulo a number, not wrapped before; 0 for a modulus of 0.</summary>
    internal void Multiply(in U256 left, in U256 right, in U256 modulus, ref U256 result)
    {
        bool isKept = modulus == this.modulus;
        if (isKept && left < modulus)
        {
            MultiplyBelow(left, right, ref result);
        }
        else if (isKept && right < modulus)
        {
            MultiplyBelow(right, left, ref result);
        }
        else
        {
            // A shorter modulus divides fast, and is never kept.
            if (!isKept && modulus.W3 != 0)
            {
                this.modulus = modulus;
                hasReciprocal = false;
            }

            U256.MultiplyModulo(left, right, modulus, ref result);
        }
    }

    /// <summary>The product of a number below the modulus and any other.</summary>
    private void MultiplyBelow(in U256 below, in U256 other, ref U256 result)
    {
        if (!hasReciprocal)
        {
            FindReciprocal();
        }

        unchecked
        {
            // The factor is shifted as the modulus is; so the product's upper half is below that.
            int left = shift;
            U256 shifted = new(
                below.W0 << left,
                (below.W1 << left) | (below.W0 >> 1 >> (63 - left)),
                (below.W2 << left) | (below.W1 >> 1 >> (63 - left)),
                (below.W3 << left) | (below.W2 >> 1 >> (63 - left)));
            U256.MultiplyWide(shifted, other, out U256 low, out U256 high);

            // As LongDivision divides two words by one, with words of 256 bits.
            U256.MultiplyWide(high, reciprocal, out U256 fraction, out U256 quotient);
            U256.Add(fraction, low, ref fraction);
            U256.Add(quotient, high, ref quotient);
            U256.Add(quotient, fraction < low ? 2UL : 1, ref quotient);
            U256 rest = low - (quotient * normal);
            if (rest > fraction)
            {
                rest += normal;
            }

            if (rest >= normal)
            {
                rest -= normal;
            }

            U256.Set(
                ref result,
                (rest.W0 >> left) | (rest.W1 << 1 << (63 - left)),
                (rest.W1 >> left) | (rest.W2 << 1 << (63 - left)),
                (rest.W2 >> left) | (rest.W3 << 1 << (63 - left)),
                rest.W3 >> left);
        }
    }

    private void FindReciprocal()
    {
        shift = modulus.LeadingZeros;
        U256.ShiftLeft(modulus, shift, ref normal);
        Span<ulong> rest =
        [
            ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue,
            ~normal.W0, ~normal.W1, ~normal.W2, ~normal.W3,
        ];
        Span<ulong> quotient = stackalloc ulong[8];
        LongDivision.Divide(rest, normal, quotient);
        reciprocal = new(quotient[0], quotient[1], quotient[2], quotient[3]);
        hasReciprocal = true;
    }
}
