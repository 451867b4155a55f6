using CsCheck;
using Filecoin.Actors.Tokens;

namespace Filecoin.Actors.Datacap.Tests;

/// <summary>Datacap against plain dictionaries.</summary>
public sealed class DatacapModelTests
{
    private const int Actors = 4;
    private const int Governor = 0;

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Enum<Kind>(), Gen.Int[0, Actors - 1], Gen.Int[0, Actors - 1], Gen.Int[0, Actors - 1],
        Gen.Long[0, 5], (kind, caller, first, second, tokens) =>
            new Step(kind, caller, first, second, tokens));

    private enum Kind
    {
        Mint,
        Destroy,
        Burn,
        BurnFrom,
        Transfer,
        TransferFrom,
        Increase,
        Decrease,
        Revoke,
    }

    [Fact]
    public void Tokens_behave_as_dictionaries_do() => Steps.Array[1, 40].Sample(steps =>
    {
        MemoryRuntime runtime = new() { Receiver = WellKnownActors.DataCap };
        for (int i = 0; i < Actors; i++)
        {
            runtime.Add(IdOf(i), BuiltinType.Account);
        }

        _ = runtime.Call(DatacapActor.Definition, WellKnownActors.System, 1, Of(Governor));
        Model model = new();
        foreach (Step step in steps)
        {
            Assert.Equal(model.Run(step), Run(runtime, step).Value);
            Compare(model, runtime);
        }
    });

    private static void Compare(Model model, MemoryRuntime runtime)
    {
        DatacapState state = runtime.LoadState<DatacapState>();
        Assert.Empty(DatacapInvariants.Check(state, runtime.Memory));
        Assert.Equal(model.Balances.Values.Sum(), state.Token.Supply.ToBigInteger() / Unit);
        for (int owner = 0; owner < Actors; owner++)
        {
            Assert.Equal(
                model.Balances.GetValueOrDefault(owner),
                state.Token.BalanceOf(runtime.Memory, IdOf(owner)).ToBigInteger() / Unit);
            for (int spender = 0; spender < Actors; spender++)
            {
                TokenAmount allowance = state.Token.AllowanceBetween(
                    runtime.Memory, IdOf(owner), IdOf(spender));
                Assert.Equal(
                    model.Allowances.GetValueOrDefault((owner, spender)),
                    allowance.ToBigInteger() / Unit);
            }
        }
    }

    private static long Unit => TokenAmount.AttoPerFil;

    private static ExitCode Run(MemoryRuntime runtime, in Step step)
    {
        TokenAmount amount = TokenAmount.FromFil(step.Tokens);
        Address first = Of(step.First);
        return step.Kind switch
        {
            Kind.Mint => Fail(runtime, step, "Mint", new MintParams(first, amount, [])),
            Kind.Destroy => Fail(runtime, step, "Destroy", new DestroyParams(first, amount)),
            Kind.Burn => Fail(runtime, step, "Burn", new BurnParams(amount)),
            Kind.BurnFrom => Fail(runtime, step, "BurnFrom", new BurnFromParams(first, amount)),
            Kind.Transfer => Fail(
                runtime, step, "Transfer", new TransferParams(first, amount, default)),
            Kind.TransferFrom => Fail(
                runtime,
                step,
                "TransferFrom",
                new TransferFromParams(first, Of(step.Second), amount, default)),
            Kind.Increase => Fail(
                runtime, step, "IncreaseAllowance", new ChangeAllowanceParams(first, amount)),
            Kind.Decrease => Fail(
                runtime, step, "DecreaseAllowance", new ChangeAllowanceParams(first, amount)),
            _ => Fail(runtime, step, "RevokeAllowance", new RevokeAllowanceParams(first)),
        };
    }

    private static ExitCode Fail<T>(
        MemoryRuntime runtime, in Step step, string method, T parameters)
        where T : ICbor<T> => runtime.Fail(
            DatacapActor.Definition,
            IdOf(step.Caller),
            MethodNumber.Exported(method).Value,
            parameters);

    private static ActorId IdOf(int actor) => new(100 + (ulong)actor);

    private static Address Of(int actor) => Address.FromId(IdOf(actor));

    private readonly record struct Step(
        Kind Kind, int Caller, int First, int Second, long Tokens);

    /// <summary>What the specification says, over dictionaries, in whole tokens.</summary>
    private sealed class Model
    {
        public Dictionary<int, long> Balances { get; } = [];

        public Dictionary<(int Owner, int Spender), long> Allowances { get; } = [];

        public uint Run(in Step step) => step.Kind switch
        {
            Kind.Mint => step.Caller == Governor ? Change(step.First, step.Tokens) : 18,
            Kind.Destroy => step.Caller == Governor ? Change(step.First, -step.Tokens) : 18,
            Kind.Burn => Change(step.Caller, -step.Tokens),
            Kind.BurnFrom => Spend(step) is uint code and not 0
                ? code
                : Settle(step, Change(step.First, -step.Tokens)),
            Kind.Transfer => step.First == Governor || step.Caller == Governor
                ? Move(step.Caller, step.First, step.Tokens)
                : 18,
            Kind.TransferFrom => step.Second != Governor ? 18
                : Spend(step) is uint refused and not 0 ? refused
                : Settle(step, Move(step.First, step.Second, step.Tokens)),
            Kind.Increase => Allow(step, step.Tokens),
            Kind.Decrease => Allow(step, -step.Tokens),
            _ => Allow(step, long.MinValue / 2),
        };

        private uint Change(int owner, long delta)
        {
            long balance = Balances.GetValueOrDefault(owner) + delta;
            if (balance < 0)
            {
                return 19;
            }

            Balances[owner] = balance;
            return 0;
        }

        private uint Move(int from, int to, long tokens)
        {
            uint code = Change(from, -tokens);
            return code != 0 ? code : Change(to, tokens);
        }

        private uint Allow(in Step step, long delta)
        {
            (int Owner, int Spender) pair = (step.Caller, step.First);
            Allowances[pair] = Math.Max(0, Allowances.GetValueOrDefault(pair) + delta);
            return 0;
        }

        private uint Spend(in Step step)
        {
            if (step.Caller == step.First)
            {
                return 16;
            }

            long allowance = Allowances.GetValueOrDefault((step.First, step.Caller));
            return allowance == 0 || allowance < step.Tokens ? 19u : 0u;
        }

        private uint Settle(in Step step, uint code)
        {
            if (code == 0)
            {
                Allowances[(step.First, step.Caller)] -= step.Tokens;
            }

            return code;
        }
    }
}
