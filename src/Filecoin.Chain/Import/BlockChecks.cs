namespace Filecoin.Chain;

/// <summary>Whether blocks of another node can follow a tipset, before they are executed.</summary>
/// <remarks>
/// Spec: lotus chain/consensus/filcns/filecoin.go, ValidateBlock; chain/consensus/common.go. Who
/// may make a block is not looked at: this network has no power that is drawn from, and its
/// headers are not signed.
/// </remarks>
internal sealed class BlockChecks(
    NetworkParameters network, IVerifier verifier, ImportRules rules, HeadState parent)
{
    private readonly PriceList prices = PriceList.For(network.Version);

    /// <summary>Puts blocks into the order of their tipset.</summary>
    /// <exception cref="BlockRefusedException">They are none.</exception>
    public static (Tipset Tipset, FullBlock[] Blocks) Form(
        IReadOnlyList<FullBlock> blocks, ImportRules rules)
    {
        if (blocks.Count == 0 || blocks.Count > rules.BlocksMax)
        {
            throw Refuse(
                BlockRefusal.Form,
                $"{blocks.Count} blocks are no tipset of 1 to {rules.BlocksMax}");
        }

        HashSet<Address> miners = [];
        foreach (FullBlock block in blocks)
        {
            if (block.Header.ElectionProof is not { WinCount: > 0 })
            {
                throw Refuse(BlockRefusal.Form, $"block {block.Header.Cid} has not won");
            }

            if (!miners.Add(block.Header.Miner))
            {
                throw Refuse(BlockRefusal.Form, $"two blocks of miner {block.Header.Miner}");
            }
        }

        BlockHeader[] headers = new BlockHeader[blocks.Count];
        for (int i = 0; i < headers.Length; i++)
        {
            headers[i] = blocks[i].Header;
        }

        if (!Tipset.TryMake(headers, out Tipset? tipset))
        {
            throw Refuse(
                BlockRefusal.Form, "blocks without ticket, or of several epochs or parents");
        }

        FullBlock[] sorted = new FullBlock[blocks.Count];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = blocks[Array.IndexOf(headers, tipset.Blocks[i])];
        }

        return (tipset, sorted);
    }

    /// <summary>Looks at all of a header but what execution led to.</summary>
    /// <exception cref="BlockRefusedException">It cannot follow the parents.</exception>
    public void CheckHeader(BlockHeader header)
    {
        Tipset before = parent.Tipset;
        long distance = header.Epoch.Value < 0 ? -1 : header.Epoch.Value - before.Epoch.Value;
        Require(
            distance >= 1 && distance - 1 <= rules.NullRoundsMax,
            BlockRefusal.Epoch,
            $"epoch {header.Epoch} after {before.Epoch}");
        Require(
            header.Timestamp >= before.Timestamp
                && header.Timestamp <= (rules.TimestampMax ?? ulong.MaxValue),
            BlockRefusal.Timestamp,
            $"time {header.Timestamp} after {before.Timestamp}");
        ChainWeight weight = Weights.Of(network, before);
        Require(
            header.ParentWeight == weight,
            BlockRefusal.Weight,
            $"parents of weight {header.ParentWeight.Value}, not {weight.Value}");
        Require(
            header.ParentBaseFee == parent.BaseFee
                || (rules.AllowsSetBaseFee && header.ParentBaseFee >= TokenAmount.Zero),
            BlockRefusal.BaseFee,
            $"base fee {header.ParentBaseFee}, not {parent.BaseFee}");
    }

    /// <summary>Looks at a block's messages, and keeps them.</summary>
    /// <returns>The block with what the header names.</returns>
    /// <exception cref="BlockRefusedException">A block cannot have them.</exception>
    public FullBlock CheckMessages(FullBlock block, BatchBlockstore blocks)
    {
        int signed = block.Messages.Count - block.BlsCount;
        Require(
            block.BlsCount <= network.BlockListMax
                && signed <= network.BlockListMax
                && block.Messages.Count <= network.BlockMessagesMax,
            BlockRefusal.Message,
            $"{block.BlsCount} and {signed} messages in a block");
        CheckSenders(block);
        Cid lists = block.PutMessages(blocks);
        Require(
            lists == block.Header.Messages,
            BlockRefusal.MessageLists,
            $"messages {lists} of a block with {block.Header.Messages}");
        CheckSignatures(block);

        // A BLS message keeps no signature of its own: only the aggregate was checked.
        return FullBlock.Load(blocks, block.Header);
    }

    private void CheckSenders(FullBlock block)
    {
        Dictionary<ActorId, ulong> next = [];
        ulong gas = 0;
        for (int i = 0; i < block.Messages.Count; i++)
        {
            ChainMessage chained = block.Messages[i];
            Message message = chained.Message;
            Require(
                chained.IsBls == i < block.BlsCount,
                BlockRefusal.Message,
                $"message {chained.Cid} is in the list of the other kind");
            PoolVerdict form = MessageChecks.CheckForm(network, prices, chained);
            Require(form.IsAccepted, BlockRefusal.Message, $"message {chained.Cid}: {form.Line}");
            Require(
                chained.Bytes.Length <= network.MessageBytesMax,
                BlockRefusal.Message,
                $"message {chained.Cid} of {chained.Bytes.Length} bytes");
            gas += message.GasLimit;
            Require(
                gas <= (ulong)network.BlockGasMax,
                BlockRefusal.Message,
                $"message {chained.Cid}: gas limits of the block above {network.BlockGasMax}");
            if (!parent.TryGetActor(message.From, out ActorId id, out ActorState actor)
                || !parent.MaySend(actor))
            {
                throw Refuse(
                    BlockRefusal.Message,
                    $"message {chained.Cid}: {message.From.ToTestnetString()} is not an account");
            }

            ulong nonce = next.TryGetValue(id, out ulong expected) ? expected : actor.Nonce;
            Require(
                message.Nonce == nonce && nonce < ulong.MaxValue,
                BlockRefusal.Message,
                $"message {chained.Cid}: nonce {message.Nonce} where {nonce} is due");
            next[id] = nonce + 1;
        }
    }

    private void CheckSignatures(FullBlock block)
    {
        if (block.Header.BlsAggregate is not { Type: SignatureType.Bls } aggregate)
        {
            throw Refuse(
                BlockRefusal.Signature, $"block {block.Header.Cid} has no BLS aggregate");
        }

        if (rules.AllowsImpersonation)
        {
            return;
        }

        List<ReadOnlyMemory<byte>> keys = [];
        List<ReadOnlyMemory<byte>> texts = [];
        foreach (ChainMessage chained in block.Messages)
        {
            if (!parent.TryGetKey(chained.Message.From, out Address key))
            {
                throw Refuse(
                    BlockRefusal.Signature, $"message {chained.Cid}: a sender without key");
            }

            if (!chained.IsBls)
            {
                if (!IsSigned(chained, key))
                {
                    throw Refuse(
                        BlockRefusal.Signature,
                        $"message {chained.Cid}: not signed by"
                            + $" {chained.Message.From.ToTestnetString()}");
                }

                continue;
            }

            Require(
                key.Protocol == Protocol.Bls,
                BlockRefusal.Signature,
                $"message {chained.Cid}: {key} has no BLS key");
            keys.Add(key.Payload.ToArray());
            texts.Add(chained.Message.Cid.Bytes.ToArray());
        }

        Require(
            keys.Count == 0
                || verifier.VerifyBlsAggregate(
                    aggregate.Data.Span, keys.ToArray(), texts.ToArray()) == Verdict.Valid,
            BlockRefusal.Signature,
            $"block {block.Header.Cid}: the aggregate does not sign its BLS messages");
    }

    private bool IsSigned(ChainMessage chained, Address key)
    {
        SignedMessage signed = chained.ToSigned()!;
        return signed.Message.From.IsId
            ? verifier.VerifySignature(
                signed.Signature.Type, signed.Signature.Data.Span, key,
                signed.Message.Cid.Bytes) == Verdict.Valid
            : MessageChecks.IsSigned(network, verifier, signed);
    }

    private static void Require(bool isSo, BlockRefusal reason, string line)
    {
        if (!isSo)
        {
            throw Refuse(reason, line);
        }
    }

    private static BlockRefusedException Refuse(BlockRefusal reason, string line) =>
        new(reason, line);
}
