namespace Filecoin.Chain;

/// <summary>A block to be made on the head.</summary>
public sealed record BlockDraft
{
    private const int DrawLength = 32;

    /// <summary>Its epoch, after the head's; those between stay without tipset.</summary>
    public required ChainEpoch Epoch { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public required ulong Timestamp { get; init; }

    /// <summary>Who gets its reward.</summary>
    public required Address Miner { get; init; }

    /// <summary>Its messages, each sender's in order.</summary>
    public IReadOnlyList<ChainMessage> Messages { get; init; } = [];

    /// <summary>A base fee other than the one that is due, in attoFIL; null for that one.</summary>
    public TokenAmount? BaseFee { get; init; }

    /// <summary>What the beacon says of its epoch; null to draw it from the parents'.</summary>
    public ReadOnlyMemory<byte>? Beacon { get; init; }

    /// <summary>Makes the block.</summary>
    /// <exception cref="ArgumentException">Epoch or time is not after the head's.</exception>
    internal FullBlock Build(
        NetworkParameters network, HeadState head, BatchBlockstore blocks, TipsetRecord record)
    {
        Tipset parent = head.Tipset;
        if (Epoch.Value <= parent.Epoch.Value || Timestamp < parent.Timestamp)
        {
            throw new ArgumentException(
                $"epoch {Epoch} at {Timestamp} is not after {parent.Epoch} at"
                + $" {parent.Timestamp}");
        }

        ReadOnlySpan<byte> before = parent.MinTicket.VrfProof.Span;
        BlockHeader header = new(
            Miner,
            new Ticket(Draw("ticket"u8, before)),
            new ElectionProof(1, Draw("election"u8, before)),
            [new BeaconEntry((ulong)Epoch.Value, Beacon ?? Draw("beacon"u8, before))],
            WinningPost: [],
            [.. parent.Cids],
            Weights.Of(network, parent),
            Epoch,
            head.StateRoot,
            record.ReceiptsRoot,
            default,
            Aggregate(),
            Timestamp,
            Signature: null,
            ForkSignaling: 0,
            BaseFee ?? head.BaseFee);
        FullBlock block = FullBlock.Of(header, Messages);
        return block.With(header with { Messages = block.PutMessages(blocks) });
    }

    /// <summary>
    /// What stands for a verifiable draw on a network with nobody to verify it: a hash of the
    /// purpose, the draw before, the miner and the epoch.
    /// </summary>
    private byte[] Draw(ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> before)
    {
        CborWriter writer = new(128);
        writer.WriteArrayHeader(4);
        writer.WriteBytes(purpose);
        writer.WriteBytes(before);
        Miner.WriteTo(ref writer);
        Epoch.WriteTo(ref writer);
        byte[] draw = Cid.Of(Codec.Raw, writer.Written).Digest[..DrawLength].ToArray();
        writer.Dispose();
        return draw;
    }

    private Signature Aggregate()
    {
        List<ReadOnlyMemory<byte>> signatures = [];
        foreach (ChainMessage message in Messages)
        {
            if (message.IsBls)
            {
                signatures.Add(message.Signature?.Data
                    ?? throw new ArgumentException($"no signature of {message.Cid}"));
            }
        }

        return Signature.TryAggregateBls(signatures, out Signature aggregate)
            ? aggregate
            : throw new ArgumentException("a BLS signature that is none");
    }
}
