using Filecoin.Chain;
using Filecoin.Fuzz.Ipld;
using Filecoin.Ipld;

namespace Filecoin.Fuzz.Chain;

/// <summary>What comes from another node: headers, blocks, keys of tipsets, lists.</summary>
public static class ChainTargets
{
    private static readonly Cid Linked = Cid.Of(Codec.DagCbor, [0x80]);

    public static IEnumerable<byte[]> Headers()
    {
        MemoryBlockstore blocks = new();
        BlockHeader first = GenesisBlock.Make(
            blocks, Linked, 1_598_306_400, TokenAmount.FromAtto(100_000_000));
        yield return Cbor.Encode(first);
        yield return Cbor.Encode(first with { Ticket = null, ElectionProof = null });
        yield return Cbor.Encode(Full(first));
    }

    public static IEnumerable<byte[]> Blocks()
    {
        foreach (byte[] header in Headers())
        {
            if (BlockHeader.TryDecode(header, out BlockHeader? read))
            {
                yield return Cbor.Encode(new Block(read, [Linked], [Linked, read.Messages]));
            }
        }
    }

    public static IEnumerable<byte[]> Keys()
    {
        yield return [];
        yield return TipsetKey.Of(Linked).Bytes.ToArray();
        yield return TipsetKey.Of(Linked, Cid.Of(Codec.Raw, [1, 2])).Bytes.ToArray();
    }

    public static IEnumerable<byte[]> ListSeeds()
    {
        MemoryBlockstore blocks = new();
        BlockHeader header = GenesisBlock.Make(blocks, Linked, 0, TokenAmount.Zero);
        yield return BlockList.Of(blocks, header.Messages);
        Message message = new(
            0, Address.Parse("f01"), Address.Parse("f099"), 3, TokenAmount.FromFil(1), 10_000_000,
            TokenAmount.FromAtto(100), TokenAmount.FromAtto(1), new(2), "input"u8.ToArray());
        SignedMessage signed = new(message, new(SignatureType.Secp256k1, new byte[65]));
        FullBlock full = FullBlock.Of(
            header, [ChainMessage.From(signed), ChainMessage.FromBls(message)]);
        yield return BlockList.Of(blocks, full.PutMessages(blocks));
    }

    public static Outcome Header(ReadOnlySpan<byte> input)
    {
        if (!BlockHeader.TryDecode(input, out BlockHeader? header))
        {
            return Outcome.Refused("no header");
        }

        Claim.Holds(header.Cid == Cid.Of(Codec.DagCbor, input), "a header of two encodings");
        Claim.Holds(
            BlockHeader.TryDecode(header.SigningBytes(), out BlockHeader? unsigned)
                && unsigned.Signature is null,
            "what is signed is no header");
        bool isTipset = Tipset.TryMake([header], out Tipset? tipset);
        Claim.Holds(isTipset == header.Ticket.HasValue, "a ticket makes a tipset");
        Claim.Holds(tipset is null || tipset.Parents.Cids == header.Parents, "other parents");
        return Outcome.Accepted(
            $"{isTipset} {header.ElectionProof.HasValue} {header.BlsAggregate.HasValue}"
            + $" {header.Signature.HasValue} {Outcome.Size(header.Parents.Count)}"
            + $" {Outcome.Size(header.BeaconEntries.Count)}");
    }

    public static Outcome Block(ReadOnlySpan<byte> input)
    {
        if (!Filecoin.Chain.Block.TryDecode(input, out Block? block))
        {
            return Outcome.Refused("no block");
        }

        Claim.Holds(Cbor.Encode(block).AsSpan().SequenceEqual(input), "a block of two encodings");
        return Outcome.Accepted(
            $"{Outcome.Size(block.BlsMessages.Count)} {Outcome.Size(block.SignedMessages.Count)}");
    }

    public static Outcome Key(ReadOnlySpan<byte> input)
    {
        if (!TipsetKey.TryDecode(input, out TipsetKey key))
        {
            return Outcome.Refused("no key");
        }

        Claim.Holds(key.Bytes.SequenceEqual(input), "a key of two encodings");
        Claim.Holds(TipsetKey.Of(key.Cids.Span) == key, "its CIDs make another key");
        Claim.Holds(
            Cbor.TryDecode(Cbor.Encode(key), out TipsetKey back, out _) && back == key,
            "another key after writing and reading");
        return Outcome.Accepted($"{Outcome.Size(key.Cids.Count)}");
    }

    public static Outcome Lists(ReadOnlySpan<byte> input)
    {
        BlockList store = new(input);
        BlockHeader header = GenesisBlock.Make(
            new MemoryBlockstore(), Linked, 0, TokenAmount.Zero)
            with
        { Messages = BlockList.First };
        try
        {
            FullBlock block = FullBlock.Load(store, header);
            MemoryBlockstore written = new();
            FullBlock again = FullBlock.Load(
                written, header with { Messages = block.PutMessages(written) });
            Claim.Holds(
                again.BlsCount == block.BlsCount
                    && again.Messages.Count == block.Messages.Count,
                "other lists after writing and reading");
            return Outcome.Accepted(
                $"{Outcome.Size(block.BlsCount)} {Outcome.Size(block.Messages.Count)}");
        }
        catch (IpldException refusal)
        {
            return Outcome.Refused(BlockList.Reason(refusal));
        }
    }

    private static BlockHeader Full(BlockHeader first) => first with
    {
        ElectionProof = new ElectionProof(3, new byte[96]),
        BeaconEntries = [new BeaconEntry(7, new byte[48]), new BeaconEntry(8, new byte[48])],
        WinningPost = [new PostProof(3, new byte[192])],
        Parents = [Linked, Cid.Of(Codec.DagCbor, [0xa0])],
        ParentWeight = new(123_456_789),
        Epoch = new(2_683_348),
        BlsAggregate = new Signature(SignatureType.Bls, new byte[96]),
        Signature = new Signature(SignatureType.Bls, new byte[96]),
    };
}
