using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Chain;

/// <summary>The blocks of one epoch that have the same parents.</summary>
/// <remarks>
/// Spec: ipld-encoding 7.2; lotus chain/types/tipset.go. They are in the order of their tickets'
/// hashes, and of their CIDs where these are the same. Equal when the keys are.
/// </remarks>
public sealed class Tipset : IEquatable<Tipset>
{
    private readonly BlockHeader[] blocks;
    private readonly Cid[] cids;

    private Tipset(BlockHeader[] blocks, Cid[] cids)
    {
        (this.blocks, this.cids) = (blocks, cids);
        Key = TipsetKey.Of(cids);
        KeyCid = Key.Cid;
        Parents = TipsetKey.Of(blocks[0].Parents.Span);
    }

    /// <summary>Names it.</summary>
    public TipsetKey Key { get; }

    /// <summary>CID of the key; its digest is what Ethereum knows it by.</summary>
    public Cid KeyCid { get; }

    /// <summary>Names the tipset before it.</summary>
    public TipsetKey Parents { get; }

    /// <summary>The headers in their order.</summary>
    public IReadOnlyList<BlockHeader> Blocks => blocks;

    /// <summary>Their CIDs.</summary>
    public IReadOnlyList<Cid> Cids => cids;

    /// <summary>The round it is of (height in lotus).</summary>
    public ChainEpoch Epoch => blocks[0].Epoch;

    /// <summary>State after the messages of its parents.</summary>
    public Cid ParentStateRoot => blocks[0].ParentStateRoot;

    /// <summary>Receipts of the messages of its parents.</summary>
    public Cid ParentReceipts => blocks[0].ParentReceipts;

    /// <summary>What its messages burn for a unit of gas, in attoFIL.</summary>
    public TokenAmount ParentBaseFee => blocks[0].ParentBaseFee;

    /// <summary>Weight of the chain before it.</summary>
    public ChainWeight ParentWeight => blocks[0].ParentWeight;

    /// <summary>The ticket of its first block: that with the least hash.</summary>
    public Ticket MinTicket => blocks[0].Ticket!.Value;

    /// <summary>Seconds since 1970: the earliest of its blocks'.</summary>
    public ulong Timestamp
    {
        get
        {
            ulong earliest = ulong.MaxValue;
            foreach (BlockHeader block in blocks)
            {
                earliest = ulong.Min(earliest, block.Timestamp);
            }

            return earliest;
        }
    }

    /// <summary>Puts blocks into their order.</summary>
    /// <returns>
    /// False if there is none, one without a ticket, or they differ in epoch or parents.
    /// </returns>
    public static bool TryMake(
        IReadOnlyList<BlockHeader> headers, [NotNullWhen(true)] out Tipset? tipset)
    {
        tipset = null;
        List<(Cid Ticket, Cid Cid, BlockHeader Header)> sorted = new(headers.Count);
        foreach (BlockHeader header in headers)
        {
            if (header.Ticket is not Ticket ticket
                || header.Epoch != headers[0].Epoch
                || header.Parents != headers[0].Parents)
            {
                return false;
            }

            // The CID of the proof holds its hash, behind a prefix that all have.
            sorted.Add((Cid.Of(Codec.Raw, ticket.VrfProof.Span), header.Cid, header));
        }

        if (sorted.Count == 0)
        {
            return false;
        }

        sorted.Sort(static (left, right) => left.Ticket != right.Ticket
            ? left.Ticket.CompareTo(right.Ticket)
            : left.Cid.CompareTo(right.Cid));
        tipset = new(
            [.. sorted.ConvertAll(static entry => entry.Header)],
            [.. sorted.ConvertAll(static entry => entry.Cid)]);
        return true;
    }

    /// <summary>The tipset of one block.</summary>
    /// <exception cref="ArgumentException">The block has no ticket.</exception>
    public static Tipset Of(BlockHeader header) => TryMake([header], out Tipset? tipset)
        ? tipset
        : throw new ArgumentException("a block without a ticket", nameof(header));

    /// <summary>Reads the tipset that a key names.</summary>
    /// <returns>False if a block is missing, or they are no tipset in this order.</returns>
    public static bool TryLoad(
        IBlockstore store, TipsetKey key, [NotNullWhen(true)] out Tipset? tipset)
    {
        tipset = null;
        List<BlockHeader> headers = [];
        foreach (Cid cid in key.Cids)
        {
            if (!store.TryGet(cid, out ReadOnlyMemory<byte> bytes)
                || !BlockHeader.TryDecode(bytes.Span, out BlockHeader? header))
            {
                return false;
            }

            headers.Add(header);
        }

        return TryMake(headers, out tipset) && tipset.Key == key;
    }

    /// <inheritdoc/>
    public bool Equals(Tipset? other) => other is not null && other.Key == Key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Tipset);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode();

    /// <summary>Epoch and key.</summary>
    public override string ToString() => $"{Epoch} {Key}";
}
