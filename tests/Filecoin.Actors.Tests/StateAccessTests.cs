using Filecoin.Actors.Account;

namespace Filecoin.Actors.Tests;

/// <summary>Transactions of state.</summary>
public sealed class StateAccessTests
{
    private static readonly AccountState First = new(Address.FromId(new(1)));
    private static readonly AccountState Second = new(Address.FromId(new(2)));

    private readonly MemoryRuntime runtime = new();

    public StateAccessTests() => runtime.CreateState(First);

    [Fact]
    public void Nobody_is_called_made_or_deleted_while_state_changes()
    {
        runtime.Transact((ref AccountState state) =>
        {
            SendResult sent = runtime.Send(First.Address, new(2), null, TokenAmount.Zero);
            Assert.Equal(ErrorNumber.IllegalOperation, sent.Error);
            Assert.Equal(ExitCode.UserAssertionFailed, CodeOf(runtime.DeleteActor));
            Assert.Equal(
                ExitCode.UserAssertionFailed,
                CodeOf(() => runtime.CreateActor(runtime.Root, new(5), null)));
            state = Second;
        });

        Assert.Empty(runtime.Sent);
        Assert.Empty(runtime.Made);
        Assert.Equal(Second, runtime.LoadState<AccountState>());
        Assert.True(runtime.Send(First.Address, new(2), null, TokenAmount.Zero).IsSuccess);
    }

    [Fact]
    public void A_change_that_fails_writes_nothing()
    {
        ExitCode code = CodeOf(() => runtime.Transact((ref AccountState state) =>
        {
            state = Second;
            throw Abort.Forbidden("no");
        }));

        Assert.Equal(ExitCode.UserForbidden, code);
        Assert.False(runtime.IsInTransaction);
        Assert.Equal(First, runtime.LoadState<AccountState>());
    }

    [Theory]
    [InlineData(ErrorNumber.ReadOnly, 25)]
    [InlineData(ErrorNumber.IllegalOperation, 20)]
    [InlineData(ErrorNumber.NotFound, 24)]
    public void A_root_that_cannot_be_set_ends_the_call(ErrorNumber error, uint exitCode)
    {
        runtime.RootError = error;
        Assert.Equal(exitCode, CodeOf(() => runtime.ReplaceStateRoot(runtime.Root)).Value);
    }

    [Fact]
    public void State_that_cannot_be_decoded_is_an_illegal_argument()
    {
        runtime.Root = StateAccess.EmptyRoot;
        Assert.Equal(
            ExitCode.UserIllegalArgument, CodeOf(() => runtime.LoadState<AccountState>()));
    }

    [Fact]
    public void A_caller_is_validated_once()
    {
        runtime.AcceptAnyCaller();
        Assert.Equal(ExitCode.UserAssertionFailed, CodeOf(runtime.AcceptAnyCaller));
        Assert.Equal(
            ExitCode.UserAssertionFailed, CodeOf(() => runtime.RequireCaller(runtime.Caller)));
    }

    [Fact]
    public void Callers_are_told_by_id_type_and_namespace()
    {
        ActorId wallet = new(200);
        runtime.Add(wallet, BuiltinType.Multisig, Address.FromDelegated(new(10), [1, 2]));
        runtime.Caller = wallet;

        Assert.True(Allows(() => runtime.RequireCaller(wallet)));
        Assert.False(Allows(() => runtime.RequireCaller(new ActorId(201))));
        Assert.True(Allows(() => runtime.RequireCaller(First.Address, Address.FromId(wallet))));
        Assert.True(Allows(
            () => runtime.RequireCallerType(BuiltinType.Miner, BuiltinType.Multisig)));
        Assert.False(Allows(() => runtime.RequireCallerType(BuiltinType.Account)));
        Assert.True(Allows(() => runtime.RequireCallerNamespace(new(10))));
        Assert.False(Allows(() => runtime.RequireCallerNamespace(new(11))));

        runtime.Caller = new(999);
        Assert.Equal(
            ExitCode.UserAssertionFailed,
            CodeOf(() => runtime.RequireCallerType(BuiltinType.Account)));
    }

    private bool Allows(Action validate)
    {
        runtime.IsCallerValidated = false;
        ExitCode code = CodeOf(validate);
        Assert.Equal(code.IsSuccess, runtime.IsCallerValidated);
        Assert.True(code.IsSuccess || code == ExitCode.UserForbidden);
        runtime.IsCallerValidated = false;
        return code.IsSuccess;
    }

    private static ExitCode CodeOf(Action work)
    {
        try
        {
            work();
            return ExitCode.Ok;
        }
        catch (ActorAbortException abort)
        {
            return abort.ExitCode;
        }
    }
}
