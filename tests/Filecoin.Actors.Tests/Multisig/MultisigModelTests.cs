using System.Numerics;
using CsCheck;

namespace Filecoin.Actors.Multisig.Tests;

/// <summary>The wallet against plain lists, and its lock against plain numbers.</summary>
public sealed class MultisigModelTests
{
    private const int Actors = 6;
    private const int IdMax = 5;

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Enum<Kind>(), Gen.Int[0, Actors - 1], Gen.Int[0, Actors - 1], Gen.Long[0, IdMax],
        Gen.Bool, (kind, caller, other, id, flag) => new Step(kind, caller, other, id, flag));

    private enum Kind
    {
        Propose,
        Approve,
        Cancel,
        AddSigner,
        RemoveSigner,
        SwapSigner,
        ChangeThreshold,
    }

    [Fact]
    public void Locked_funds_unlock_evenly_and_never_too_early() => Gen.Select(
        Gen.Long[0, long.MaxValue], Gen.Long[1, 10_000_000], Gen.Long[-10, 10_000_100]).Sample(
            (amount, duration, elapsed) =>
            {
                MultisigState state = default;
                state.Lock(default, duration, TokenAmount.FromAtto(amount));

                BigInteger locked = state.LockedAfter(elapsed).ToBigInteger();

                BigInteger rest = BigInteger.Clamp(duration - elapsed, 0, duration);
                BigInteger exact = amount * rest;
                Assert.True(locked * duration >= exact);
                Assert.True((locked - 1) * duration < exact);
                Assert.True(state.LockedAfter(elapsed + 1).ToBigInteger() <= locked);
            });

    [Fact]
    public void A_wallet_behaves_as_lists_do() => Steps.Array[1, 40].Sample(steps =>
    {
        MemoryRuntime runtime = Open();
        Model model = new();
        foreach (Step step in steps)
        {
            int sent = runtime.Sent.Count;
            int expectedSent = model.Sent;
            ExitCode actual = Run(runtime, step);

            Assert.Equal(model.Run(step), actual.Value);
            Assert.Equal(model.Sent - expectedSent, runtime.Sent.Count - sent);
            Compare(model, runtime);
        }
    });

    private static void Compare(Model model, MemoryRuntime runtime)
    {
        MultisigState state = runtime.LoadState<MultisigState>();
        Assert.Equal(model.Signers.Select(Of), state.Signers);
        Assert.Equal((ulong)model.Threshold, state.Threshold);
        Assert.Equal(model.Next, state.NextTransactionId);
        SortedDictionary<long, List<Address>> pending = [];
        Hamt<Transaction>.Load(runtime.Memory, state.Pending, new(5)).ForEach((key, value) =>
        {
            Assert.True(Int64Key.TryParse(key.Span, out long id));
            pending.Add(id, [.. value.Approved]);
        });
        Assert.Equal(
            model.Pending.Select(entry => (entry.Key, string.Join(',', entry.Value.Select(Of)))),
            pending.Select(entry => (entry.Key, string.Join(',', entry.Value))));
        Assert.Empty(MultisigInvariants.Check(state, runtime.Memory));
    }

    private static MemoryRuntime Open()
    {
        MemoryRuntime runtime = new();
        runtime.Add(WellKnownActors.Init, BuiltinType.Init);
        runtime.Add(runtime.Receiver, BuiltinType.Multisig);
        for (int i = 0; i < Actors; i++)
        {
            runtime.Add(new ActorId(100 + (ulong)i), BuiltinType.Account);
        }

        _ = runtime.Call(
            MultisigActor.Definition,
            WellKnownActors.Init,
            1,
            new ConstructorParams([Of(0), Of(1), Of(2)], 2, 0, default));
        return runtime;
    }

    private static ExitCode Run(MemoryRuntime runtime, in Step step)
    {
        BuiltinActor actor = MultisigActor.Definition;
        ActorId caller = new(100 + (ulong)step.Caller);
        ActorId self = runtime.Receiver;
        Address other = Of(step.Other);
        return step.Kind switch
        {
            Kind.Propose => runtime.Fail(
                actor, caller, 2, new ProposeParams(other, TokenAmount.Zero, default, default)),
            Kind.Approve => runtime.Fail(
                actor, caller, 3, new TransactionParams(step.Id, default)),
            Kind.Cancel => runtime.Fail(
                actor, caller, 4, new TransactionParams(step.Id, default)),
            Kind.AddSigner => runtime.Fail(
                actor, self, 5, new AddSignerParams(other, step.Flag)),
            Kind.RemoveSigner => runtime.Fail(
                actor, self, 6, new RemoveSignerParams(other, step.Flag)),
            Kind.SwapSigner => runtime.Fail(
                actor, self, 7, new SwapSignerParams(other, Of(step.Caller))),
            _ => runtime.Fail(actor, self, 8, new ChangeThresholdParams((ulong)step.Id)),
        };
    }

    private static Address Of(int actor) => Address.FromId(new(100 + (ulong)actor));

    private readonly record struct Step(Kind Kind, int Caller, int Other, long Id, bool Flag);

    /// <summary>What the specification says, over lists.</summary>
    private sealed class Model
    {
        public List<int> Signers { get; } = [0, 1, 2];

        public int Threshold { get; private set; } = 2;

        public long Next { get; private set; }

        public SortedDictionary<long, List<int>> Pending { get; } = [];

        public int Sent { get; private set; }

        public uint Run(in Step step) => step.Kind switch
        {
            Kind.Propose => Propose(step.Caller),
            Kind.Approve => Approve(step.Caller, step.Id),
            Kind.Cancel => Cancel(step.Caller, step.Id),
            Kind.AddSigner => Add(step.Other, step.Flag),
            Kind.RemoveSigner => Remove(step.Other, step.Flag),
            Kind.SwapSigner => Swap(step.Other, step.Caller),
            _ => Change((int)step.Id),
        };

        private uint Propose(int caller)
        {
            if (!Signers.Contains(caller))
            {
                return 18;
            }

            Pending.Add(Next, [caller]);
            Execute(Next++);
            return 0;
        }

        private uint Approve(int caller, long id)
        {
            if (!Signers.Contains(caller))
            {
                return 18;
            }

            if (!Pending.TryGetValue(id, out List<int>? approved))
            {
                return 17;
            }

            if (approved.Count < Threshold)
            {
                if (approved.Contains(caller))
                {
                    return 18;
                }

                approved.Add(caller);
            }

            Execute(id);
            return 0;
        }

        private uint Cancel(int caller, long id)
        {
            if (!Signers.Contains(caller))
            {
                return 18;
            }

            if (!Pending.TryGetValue(id, out List<int>? approved))
            {
                return 17;
            }

            if (approved[0] != caller)
            {
                return 18;
            }

            _ = Pending.Remove(id);
            return 0;
        }

        private uint Add(int signer, bool increases)
        {
            if (Signers.Contains(signer))
            {
                return 18;
            }

            Signers.Add(signer);
            Threshold += increases ? 1 : 0;
            return 0;
        }

        private uint Remove(int signer, bool decreases)
        {
            if (!Signers.Contains(signer) || Signers.Count == 1)
            {
                return 18;
            }

            if (decreases ? Threshold < 2 : Signers.Count - 1 < Threshold)
            {
                return 16;
            }

            Threshold -= decreases ? 1 : 0;
            _ = Signers.Remove(signer);
            Purge(signer);
            return 0;
        }

        private uint Swap(int from, int to)
        {
            if (!Signers.Contains(from))
            {
                return 18;
            }

            if (Signers.Contains(to))
            {
                return 16;
            }

            _ = Signers.Remove(from);
            Signers.Add(to);
            Purge(from);
            return 0;
        }

        private uint Change(int threshold)
        {
            if (threshold == 0 || threshold > Signers.Count)
            {
                return 16;
            }

            Threshold = threshold;
            return 0;
        }

        private void Execute(long id)
        {
            if (Pending[id].Count >= Threshold)
            {
                _ = Pending.Remove(id);
                Sent++;
            }
        }

        private void Purge(int signer)
        {
            foreach ((long id, List<int> approved) in Pending.ToArray())
            {
                if (approved.Remove(signer) && approved.Count == 0)
                {
                    _ = Pending.Remove(id);
                }
            }
        }
    }
}
