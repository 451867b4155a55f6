namespace Filecoin.Chain;

/// <summary>A block with its messages: those without a signature of their own come first.</summary>
/// <remarks>Spec: ipld-encoding 6.5; lotus chain/types/fullblock.go.</remarks>
public sealed class FullBlock
{
    private readonly ChainMessage[] messages;

    private FullBlock(BlockHeader header, ChainMessage[] messages, int blsCount) =>
        (Header, this.messages, BlsCount) = (header, messages, blsCount);

    /// <summary>Its header.</summary>
    public BlockHeader Header { get; }

    /// <summary>All messages, in the order of their execution.</summary>
    public IReadOnlyList<ChainMessage> Messages => messages;

    /// <summary>How many of them, from the first on, the block's aggregate covers.</summary>
    public int BlsCount { get; }

    /// <summary>A block of messages, put into their order.</summary>
    /// <param name="header">The header, whatever it says of messages.</param>
    /// <param name="messages">Messages in the order in which their kinds are to run.</param>
    public static FullBlock Of(BlockHeader header, IReadOnlyCollection<ChainMessage> messages)
    {
        (ChainMessage[] sorted, int blsCount) = Sort(messages);
        return new(header, sorted, blsCount);
    }

    /// <summary>The same block with another header.</summary>
    public FullBlock With(BlockHeader header) => new(header, messages, BlsCount);

    /// <summary>Its announcement.</summary>
    public Block ToBlock() => new(
        Header,
        ValueList.TakeOver(Cids(messages.AsSpan(0, BlsCount))),
        ValueList.TakeOver(Cids(messages.AsSpan(BlsCount))));

    /// <summary>Keeps the messages and their lists; what it gives goes into the header.</summary>
    public Cid PutMessages(IBlockstore blocks)
    {
        foreach (ChainMessage message in messages)
        {
            blocks.Put(message.Cid, message.Bytes);
        }

        return blocks.PutCbor(new MessageLists(
            PutList(blocks, messages.AsSpan(0, BlsCount)),
            PutList(blocks, messages.AsSpan(BlsCount))));
    }

    /// <summary>Reads the block that has a header.</summary>
    /// <exception cref="IpldException">A list or a message is missing or malformed.</exception>
    public static FullBlock Load(IBlockstore blocks, BlockHeader header)
    {
        MessageLists lists = blocks.GetCbor<MessageLists>(header.Messages);
        List<ChainMessage> messages = [];
        foreach (Cid cid in ReadList(blocks, lists.Bls))
        {
            messages.Add(ChainMessage.FromBls(blocks.GetCbor<Message>(cid)));
        }

        int blsCount = messages.Count;
        foreach (Cid cid in ReadList(blocks, lists.Signed))
        {
            messages.Add(ChainMessage.From(blocks.GetCbor<SignedMessage>(cid)));
        }

        return new(header, [.. messages], blsCount);
    }

    /// <summary>Puts an announced block together with its messages.</summary>
    /// <remarks>Whether they are those that the header names is for others to say.</remarks>
    /// <exception cref="IpldException">A message is missing or malformed.</exception>
    public static FullBlock Assemble(Block block, IBlockstore messages)
    {
        ChainMessage[] found =
            new ChainMessage[block.BlsMessages.Count + block.SignedMessages.Count];
        int end = 0;
        foreach (Cid cid in block.BlsMessages)
        {
            found[end++] = ChainMessage.FromBls(messages.GetCbor<Message>(cid));
        }

        foreach (Cid cid in block.SignedMessages)
        {
            found[end++] = ChainMessage.From(messages.GetCbor<SignedMessage>(cid));
        }

        return new(block.Header, found, block.BlsMessages.Count);
    }

    private static (ChainMessage[] Sorted, int BlsCount) Sort(
        IReadOnlyCollection<ChainMessage> messages)
    {
        ChainMessage[] sorted = new ChainMessage[messages.Count];
        int blsCount = 0;
        foreach (ChainMessage message in messages)
        {
            if (message.IsBls)
            {
                sorted[blsCount++] = message;
            }
        }

        int end = blsCount;
        foreach (ChainMessage message in messages)
        {
            if (!message.IsBls)
            {
                sorted[end++] = message;
            }
        }

        return (sorted, blsCount);
    }

    private static Cid PutList(IBlockstore blocks, ReadOnlySpan<ChainMessage> messages)
    {
        Amt<Cid> list = new(blocks, format: AmtFormat.V0);
        for (int i = 0; i < messages.Length; i++)
        {
            list.Set((ulong)i, messages[i].Cid);
        }

        return list.Flush();
    }

    private static List<Cid> ReadList(IBlockstore blocks, Cid root)
    {
        Amt<Cid> list = Amt<Cid>.Load(blocks, root, AmtFormat.V0);
        List<Cid> cids = [];
        list.ForEach((index, cid) =>
        {
            if (index == (ulong)cids.Count)
            {
                cids.Add(cid);
            }
        });
        return (ulong)cids.Count == list.Count
            ? cids
            : throw new IpldException(IpldFailure.Malformed, root, $"list {root} has gaps");
    }

    private static Cid[] Cids(ReadOnlySpan<ChainMessage> messages)
    {
        Cid[] cids = new Cid[messages.Length];
        for (int i = 0; i < cids.Length; i++)
        {
            cids[i] = messages[i].Cid;
        }

        return cids;
    }
}
