using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Filecoin.Chain;

/// <summary>What a miner drew for an epoch; orders the blocks of a tipset.</summary>
/// <param name="VrfProof">The signature that is the draw.</param>
[CborTuple]
public readonly partial record struct Ticket(ReadOnlyMemory<byte> VrfProof);

/// <summary>Proof that a miner may make a block of an epoch.</summary>
/// <param name="WinCount">How often it won; the block counts so often.</param>
/// <param name="VrfProof">The signature that is the draw.</param>
[CborTuple]
public readonly partial record struct ElectionProof(
    long WinCount, ReadOnlyMemory<byte> VrfProof);

/// <summary>A round of the randomness beacon.</summary>
/// <param name="Round">Its number.</param>
/// <param name="Data">What the beacon signed.</param>
[CborTuple]
public readonly partial record struct BeaconEntry(ulong Round, ReadOnlyMemory<byte> Data);

/// <summary>How heavy a chain is: of two, the heavier one is followed.</summary>
/// <remarks>CBOR: as an amount.</remarks>
public readonly record struct ChainWeight(BigInteger Value) : ICbor<ChainWeight>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out ChainWeight value)
    {
        bool read = TokenAmount.TryRead(ref reader, out TokenAmount number);
        value = new(number.ToBigInteger());
        return read;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) =>
        TokenAmount.FromAtto(Value).WriteTo(ref writer);
}

/// <summary>The block that a header's messages are: roots of two lists of CIDs.</summary>
/// <remarks>Spec: ipld-encoding 6.5. Both are AMTs of the first format.</remarks>
/// <param name="Bls">Messages without signature, which the block's aggregate covers.</param>
/// <param name="Signed">Messages with their own signature.</param>
[CborTuple]
public readonly partial record struct MessageLists(Cid Bls, Cid Signed);

/// <summary>A block as it is announced: its header and what its messages are.</summary>
/// <remarks>Spec: ipld-encoding 6.5; lotus chain/types/blockmsg.go.</remarks>
[CborTuple]
public sealed partial record Block(
    BlockHeader Header, ValueList<Cid> BlsMessages, ValueList<Cid> SignedMessages)
{
    /// <summary>Reads the one encoding of a block; false for any other.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> data, [NotNullWhen(true)] out Block? block)
    {
        bool read = Cbor.TryDecode<Block>(data, out block, out _)
            && Cbor.Encode(block).AsSpan().SequenceEqual(data);
        block = read ? block : null;
        return read;
    }
}
