using Filecoin.ActorRuntime;
using Filecoin.Actors;
using Filecoin.Actors.Miner;

namespace Filecoin.Chain;

/// <summary>Finds what signs for an address; null where its key is not at hand.</summary>
public delegate Func<Message, SignedMessage>? SignerLookup(Address key);

/// <summary>
/// Storage miners whose sectors this node proves: in each window, by messages of their workers in
/// the blocks that it makes.
/// </summary>
/// <remarks>
/// Spec: actors/miner-methods 5.1; actors/storage-devnet 4. Used where the head changes. Faulty
/// sectors are left to their miner: it says when they are to be proven again.
/// </remarks>
/// <param name="chain">The chain.</param>
/// <param name="signers">Finds what signs for workers.</param>
/// <param name="log">Takes a line for what is not proven.</param>
public sealed class ProvingMiners(Blockchain chain, SignerLookup signers, Action<string> log)
{
    /// <summary>
    /// Epochs before a window's end at which a stretch without blocks stops: some more blocks may
    /// be needed for all who have to prove.
    /// </summary>
    private const long SpareEpochs = 10;

    /// <summary>Gas of a proof that nobody checks, and more.</summary>
    private const ulong GasFixed = 200_000_000;

    /// <summary>Gas of checking a proof, and more, for a byte of what it is bound to.</summary>
    private const ulong GasPerByte = 8_000;

    private static readonly MethodNumber SubmitWindowedPost = new(5);

    /// <summary>In one order, whenever they were set.</summary>
    private readonly SortedDictionary<ActorId, ProvingMiner> miners = new(
        chain.Store.LoadMiners().Proven.Span.ToArray().ToDictionary(
            static id => id, static _ => new ProvingMiner()),
        Comparer<ActorId>.Create(static (left, right) => left.Value.CompareTo(right.Value)));

    private readonly Dictionary<Cid, string> sent = [];
    private HeadState? seen;

    /// <summary>Has a miner's sectors proven here, or not; the chain's store keeps it.</summary>
    /// <remarks>
    /// Sectors that are faulty by then stay so, and are terminated in the end, until a message of
    /// the miner's (DeclareFaultsRecovered, method 11) says that they are to be proven again.
    /// </remarks>
    public void Set(ActorId miner, bool isProving) => _ = chain.Exclusively(() =>
    {
        bool isChanged = isProving ? miners.TryAdd(miner, new()) : miners.Remove(miner);
        if (isChanged)
        {
            chain.Store.KeepProven(miners.Keys);
        }

        return isChanged;
    });

    /// <summary>
    /// The first epoch before one that needs a block, because a window ends in which something is
    /// to be proven; null if there is none.
    /// </summary>
    internal long? NextStop(long target)
    {
        long next = chain.Head.Epoch.Value + 1;
        long stop = target;
        foreach ((_, ProvingMiner miner) in Read())
        {
            if (!TryFindWorker(miner, out _, out _, out _))
            {
                continue;
            }

            foreach (ProvingWindow window in miner.Windows(next))
            {
                stop = long.Min(stop, long.Max(next, window.Deadline.Last - SpareEpochs));
            }
        }

        return stop < target ? stop : null;
    }

    /// <summary>
    /// Adds the proofs that are due to a block; what it has no room for besides waits.
    /// </summary>
    internal BlockDraft AddTo(BlockDraft draft)
    {
        sent.Clear();
        List<ProofDraft> due = Due(draft);
        if (due.Count == 0)
        {
            return draft;
        }

        List<ChainMessage> messages = Fit(draft.Messages, due);
        AddSigned(draft, due, messages);
        return draft with { Messages = messages };
    }

    /// <summary>Says which proofs of a block have failed.</summary>
    internal void Look(TipsetOutcome outcome)
    {
        foreach (AppliedMessage applied in outcome.Messages)
        {
            if (sent.TryGetValue(applied.Message.Cid, out string? what)
                && !applied.Result.Receipt.ExitCode.IsSuccess)
            {
                log($"{what} failed: {applied.Result.Receipt.ExitCode} {applied.Result.Failure}");
            }
        }
    }

    /// <summary>A proof to be sent.</summary>
    private readonly record struct ProofDraft(
        ActorId Miner, ProvingMiner Reading, ulong Deadline, ulong GasLimit, byte[] Parameters)
    {
        public string What => $"proof of t0{Miner}, deadline {Deadline}:";
    }

    private List<ProofDraft> Due(BlockDraft draft)
    {
        List<ProofDraft> due = [];
        Lazy<IExterns> externs = new(() => chain.ExternsOf(draft));
        long gas = chain.Network.BlockGasMax;
        foreach ((ActorId id, ProvingMiner miner) in Read())
        {
            _ = TryLookAt(id, () =>
            {
                foreach (ProofDraft proof in Due(id, miner, draft.Epoch.Value, externs))
                {
                    if ((long)proof.GasLimit <= gas)
                    {
                        gas -= (long)proof.GasLimit;
                        due.Add(proof);
                    }
                }

                return true;
            });
        }

        return due;
    }

    private IEnumerable<ProofDraft> Due(
        ActorId id, ProvingMiner miner, long epoch, Lazy<IExterns> externs)
    {
        foreach (ProvingWindow window in miner.Windows(chain.Head.Epoch.Value + 1))
        {
            if (!window.IsNext || epoch < window.Deadline.Open || epoch > window.Deadline.Last)
            {
                continue;
            }

            foreach (ProvablePartition partition in window.Partitions)
            {
                int length = partition.Challenged.Value.Length;
                yield return new(
                    id,
                    miner,
                    window.Deadline.Index,
                    GasFixed + (GasPerByte * (ulong)length),
                    Prove(id, miner.Info, window.Deadline, partition, externs.Value));
            }
        }
    }

    private static byte[] Prove(
        ActorId miner,
        MinerInfo info,
        in DeadlineInfo window,
        ProvablePartition partition,
        IExterns externs)
    {
        // Where it is before the chain's beginning that is drawn from.
        ChainEpoch challenge = new(window.Challenge);
        ChainEpoch commit = new(long.Max(0, window.Challenge));
        byte[] digest = new byte[RandomnessDraw.Length];
        byte[] randomness = new byte[RandomnessDraw.Length];
        byte[] ticket = new byte[RandomnessDraw.Length];
        _ = externs.TryGetBeaconRandomness(challenge, digest);
        RandomnessDraw.Compute(
            (long)RandomnessPurpose.WindowPostChallengeSeed,
            digest,
            challenge.Value,
            Cbor.Encode(Address.FromId(miner)),
            randomness);
        _ = externs.TryGetChainRandomness(commit, digest);
        RandomnessDraw.Compute(
            (long)RandomnessPurpose.PostChainCommit, digest, commit.Value, [], ticket);
        return Cbor.Encode(new SubmitWindowedPostParams(
            window.Index,
            [new(partition.Index, default)],
            [
                new(info.WindowPostProofType, SimulatedWindowPost.Prove(
                    randomness, partition.Challenged.Value)),
            ],
            commit.Value,
            ticket));
    }

    /// <summary>The first messages of a block that leave room for proofs.</summary>
    private List<ChainMessage> Fit(IReadOnlyList<ChainMessage> messages, List<ProofDraft> due)
    {
        List<ChainMessage> fitting = [];
        ulong gas = (ulong)chain.Network.BlockGasMax;
        due.ForEach(proof => gas -= proof.GasLimit);
        foreach (ChainMessage message in messages)
        {
            if (message.Message.GasLimit > gas
                || fitting.Count + due.Count >= chain.Network.BlockListMax)
            {
                break;
            }

            gas -= message.Message.GasLimit;
            fitting.Add(message);
        }

        return fitting;
    }

    /// <summary>Adds proofs after the messages that their senders send besides.</summary>
    private void AddSigned(
        BlockDraft draft, List<ProofDraft> due, List<ChainMessage> messages)
    {
        TokenAmount fee = draft.BaseFee ?? chain.NextBaseFee;
        foreach (ProofDraft proof in due)
        {
            if (!TryFindWorker(
                proof.Reading, out Address key, out ActorState worker, out var signer))
            {
                log($"{proof.What} no key of its worker,"
                    + $" {proof.Reading.Info.Worker.ToTestnetString()}");
                continue;
            }

            ulong nonce = worker.Nonce + (ulong)messages.Count(message =>
                message.Message.From == key || message.Message.From == proof.Reading.Info.Worker);
            Message message = new(
                0,
                Address.FromId(proof.Miner),
                key,
                nonce,
                TokenAmount.Zero,
                proof.GasLimit,
                fee,
                TokenAmount.Zero,
                SubmitWindowedPost,
                proof.Parameters);
            if (worker.Balance < fee * (long)proof.GasLimit)
            {
                log($"{proof.What} its worker {key.ToTestnetString()} cannot pay for the gas");
                continue;
            }

            if (chain.Pool.NextNonce(key) > nonce)
            {
                log($"{proof.What} other messages of its worker {key.ToTestnetString()} wait");
                continue;
            }

            ChainMessage signed = ChainMessage.From(signer(message));
            messages.Add(signed);
            sent[signed.Cid] = proof.What;
        }
    }

    /// <summary>Those that are there, with their states on the head.</summary>
    private IEnumerable<(ActorId Id, ProvingMiner Miner)> Read()
    {
        if (miners.Count == 0)
        {
            yield break;
        }

        // One of its own: that of the chain is the pool's, for another thread.
        seen = seen?.StateRoot == chain.StateRoot ? seen : chain.ReadHead();
        foreach ((ActorId id, ProvingMiner miner) in miners)
        {
            if (TryRead(id, miner))
            {
                yield return (id, miner);
            }
        }
    }

    private bool TryRead(ActorId id, ProvingMiner miner) => TryLookAt(id, () =>
    {
        bool isThere = seen!.TryGetActor(id, out ActorState actor)
            && OfficialActors.TypeOf(actor.Code) == BuiltinType.Miner;
        if (isThere)
        {
            miner.Read(actor.State, chain.Store.Blocks);
        }

        return isThere;
    });

    /// <summary>Does something with a miner's state; false if that is malformed.</summary>
    private bool TryLookAt(ActorId id, Func<bool> work)
    {
        try
        {
            return work();
        }
        catch (IpldException failure)
        {
            log($"proofs of t0{id}: {failure.Message}");
            return false;
        }
    }

    private bool TryFindWorker(
        ProvingMiner miner,
        out Address key,
        out ActorState worker,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)]
        out Func<Message, SignedMessage>? signer)
    {
        key = default;
        signer = seen!.TryGetActor(miner.Info.Worker, out _, out worker)
            && seen.TryGetKey(miner.Info.Worker, out key)
                ? signers(key)
                : null;
        return signer is not null;
    }
}
