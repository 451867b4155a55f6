using Filecoin.Ipld;
using Filecoin.Node;
using Filecoin.Vm;

namespace Filecoin.Conformance.Damage;

/// <summary>A message that succeeds, and the blocks of actors' states that it reads.</summary>
/// <param name="File">The vector that it is from.</param>
/// <param name="Index">Its place there.</param>
/// <param name="Actor">The built-in actor that is called.</param>
/// <param name="Sequence">The message alone on its state.</param>
/// <param name="Blocks">The blocks, in the order of their names.</param>
internal sealed record DamagedStep(
    string File, int Index, string Actor, MessageSequence Sequence, IReadOnlyList<Cid> Blocks)
{
    /// <summary>A damaged state may make an actor use all the gas that it is given.</summary>
    private const ulong GasMax = 1_000_000_000;

    private const long BlocksMax = 1_000_000;

    /// <summary>The method that is called.</summary>
    internal MethodNumber Method => Sequence.Steps[0].Message.Method;

    /// <summary>All messages of a vector that succeed and read an actor's state.</summary>
    internal static IEnumerable<DamagedStep> ReadAll(string file, SequenceRunner runner)
    {
        MessageSequence sequence = SequenceReader.Read(file);
        RecordingBlockstore recorded = new(sequence.Blocks);
        sequence = sequence with { Blocks = recorded };
        Cid before = sequence.StateRoot;
        int index = -1;
        foreach (StepOutcome outcome in runner.Run(sequence, isTracing: true))
        {
            index++;
            SequenceStep step = outcome.Step;
            Cid from = step.StateRoot ?? before;
            before = step.Advances ? outcome.StateRoot : from;
            HashSet<Cid> read = [.. recorded.Read];
            recorded.Read.Clear();
            if (outcome.Result is not { Receipt.ExitCode.IsSuccess: true } result
                || result.Trace?.Root is not CallTrace call)
            {
                continue;
            }

            SortedDictionary<string, Cid> blocks = new(StringComparer.Ordinal);
            StateTree tree = StateTree.Load(
                recorded, from, NetworkConfig.For(sequence.NetworkVersion).Line);
            AddBlocks(call, tree, recorded, read, blocks);
            recorded.Read.Clear();
            foreach ((string name, Cid cid) in blocks.ToArray())
            {
                // Code is kept by its name once it is read, as whoever names it trusts the name.
                if (!read.Contains(cid) || cid.Codec != Codec.DagCbor)
                {
                    _ = blocks.Remove(name);
                }
            }

            if (blocks.Count == 0)
            {
                continue;
            }

            yield return new(
                Path.GetFileName(file),
                index,
                outcome.ActorName,
                sequence with
                {
                    Name = $"{Path.GetFileName(file)} #{index}",
                    StateRoot = from,
                    Steps =
                    [
                        step with
                        {
                            Message = step.Message with
                            {
                                GasLimit = ulong.Min(step.Message.GasLimit, GasMax),
                            },
                            StateRoot = null,
                            Expected = null,
                        },
                    ],
                },
                [.. blocks.Values]);
        }
    }

    /// <summary>Runs the message as Wasm and in C#, with a block damaged.</summary>
    internal StepOutcome Run(SequenceRunner runner, Cid block, byte[]? bytes) => runner.Run(
        Sequence with { Blocks = new DamagedBlockstore(Sequence.Blocks, block, bytes) },
        isTracing: true).Single();

    private static void AddBlocks(
        CallTrace call,
        StateTree tree,
        IBlockstore store,
        HashSet<Cid> read,
        SortedDictionary<string, Cid> blocks)
    {
        // The state of the system actor is read by the machine itself.
        if (call.Receiver is ActorId id
            && id != WellKnownActors.System
            && tree.TryGetActor(id, out ActorState actor))
        {
            new LinkWalk(new ReadOnlySubset(store, read), BlocksMax).Visit(
                actor.State,
                (cid, _) => blocks[cid.ToString()] = cid);
        }

        foreach (CallTrace inner in call.Calls)
        {
            AddBlocks(inner, tree, store, read, blocks);
        }
    }

    /// <summary>The blocks that were read; others are taken to be without links.</summary>
    private sealed class ReadOnlySubset(IBlockstore below, HashSet<Cid> read) : IBlockstore
    {
        private static readonly byte[] Empty = [0x80];

        public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
        {
            block = Empty;
            return !read.Contains(cid) || below.TryGet(cid, out block);
        }

        public bool Has(Cid cid) => true;

        public void Put(Cid cid, ReadOnlyMemory<byte> block) =>
            throw new NotSupportedException("only read");
    }
}
