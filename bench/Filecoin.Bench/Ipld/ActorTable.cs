using System.Buffers.Binary;
using Filecoin.Ipld;

namespace Filecoin.Bench;

/// <summary>
/// Actors as a network has them: some with a delegated address, all with a balance.
/// </summary>
internal static class ActorTable
{
    private const ulong FirstId = 1_000;

    private static readonly Cid Code = Cid.Of(Codec.Raw, "code"u8);

    /// <summary>The key of the actor at a place: its id address.</summary>
    internal static byte[] Key(int place)
    {
        byte[] key = new byte[11];
        return key[..Address.FromId(new(FirstId + (ulong)place)).Encode(key)];
    }

    /// <summary>The actor at a place after so many messages.</summary>
    internal static ActorState Actor(int place, ulong nonce)
    {
        Span<byte> seed = stackalloc byte[20];
        BinaryPrimitives.WriteInt32BigEndian(seed, place);
        BinaryPrimitives.WriteUInt64BigEndian(seed[4..], nonce);
        Cid state = Cid.Of(Codec.DagCbor, seed);
        TokenAmount balance = TokenAmount.FromFil(place + 1) + TokenAmount.FromAtto(1_000_000_007);
        Address? delegated = place % 3 == 0 ? Address.FromEthereum(seed) : null;
        return new(Code, state, nonce, balance, delegated);
    }

    internal static Dictionary<byte[], ActorState> Dictionary(int count)
    {
        Dictionary<byte[], ActorState> table = new(count, new ByteEquality());
        for (int place = 0; place < count; place++)
        {
            table[Key(place)] = Actor(place, 0);
        }

        return table;
    }

    private sealed class ByteEquality : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] bytes)
        {
            HashCode hash = default;
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }
    }
}
