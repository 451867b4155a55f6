using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Filecoin.Crypto.Bls12381;

/// <summary>Stretches a message to uniform bytes: expand_message_xmd with SHA-256.</summary>
/// <remarks>Spec: RFC 9380, section 5.3.1.</remarks>
internal static class MessageExpansion
{
    private const int BlockLength = 64;

    /// <summary>Fills the target, at most 255 digests long.</summary>
    internal static void Expand(
        ReadOnlySpan<byte> message, ReadOnlySpan<byte> domain, Span<byte> target)
    {
        if (domain.Length > 255 || target.Length > 255 * Sha256.DigestLength)
        {
            throw new ArgumentException("a domain tag has at most 255 bytes, an expansion 8160");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ReadOnlySpan<byte> tagLength = [(byte)domain.Length];
        Span<byte> lengthAndZero = stackalloc byte[3];
        BinaryPrimitives.WriteUInt16BigEndian(lengthAndZero, (ushort)target.Length);
        lengthAndZero[2] = 0;
        Span<byte> padding = stackalloc byte[BlockLength];
        padding.Clear();
        hash.AppendData(padding);
        hash.AppendData(message);
        hash.AppendData(lengthAndZero);
        hash.AppendData(domain);
        hash.AppendData(tagLength);
        Span<byte> seed = stackalloc byte[Sha256.DigestLength];
        _ = hash.GetHashAndReset(seed);
        FillFrom(seed, hash, domain, tagLength, target);
    }

    private static void FillFrom(
        ReadOnlySpan<byte> seed,
        IncrementalHash hash,
        ReadOnlySpan<byte> domain,
        ReadOnlySpan<byte> tagLength,
        Span<byte> target)
    {
        Span<byte> block = stackalloc byte[Sha256.DigestLength];
        block.Clear();
        Span<byte> counter = [0];
        while (!target.IsEmpty)
        {
            counter[0]++;
            for (var i = 0; i < block.Length; i++)
            {
                block[i] ^= seed[i];
            }

            hash.AppendData(block);
            hash.AppendData(counter);
            hash.AppendData(domain);
            hash.AppendData(tagLength);
            _ = hash.GetHashAndReset(block);
            var count = Math.Min(block.Length, target.Length);
            block[..count].CopyTo(target);
            target = target[count..];
        }
    }
}
