using Filecoin.Crypto;

namespace Filecoin.Vm;

/// <summary>Hashes id addresses: those of the first actors once.</summary>
/// <remarks>
/// Every message looks for the same few of them, in a tree that is opened for it: a twentieth of
/// the time of a call of a contract went by in these hashes.
/// </remarks>
internal sealed class IdHasher : IKeyHasher
{
    /// <summary>Ids from here on are hashed each time.</summary>
    private const int KnownEnd = 4096;

    /// <summary>Bytes of the longest address with a smaller id: protocol and two digits.</summary>
    private const int KeyBytesMax = 3;

    private const byte IdProtocol = 0;
    private const byte MoreFollow = 0x80;

    private readonly byte[]?[] known = new byte[KnownEnd][];

    /// <inheritdoc/>
    public void HashKey(ReadOnlySpan<byte> key, Span<byte> hash32)
    {
        if (!TryGetSmallId(key, out int id))
        {
            Sha256.Hash(key, hash32);
            return;
        }

        // Two threads may find the same: either will do.
        byte[]? hash = Volatile.Read(ref known[id]);
        if (hash is null)
        {
            hash = new byte[Sha256.DigestLength];
            Sha256.Hash(key, hash);
            Volatile.Write(ref known[id], hash);
        }

        hash.CopyTo(hash32);
    }

    private static bool TryGetSmallId(ReadOnlySpan<byte> key, out int id)
    {
        id = 0;
        if (key.Length is < 2 or > KeyBytesMax || key[0] != IdProtocol)
        {
            return false;
        }

        // Only the form that an address is written in: each id has one.
        id = key.Length == 2
            ? key[1]
            : (key[1] & ~MoreFollow) | (key[2] << 7);
        bool isLong = key[1] >= MoreFollow;
        return isLong == (key.Length == KeyBytesMax)
            && (!isLong || key[2] != 0)
            && id < KnownEnd;
    }
}
