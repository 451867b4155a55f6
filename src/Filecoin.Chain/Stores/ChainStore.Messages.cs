using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Chain;

/// <content>Where messages are, and what they gave.</content>
public sealed partial class ChainStore
{
    /// <summary>Where the chain has a message; false if it has not.</summary>
    public bool TryFindMessage(Cid cid, [NotNullWhen(true)] out MessagePlace? place)
    {
        place = null;
        return store.TryGet(
            StoreFamily.Index, ChainKeys.Message(cid), out ReadOnlyMemory<byte> found)
            && Cbor.TryDecode<MessagePlace>(found.Span, out place, out _);
    }

    /// <summary>The message of an Ethereum transaction of the chain.</summary>
    /// <param name="hash32">Its hash; of a message of another kind, the CID's digest.</param>
    /// <param name="cid">The message's CID.</param>
    public bool TryFindEthereum(ReadOnlySpan<byte> hash32, out Cid cid)
    {
        if (store.TryGet(
            StoreFamily.Index, ChainKeys.Ethereum(hash32), out ReadOnlyMemory<byte> bytes))
        {
            return Cid.TryDecode(bytes.Span, out cid);
        }

        cid = Cid.Create(Codec.DagCbor, Multihash.Blake2b256, hash32);
        return TryFindMessage(cid, out _);
    }

    /// <summary>Gives a BLS message of a block its signature again.</summary>
    /// <returns>The message with its signature; null if that is not known.</returns>
    public SignedMessage? Restore(ChainMessage message) => message.ToSigned()
        ?? (store.TryGet(
            StoreFamily.Index,
            ChainKeys.BlsSignature(message.Cid),
            out ReadOnlyMemory<byte> bytes)
            && Cbor.TryDecode(bytes.Span, out Signature signature, out _)
                ? new(message.Message, signature)
                : null);

    /// <summary>The blocks of a tipset with their messages.</summary>
    /// <exception cref="IpldException">A block is missing or malformed.</exception>
    public IReadOnlyList<FullBlock> LoadBlocks(Tipset tipset)
    {
        FullBlock[] blocks = new FullBlock[tipset.Blocks.Count];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = FullBlock.Load(Blocks, tipset.Blocks[i]);
        }

        return blocks;
    }

    /// <summary>The messages of a tipset that ran, in the order of their receipts.</summary>
    /// <exception cref="IpldException">A block is missing or malformed.</exception>
    public IReadOnlyList<ChainMessage> LoadMessages(Tipset tipset)
    {
        if (Volatile.Read(ref last) is Executed known && known.Tipset.Key == tipset.Key)
        {
            return known.Messages;
        }

        MessageOrder order = new(StateTree.Load(Blocks, tipset.ParentStateRoot, Line));
        List<ChainMessage> messages = [];
        foreach (FullBlock block in LoadBlocks(tipset))
        {
            foreach (ChainMessage message in block.Messages)
            {
                if (order.Takes(message.Message))
                {
                    messages.Add(message);
                }
            }
        }

        return messages;
    }

    /// <summary>Reads a receipt of a tipset; false if there are not so many.</summary>
    /// <exception cref="IpldException">A block is missing or malformed.</exception>
    public bool TryGetReceipt(
        TipsetRecord record, ulong index, [NotNullWhen(true)] out Receipt? receipt)
    {
        receipt = null;
        return Amt<RawCbor>.Load(Blocks, record.ReceiptsRoot, AmtFormat.V0)
            .TryGet(index, out RawCbor encoded)
            && Receipt.TryDecode(encoded.Encoded.Span, out receipt, out _);
    }

    /// <summary>Records where a tipset's messages are.</summary>
    internal void PutMessages(StoreBatch batch, Tipset tipset) =>
        Link(batch, tipset, LoadMessages(tipset));
}
