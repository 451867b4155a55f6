using Filecoin.Actors.Tokens;

namespace Filecoin.Actors.Multisig.Tests;

/// <summary>Rules of wallets of several.</summary>
public sealed class MultisigActorTests
{
    private static readonly ActorId Anne = new(101);
    private static readonly ActorId Bob = new(102);
    private static readonly ActorId Chuck = new(103);
    private static readonly ActorId Darlene = new(104);
    private static readonly TokenAmount One = TokenAmount.FromFil(1);

    private readonly MemoryRuntime runtime = new();

    public MultisigActorTests()
    {
        runtime.Add(WellKnownActors.Init, BuiltinType.Init);
        runtime.Add(runtime.Receiver, BuiltinType.Multisig);
        foreach (ActorId id in new[] { Anne, Bob, Chuck, Darlene })
        {
            runtime.Add(id, BuiltinType.Account);
        }
    }

    private static BuiltinActor Actor => MultisigActor.Definition;

    private MultisigState State => runtime.LoadState<MultisigState>();

    [Fact]
    public void Signers_are_kept_by_id_in_order()
    {
        Address key = Address.FromActor([1]);
        runtime.Add(key, Bob);

        Make(new([A(Chuck), key], 2, 0, new(7)));

        Assert.Equal([A(Chuck), A(Bob)], State.Signers);
        Assert.Equal((2u, 0), (State.Threshold, State.NextTransactionId));
        Assert.Equal((default, 0, TokenAmount.Zero), Lock());
        Assert.Empty(MultisigInvariants.Check(State, runtime.Memory));
    }

    [Fact]
    public void A_lock_holds_what_the_wallet_was_given()
    {
        runtime.ValueReceived = TokenAmount.FromFil(5);
        Make(new([A(Anne)], 1, 10, new(7)));
        Assert.Equal((new ChainEpoch(7), 10, TokenAmount.FromFil(5)), Lock());
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(257, 1, 0)]
    [InlineData(2, 3, 0)]
    [InlineData(2, 0, 0)]
    [InlineData(2, 1, -1)]
    public void A_wallet_that_makes_no_sense_is_refused(int signers, ulong threshold, long unlock)
    {
        ActorId[] ids = [.. Enumerable.Range(200, signers).Select(id => new ActorId((ulong)id))];
        foreach (ActorId id in ids)
        {
            runtime.Add(id, BuiltinType.Account);
        }

        Assert.Equal(
            ExitCode.UserIllegalArgument,
            Fail(
                WellKnownActors.Init,
                1,
                new ConstructorParams([.. ids.Select(A)], threshold, unlock, default)));
    }

    [Fact]
    public void Each_signer_is_there_once_and_exists()
    {
        Assert.Equal(
            ExitCode.UserIllegalArgument,
            Fail(
                WellKnownActors.Init,
                1,
                new ConstructorParams([A(Anne), A(Anne)], 1, 0, default)));
        Assert.Equal(
            ExitCode.UserNotFound,
            Fail(
                WellKnownActors.Init,
                1,
                new ConstructorParams([A(new(999))], 1, 0, default)));
    }

    [Fact]
    public void The_init_actor_alone_makes_wallets() => Assert.Equal(
        ExitCode.UserForbidden,
        Fail(Anne, 1, new ConstructorParams([A(Anne)], 1, 0, default)));

    [Fact]
    public void A_proposal_waits_for_its_approvals()
    {
        Make(new([A(Anne), A(Bob)], 2, 0, default));
        runtime.Balance = One;

        ProposeReturn proposed = Propose(Anne, Chuck, One);

        Assert.Equal((0, false, ExitCode.Ok), Parts(proposed));
        Assert.True(proposed.Return.IsEmpty);
        Assert.Empty(runtime.Sent);
        Assert.Equal([A(Anne)], State.Get(runtime, 0).Approved);
        Assert.Equal(1, State.NextTransactionId);
        Assert.Empty(MultisigInvariants.Check(State, runtime.Memory));

        runtime.Answers.Enqueue(
            new(ErrorNumber.None, ExitCode.Ok, new(Codec.Raw, new byte[] { 9 })));
        ApproveReturn approved = Approve(Bob, 0);

        Assert.True(approved.IsApplied);
        Assert.Equal(new byte[] { 9 }, approved.Return.ToArray());
        SendRequest sent = Assert.Single(runtime.Sent);
        Assert.Equal((A(Chuck), MethodNumber.Send, One), (sent.To, sent.Method, sent.Value));
        Assert.Null(sent.Parameters);
        Assert.Equal(ExitCode.UserNotFound, Fail(Bob, 3, new TransactionParams(0, default)));
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(40, 40)]
    [InlineData(7, 24)]
    public void A_call_that_fails_is_told_and_no_failure(uint given, uint told)
    {
        Make(new([A(Anne)], 1, 0, default));
        runtime.Answers.Enqueue(
            new(ErrorNumber.None, new(given), new(Codec.Cbor, new byte[] { 0x01 })));

        ProposeReturn proposed = Propose(Anne, Chuck, TokenAmount.Zero);

        Assert.Equal((0, true, new ExitCode(told)), Parts(proposed));
        Assert.Equal(new byte[] { 0x01 }, proposed.Return.ToArray());
        Assert.Equal(ExitCode.UserNotFound, Fail(Anne, 4, new TransactionParams(0, default)));
    }

    [Fact]
    public void A_call_that_is_not_made_is_told_by_the_code_it_stands_for()
    {
        Make(new([A(Anne)], 1, 0, default));
        runtime.Answers.Enqueue(SendResult.Refused(ErrorNumber.NotFound));
        Assert.Equal(
            (0, true, ExitCode.UserUnspecified),
            Parts(Propose(Anne, Chuck, TokenAmount.Zero)));
    }

    [Fact]
    public void Strangers_do_nothing()
    {
        Make(new([A(Anne), A(Bob)], 2, 0, default));
        _ = Propose(Anne, Chuck, TokenAmount.Zero);

        Assert.Equal(
            ExitCode.UserForbidden,
            Fail(Chuck, 2, new ProposeParams(A(Chuck), One, default, default)));
        Assert.Equal(ExitCode.UserForbidden, Fail(Chuck, 3, new TransactionParams(0, default)));
        Assert.Equal(ExitCode.UserForbidden, Fail(Chuck, 4, new TransactionParams(0, default)));
        Assert.Equal(ExitCode.UserForbidden, Fail(Anne, 3, new TransactionParams(0, default)));
        Assert.Equal(
            ExitCode.UserIllegalArgument,
            Fail(Anne, 2, new ProposeParams(A(Chuck), TokenAmount.FromAtto(-1), default, default)));
        Assert.Equal(1, State.NextTransactionId);
    }

    [Theory]
    [InlineData(3, 16)]
    [InlineData(4, 20)]
    public void A_hash_guards_against_another_proposal(ulong method, uint wrongHash)
    {
        Make(new([A(Anne), A(Bob)], 2, 0, default));
        runtime.Balance = One;
        _ = Propose(Anne, Chuck, One);
        ActorId caller = method == 3 ? Bob : Anne;
        byte[] hash = new byte[32];
        _ = runtime.Hash(
            HashFunction.Blake2b256,
            Cbor.Encode(new ProposalHashData(A(Anne), A(Chuck), One, default, default)),
            hash);
        byte[] other = [.. hash.Reverse()];

        Assert.Equal(wrongHash, Fail(caller, method, new TransactionParams(0, other)).Value);
        Assert.Equal(ExitCode.Ok, Fail(caller, method, new TransactionParams(0, hash)));
    }

    [Fact]
    public void Whoever_proposed_cancels()
    {
        Make(new([A(Anne), A(Bob)], 2, 0, default));
        _ = Propose(Anne, Chuck, TokenAmount.Zero);

        Assert.Equal(ExitCode.UserForbidden, Fail(Bob, 4, new TransactionParams(0, default)));
        Assert.Equal(ExitCode.UserNotFound, Fail(Anne, 4, new TransactionParams(1, default)));
        _ = runtime.Call(Actor, Anne, 4, new TransactionParams(0, default));

        Assert.Equal(ExitCode.UserNotFound, Fail(Bob, 3, new TransactionParams(0, default)));
        Assert.Empty(runtime.Sent);
    }

    [Fact]
    public void A_lower_threshold_lets_what_waits_pass_without_another_approval()
    {
        Make(new([A(Anne), A(Bob)], 2, 0, default));
        _ = Propose(Anne, Chuck, TokenAmount.Zero);
        BySelf(8, new ChangeThresholdParams(1));

        // Also whoever has approved already may ask.
        Assert.True(Approve(Anne, 0).IsApplied);
        _ = Assert.Single(runtime.Sent);
    }

    [Fact]
    public void What_is_locked_cannot_be_spent()
    {
        runtime.ValueReceived = TokenAmount.FromFil(10);
        Make(new([A(Anne)], 1, 10, new(100)));
        (runtime.Balance, runtime.Epoch) = (TokenAmount.FromFil(10), new(104));

        Assert.Equal(
            ExitCode.UserInsufficientFunds,
            Fail(Anne, 2, Spend(TokenAmount.FromFil(4) + TokenAmount.FromAtto(1))));
        Assert.Equal(
            ExitCode.UserInsufficientFunds, Fail(Anne, 2, Spend(TokenAmount.FromFil(11))));
        Assert.True(Propose(Anne, Chuck, TokenAmount.FromFil(4)).IsApplied);

        // Nothing may be spent even where more is locked than there is.
        runtime.Balance = TokenAmount.Zero;
        Assert.True(Propose(Anne, Chuck, TokenAmount.Zero).IsApplied);
    }

    [Fact]
    public void Only_the_wallet_changes_itself()
    {
        Make(new([A(Anne), A(Bob)], 1, 0, default));
        Assert.Equal(ExitCode.UserForbidden, Fail(Anne, 5, new AddSignerParams(A(Chuck), false)));
        Assert.Equal(ExitCode.UserForbidden, Fail(Anne, 6, new RemoveSignerParams(A(Bob), false)));
        Assert.Equal(ExitCode.UserForbidden, Fail(Anne, 7, new SwapSignerParams(A(Bob), A(Anne))));
        Assert.Equal(ExitCode.UserForbidden, Fail(Anne, 8, new ChangeThresholdParams(2)));
        Assert.Equal(ExitCode.UserForbidden, Fail(Anne, 9, new LockBalanceParams(default, 1, One)));
    }

    [Fact]
    public void Signers_come_go_and_change_places()
    {
        Make(new([A(Anne), A(Bob)], 2, 0, default));

        BySelf(5, new AddSignerParams(A(Chuck), true));
        Assert.Equal((3u, 3), (State.Threshold, State.Signers.Count));
        BySelf(6, new RemoveSignerParams(A(Anne), true));
        Assert.Equal([A(Bob), A(Chuck)], State.Signers);
        Assert.Equal(2u, State.Threshold);
        BySelf(7, new SwapSignerParams(A(Bob), A(Darlene)));
        Assert.Equal([A(Chuck), A(Darlene)], State.Signers);

        Assert.Equal(18u, FailBySelf(5, new AddSignerParams(A(Chuck), false)));
        Assert.Equal(18u, FailBySelf(6, new RemoveSignerParams(A(Anne), false)));
        Assert.Equal(16u, FailBySelf(6, new RemoveSignerParams(A(Chuck), false)));
        Assert.Equal(18u, FailBySelf(7, new SwapSignerParams(A(Anne), A(Bob))));
        Assert.Equal(16u, FailBySelf(7, new SwapSignerParams(A(Chuck), A(Darlene))));
        Assert.Equal(16u, FailBySelf(8, new ChangeThresholdParams(0)));
        Assert.Equal(16u, FailBySelf(8, new ChangeThresholdParams(3)));
        BySelf(6, new RemoveSignerParams(A(Chuck), true));
        Assert.Equal(18u, FailBySelf(6, new RemoveSignerParams(A(Darlene), true)));
        Assert.Empty(MultisigInvariants.Check(State, runtime.Memory));
    }

    [Fact]
    public void A_threshold_of_one_cannot_decrease()
    {
        Make(new([A(Anne), A(Bob)], 1, 0, default));
        Assert.Equal(16u, FailBySelf(6, new RemoveSignerParams(A(Bob), true)));
        BySelf(6, new RemoveSignerParams(A(Bob), false));
    }

    [Fact]
    public void There_are_no_more_than_256_signers()
    {
        ActorId[] ids = [.. Enumerable.Range(200, 256).Select(id => new ActorId((ulong)id))];
        foreach (ActorId id in ids)
        {
            runtime.Add(id, BuiltinType.Account);
        }

        Make(new([.. ids.Select(A)], 1, 0, default));
        Assert.Equal(18u, FailBySelf(5, new AddSignerParams(A(Chuck), false)));
    }

    [Fact]
    public void Approvals_go_with_their_signer()
    {
        Make(new([A(Anne), A(Bob), A(Chuck)], 3, 0, default));
        _ = Propose(Anne, Darlene, TokenAmount.Zero);
        _ = Propose(Anne, Darlene, TokenAmount.Zero);
        _ = Approve(Bob, 0);

        BySelf(7, new SwapSignerParams(A(Anne), A(Darlene)));

        // The second had nobody else; the first belongs to whoever approved next.
        Assert.Equal([A(Bob)], State.Get(runtime, 0).Approved);
        Assert.Equal(ExitCode.UserNotFound, Fail(Bob, 3, new TransactionParams(1, default)));
        _ = runtime.Call(Actor, Bob, 4, new TransactionParams(0, default));
        Assert.Empty(MultisigInvariants.Check(State, runtime.Memory));
    }

    [Fact]
    public void A_lock_is_set_once()
    {
        Make(new([A(Anne)], 1, 0, default));
        Assert.Equal(16u, FailBySelf(9, new LockBalanceParams(default, 0, One)));
        Assert.Equal(
            16u, FailBySelf(9, new LockBalanceParams(default, 1, TokenAmount.FromAtto(-1))));

        BySelf(9, new LockBalanceParams(new(3), 5, One));

        Assert.Equal((new ChainEpoch(3), 5, One), Lock());
        Assert.Equal(18u, FailBySelf(9, new LockBalanceParams(new(3), 5, One)));
    }

    [Fact]
    public void Tokens_and_unknown_exported_methods_are_taken()
    {
        Make(new([A(Anne)], 1, 0, default));
        Assert.Null(runtime.Call(
            Actor,
            Bob,
            UniversalReceiverParams.Method.Value,
            new UniversalReceiverParams(1, new byte[] { 2 })));
        Assert.Null(runtime.Call(Actor, Bob, 1 << 24));
        Assert.Equal(
            ExitCode.UserIllegalArgument,
            runtime.Fail(Actor, Bob, UniversalReceiverParams.Method.Value, null));
    }

    [Fact]
    public void Broken_state_is_told()
    {
        Make(new([A(Anne)], 1, 0, default));
        MultisigState broken = State with
        {
            Signers = [A(Anne), A(Anne), Address.FromActor([1])],
            Threshold = 4,
            UnlockDuration = -1,
            InitialBalance = TokenAmount.FromAtto(-1),
        };
        _ = broken.Add(
            runtime, new(A(Bob), TokenAmount.FromAtto(-1), default, default, [A(Bob), A(Bob)]));
        broken.NextTransactionId = 0;

        string all = string.Join('\n', MultisigInvariants.Check(broken, runtime.Memory));

        Assert.Contains("signer f0101 is there twice", all);
        Assert.Contains("is no id", all);
        Assert.Contains("it takes 4 of 3 approvals", all);
        Assert.Contains("the lock lasts -1 epochs", all);
        Assert.Contains("locked amount -1", all);
        Assert.Contains("transaction 0 has an id that was not given", all);
        Assert.Contains("transaction 0 gives -1", all);
        Assert.Contains("approved by f0102, who is no signer", all);
        Assert.Contains("approved by f0102 twice", all);
    }

    private static Address A(ActorId id) => Address.FromId(id);

    private static ProposeParams Spend(TokenAmount value) => new(A(Chuck), value, default, default);

    private static (long Id, bool IsApplied, ExitCode ExitCode) Parts(ProposeReturn proposed) =>
        (proposed.TransactionId, proposed.IsApplied, proposed.ExitCode);

    private (ChainEpoch Start, long Duration, TokenAmount Amount) Lock() =>
        (State.StartEpoch, State.UnlockDuration, State.InitialBalance);

    private void Make(ConstructorParams parameters) =>
        _ = runtime.Call(Actor, WellKnownActors.Init, 1, parameters);

    private ProposeReturn Propose(ActorId caller, ActorId to, TokenAmount value) =>
        ParameterCodec.Decode<ProposeReturn>(runtime.Call(
            Actor, caller, 2, new ProposeParams(A(to), value, default, default))!);

    private ApproveReturn Approve(ActorId caller, long id) =>
        ParameterCodec.Decode<ApproveReturn>(
            runtime.Call(Actor, caller, 3, new TransactionParams(id, default))!);

    private void BySelf<T>(ulong method, T parameters)
        where T : ICbor<T> => _ = runtime.Call(Actor, runtime.Receiver, method, parameters);

    private uint FailBySelf<T>(ulong method, T parameters)
        where T : ICbor<T> => Fail(runtime.Receiver, method, parameters).Value;

    private ExitCode Fail<T>(ActorId caller, ulong method, T parameters)
        where T : ICbor<T> => runtime.Fail(Actor, caller, method, parameters);
}
