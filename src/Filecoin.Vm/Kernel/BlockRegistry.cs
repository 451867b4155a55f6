namespace Filecoin.Vm;

/// <summary>The blocks that an invocation has handles to, and what it may reach.</summary>
/// <remarks>Spec: syscalls 5; FIP-0071; ref-fvm fvm/src/kernel/blocks.rs.</remarks>
internal sealed class BlockRegistry(ProtocolLine line)
{
    /// <summary>The handle that stands for no data.</summary>
    public const uint NoData = 0;

    private readonly List<Block> blocks = [];
    private readonly HashSet<Cid> reachable = [];

    public bool IsFull => blocks.Count == int.MaxValue;

    /// <summary>Whether blocks of a codec may be handled.</summary>
    public bool Allows(ulong codec) => line == ProtocolLine.Shark
        ? codec == Codec.DagCbor
        : codec is Codec.DagCbor or Codec.Cbor or Codec.Raw;

    /// <summary>Adds a block whose links its owner can reach.</summary>
    public ErrorNumber PutReachable(Block block, out uint handle)
    {
        ErrorNumber error = Put(block, out handle);
        if (error == ErrorNumber.None && line == ProtocolLine.Watermelon)
        {
            foreach (Cid link in block.Links)
            {
                Reach(link);
            }
        }

        return error;
    }

    /// <summary>Adds a block that the actor made: its links must be reachable already.</summary>
    public ErrorNumber PutChecked(Block block, out uint handle)
    {
        handle = NoData;
        if (IsFull)
        {
            return ErrorNumber.LimitExceeded;
        }

        foreach (Cid link in block.Links)
        {
            if (!CanReach(link))
            {
                return ErrorNumber.NotFound;
            }
        }

        return Put(block, out handle);
    }

    public bool TryGet(uint handle, out Block block)
    {
        bool exists = handle >= 1 && handle <= (uint)blocks.Count;
        block = exists ? blocks[(int)handle - 1] : null!;
        return exists;
    }

    /// <summary>Before version 21 everything can be reached.</summary>
    public bool CanReach(Cid cid) => line != ProtocolLine.Watermelon || reachable.Contains(cid);

    public void Reach(Cid cid) => _ = reachable.Add(cid);

    private ErrorNumber Put(Block block, out uint handle)
    {
        handle = NoData;
        if (IsFull)
        {
            return ErrorNumber.LimitExceeded;
        }

        if (!Allows(block.Codec))
        {
            return ErrorNumber.IllegalCodec;
        }

        blocks.Add(block);
        handle = (uint)blocks.Count;
        return ErrorNumber.None;
    }
}
