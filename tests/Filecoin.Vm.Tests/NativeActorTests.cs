using Filecoin.ActorRuntime;
using Filecoin.Ipld;

namespace Filecoin.Vm.Tests;

/// <summary>Actors in C# in a machine: what they may do and how they end.</summary>
public sealed class NativeActorTests
{
    private const ulong GasLimit = 9_000_000_000;

    private static readonly ActorId Sender = new(100);
    private static readonly ActorId Self = new(1_000);

    [Fact]
    public void What_an_actor_returns_is_in_the_receipt()
    {
        ApplyResult result = Run((runtime, _, _) =>
        {
            runtime.AcceptAnyCaller();
            Assert.Equal(Sender, runtime.Caller);
            Assert.Equal(Self, runtime.Receiver);
            return new(Codec.Cbor, new byte[] { 7 });
        });

        Assert.Equal(ExitCode.Ok, result.Receipt.ExitCode);
        Assert.Equal([7], result.Receipt.Return.ToArray());
    }

    [Fact]
    public void Who_does_not_validate_the_caller_fails() =>
        Assert.Equal(24u, ExitCodeOf((_, _, _) => null));

    [Fact]
    public void An_abort_has_its_code_and_data()
    {
        ApplyResult result = Run((_, _, _) => throw new ActorAbortException(
            new(33), "so", new(Codec.Cbor, new byte[] { 9 })));

        Assert.Equal(33u, result.Receipt.ExitCode.Value);
        Assert.Equal([9], result.Receipt.Return.ToArray());
        Assert.Contains("so", result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void The_machines_own_codes_are_replaced() => Assert.Equal(
        9u, ExitCodeOf((_, _, _) => throw new ActorAbortException(new(7), "not out of gas")));

    [Theory]
    [InlineData(typeof(OverflowException), 24)]
    [InlineData(typeof(DivideByZeroException), 24)]
    [InlineData(typeof(IndexOutOfRangeException), 24)]
    [InlineData(typeof(NotSupportedException), 10)] // A defect: fatal.
    public void A_panic_has_a_code(Type failure, uint exitCode) => Assert.Equal(
        exitCode,
        ExitCodeOf((_, _, _) => throw (Exception)Activator.CreateInstance(failure)!));

    [Fact]
    public void A_block_that_links_to_the_unreachable_is_refused()
    {
        Cid foreign = Cid.Of(Codec.DagCbor, [1]);
        Assert.Equal(20u, ExitCodeOf((runtime, _, _) =>
        {
            runtime.AcceptAnyCaller();
            _ = runtime.Store.PutCbor(foreign);
            return null;
        }));
        Assert.Equal(20u, ExitCodeOf((runtime, _, _) =>
        {
            runtime.AcceptAnyCaller();
            _ = runtime.Store.GetCbor<Cid>(foreign);
            return null;
        }));
    }

    [Fact]
    public void State_that_a_failed_call_wrote_is_taken_back()
    {
        ApplyResult result = Run((runtime, method, _) =>
        {
            runtime.AcceptAnyCaller();
            if (method.Value == 3)
            {
                runtime.CreateState(new ActorId(5));
                throw Abort.Forbidden("after a change");
            }

            SendResult sent = runtime.Send(
                Address.FromId(Self), new(3), null, TokenAmount.Zero);
            Assert.Equal(ExitCode.UserForbidden, sent.ExitCode);
            Assert.Equal(StateAccess.EmptyRoot, runtime.RequireStateRoot());
            runtime.CreateState(new ActorId(6));
            runtime.Transact((ref ActorId state) => state = new(state.Value + 1));
            return ParameterCodec.Encode(runtime.LoadState<ActorId>());
        });

        Assert.Equal([7], result.Receipt.Return.ToArray());
    }

    [Fact]
    public void A_read_only_call_changes_nothing()
    {
        ApplyResult result = Run((runtime, method, _) =>
        {
            runtime.AcceptAnyCaller();
            if (method.Value == 3)
            {
                Assert.True(runtime.IsReadOnly);
                runtime.CreateState(new ActorId(5));
                return null;
            }

            SendResult sent = runtime.Send(new SendRequest
            {
                To = Address.FromId(Self),
                Method = new(3),
                IsReadOnly = true,
            });
            _ = sent.Require();
            return null;
        });

        Assert.Equal(ExitCode.UserReadOnly, result.Receipt.ExitCode);
    }

    [Fact]
    public void Calls_nest_1024_deep_and_the_next_is_refused()
    {
        int depth = 0;
        ApplyResult result = Run((runtime, method, _) =>
        {
            runtime.AcceptAnyCaller();
            depth++;
            SendResult sent = runtime.Send(
                Address.FromId(Self), method, null, TokenAmount.Zero);
            Assert.True(sent.IsSuccess || sent.Error == ErrorNumber.LimitExceeded);
            return null;
        });

        Assert.Equal(ExitCode.Ok, result.Receipt.ExitCode);
        Assert.Equal(1_024, depth);
    }

    [Fact]
    public void Gas_that_runs_out_ends_a_limited_call_and_not_its_caller()
    {
        ApplyResult result = Run((runtime, method, _) =>
        {
            runtime.AcceptAnyCaller();
            while (method.Value == 3)
            {
                runtime.ChargeGas("work", 1_000);
            }

            SendResult sent = runtime.Send(new SendRequest
            {
                To = Address.FromId(Self),
                Method = new(3),
                GasLimit = 1_000_000,
            });
            Assert.Equal(ExitCode.SysOutOfGas, sent.ExitCode);
            Assert.Equal(ExitCode.UserAssertionFailed, sent.FailureCode);
            return null;
        });

        Assert.Equal(ExitCode.Ok, result.Receipt.ExitCode);
        Assert.Equal(7u, ExitCodeOf((runtime, _, _) =>
        {
            while (true)
            {
                runtime.ChargeGas("work", 1_000_000_000);
            }
        }));
    }

    [Fact]
    public void An_estimate_is_charged_in_place_of_instructions()
    {
        RawMethod idle = (runtime, _, _) =>
        {
            runtime.AcceptAnyCaller();
            return null;
        };
        long without = Run(idle).Receipt.GasUsed;
        long with = Run(idle, (type, method) =>
        {
            Assert.Equal((BuiltinType.Multisig, 2UL), (type, method.Value));
            return new(12_345_000, 0, 0, 1_000);
        }).Receipt.GasUsed;

        // Two host calls: whether to log, and the message.
        Assert.Equal(12_345 + 2, with - without);
    }

    private static uint ExitCodeOf(RawMethod method) => Run(method).Receipt.ExitCode.Value;

    private static ApplyResult Run(RawMethod method, ExecutionEstimate? estimate = null)
    {
        MemoryBlockstore store = new();
        StateBuilder state = new(store, new byte[] { 0, 0x61, 0x73, 0x6d, 1, 0, 0, 0 });
        Cid code = Cid.Of(Codec.Raw, "native"u8);
        state.AddAccount(Sender, null, TokenAmount.FromFil(10));
        state.AddActor(Self, code, TokenAmount.Zero);
        NativeActors native = new() { Estimate = estimate };
        native.Add(
            code,
            new(BuiltinType.Multisig, []) { IsRestricted = false, Fallback = method },
            Policy.Mainnet);
        Machine machine = new(
            NetworkConfig.For(NetworkVersion.V28),
            new()
            {
                Epoch = new(1),
                StateRoot = state.Build(),
                BaseFee = TokenAmount.Zero,
                CirculatingSupply = TokenAmount.Zero,
            },
            store,
            new(cache: null),
            new NoChain(),
            new SignatureVerifier(),
            native);
        return new Executor(machine).Apply(new(
            0, Address.FromId(Self), Address.FromId(Sender), 0, TokenAmount.Zero, GasLimit,
            TokenAmount.Zero, TokenAmount.Zero, new(2), default));
    }
}
