using System.Numerics;
using Filecoin.Actors.Tokens;

namespace Filecoin.Actors.Datacap.Tests;

/// <summary>Rules of datacap.</summary>
public sealed class DatacapActorTests
{
    private static readonly ActorId Registry = WellKnownActors.VerifiedRegistry;
    private static readonly ActorId Market = WellKnownActors.StorageMarket;
    private static readonly ActorId Anne = new(101);
    private static readonly ActorId Bob = new(102);

    private readonly MemoryRuntime runtime = new();

    public DatacapActorTests()
    {
        runtime.Receiver = WellKnownActors.DataCap;
        runtime.Add(Registry, BuiltinType.VerifiedRegistry);
        runtime.Add(Market, BuiltinType.Market);
        runtime.Add(Anne, BuiltinType.Account);
        runtime.Add(Bob, BuiltinType.Account);
        _ = runtime.Call(DatacapActor.Definition, WellKnownActors.System, 1, A(Registry));
    }

    private DatacapState State => runtime.LoadState<DatacapState>();

    [Fact]
    public void It_has_a_name_a_symbol_and_whole_tokens_only()
    {
        Assert.Equal("DataCap", Call<TokenText>(Anne, "Name").Value);
        Assert.Equal("DCAP", Call<TokenText>(Anne, "Symbol").Value);
        Assert.Equal(TokenLedger.Granularity, Call<TokenGranularity>(Anne, "Granularity").Value);
        Assert.Equal(A(Registry), State.Governor);
        Assert.Equal(3u, State.Token.HamtBitWidth);
    }

    [Fact]
    public void A_client_is_given_datacap_and_told()
    {
        runtime.Answers.Enqueue(
            new(ErrorNumber.None, ExitCode.Ok, new(Codec.Cbor, new byte[] { 0x07 })));

        MintReturn minted = Call<MintParams, MintReturn>(
            Registry, "Mint", new(A(Anne), Whole(5), [A(Market)]));

        Assert.Equal((Whole(5), Whole(5)), (minted.Balance, minted.Supply));
        Assert.Equal(new byte[] { 0x07 }, minted.RecipientData.ToArray());
        SendRequest sent = Assert.Single(runtime.Sent);
        Assert.Equal((A(Anne), UniversalReceiverParams.Method), (sent.To, sent.Method));
        UniversalReceiverParams told =
            ParameterCodec.Decode<UniversalReceiverParams>(sent.Parameters!);
        Assert.Equal(TokensReceived.Type, told.Type);
        TokensReceived tokens = ParameterCodec.DecodeCbor<TokensReceived>(told.Payload.Span);
        Assert.Equal(
            (WellKnownActors.DataCap, Anne, Registry, Whole(5)),
            (tokens.From, tokens.To, tokens.Operator, tokens.Amount));
        Assert.True(tokens.OperatorData.IsEmpty && tokens.TokenData.IsEmpty);
        Assert.Equal(DatacapActor.InfiniteAllowance, Allowance(Anne, Market));
        Assert.Empty(DatacapInvariants.Check(State, runtime.Memory));
    }

    [Fact]
    public void The_number_of_fungible_tokens_is_that_of_the_standards_name() =>
        Assert.Equal(TokensReceived.Type, MethodNumber.Exported("FRC46").Value);

    [Fact]
    public void A_recipient_that_refuses_fails_all_with_its_code_and_without_its_data()
    {
        runtime.Answers.Enqueue(
            new(ErrorNumber.None, new(40), new(Codec.Cbor, new byte[] { 0x07 })));

        ActorAbortException abort = Assert.Throws<ActorAbortException>(
            () => Call<MintParams, MintReturn>(Registry, "Mint", new(A(Anne), Whole(1), [])));

        Assert.Equal(new ExitCode(40), abort.ExitCode);
        Assert.Null(abort.Block);
    }

    [Fact]
    public void The_governor_alone_makes_and_destroys()
    {
        Assert.Equal(18u, Fail(Anne, "Mint", new MintParams(A(Anne), Whole(1), [])));
        Mint(Anne, 3);
        Assert.Equal(18u, Fail(Anne, "Destroy", new DestroyParams(A(Anne), Whole(1))));

        BurnReturn destroyed = Call<DestroyParams, BurnReturn>(
            Registry, "Destroy", new(A(Anne), Whole(2)));

        Assert.Equal(Whole(1), destroyed.Balance);
        Assert.Equal(Whole(1), Call<TokenAmount>(Bob, "TotalSupply"));
        Assert.Equal(19u, Fail(Registry, "Destroy", new DestroyParams(A(Anne), Whole(2))));
    }

    [Theory]
    [InlineData("-1000000000000000000")]
    [InlineData("1")]
    [InlineData("1000000000000000001")]
    public void Only_whole_tokens_move(string atto)
    {
        Mint(Anne, 3);
        TokenAmount amount = TokenAmount.FromAtto(BigInteger.Parse(atto));
        Assert.Equal(16u, Fail(Registry, "Mint", new MintParams(A(Anne), amount, [])));
        Assert.Equal(16u, Fail(Registry, "Destroy", new DestroyParams(A(Anne), amount)));
        Assert.Equal(16u, Fail(Anne, "Burn", new BurnParams(amount)));
        Assert.Equal(16u, Fail(Anne, "Transfer", new TransferParams(A(Registry), amount, default)));
        Assert.Equal(16u, Fail(Market, "BurnFrom", new BurnFromParams(A(Anne), amount)));
    }

    [Fact]
    public void Datacap_goes_to_the_governor_and_from_it_and_nowhere_else()
    {
        Mint(Anne, 3);
        Assert.Equal(18u, Fail(Anne, "Transfer", new TransferParams(A(Bob), Whole(1), default)));
        Assert.Equal(
            18u,
            Fail(
                Market,
                "TransferFrom",
                new TransferFromParams(A(Anne), A(Bob), Whole(1), default)));
        Assert.Equal(
            16u,
            Fail(Anne, "Transfer", new TransferParams(Address.FromActor([9]), Whole(1), default)));

        TransferReturn given = Call<TransferParams, TransferReturn>(
            Anne, "Transfer", new(A(Registry), Whole(2), new byte[] { 5 }));

        Assert.Equal((Whole(1), Whole(2)), (given.FromBalance, given.ToBalance));
        TransferReturn back = Call<TransferParams, TransferReturn>(
            Registry, "Transfer", new(A(Bob), Whole(2), default));
        Assert.Equal((Whole(0), Whole(2)), (back.FromBalance, back.ToBalance));
        Assert.Empty(DatacapInvariants.Check(State, runtime.Memory));
    }

    [Fact]
    public void An_operator_spends_what_it_may()
    {
        Mint(Anne, 5);
        Assert.Equal(Whole(2), Increase(Anne, Bob, 2));

        TransferFromReturn spent = Call<TransferFromParams, TransferFromReturn>(
            Bob, "TransferFrom", new(A(Anne), A(Registry), Whole(1), default));
        Assert.Equal(
            (Whole(4), Whole(1), Whole(1)),
            (spent.FromBalance, spent.ToBalance, spent.Allowance));
        BurnFromReturn burnt = Call<BurnFromParams, BurnFromReturn>(
            Bob, "BurnFrom", new(A(Anne), Whole(1)));
        Assert.Equal((Whole(3), Whole(0)), (burnt.Balance, burnt.Allowance));

        // Also nothing cannot be spent without an allowance, and nobody is the own operator.
        Assert.Equal(19u, Fail(Bob, "BurnFrom", new BurnFromParams(A(Anne), Whole(0))));
        Assert.Equal(16u, Fail(Anne, "BurnFrom", new BurnFromParams(A(Anne), Whole(1))));
        Assert.Empty(DatacapInvariants.Check(State, runtime.Memory));
    }

    [Fact]
    public void Allowances_fall_to_nothing_and_are_told_as_they_were_when_revoked()
    {
        Assert.Equal(Whole(3), Increase(Anne, Bob, 3));
        Assert.Equal(Whole(2), Decrease(Anne, Bob, 1));
        Assert.Equal(Whole(0), Decrease(Anne, Bob, 9));
        Assert.Equal(Whole(0), Decrease(Bob, Anne, 9));
        Assert.Equal(Whole(4), Increase(Anne, Bob, 4));
        Assert.Equal(Whole(4), Revoke(Anne, A(Bob)));
        Assert.Equal(Whole(0), Revoke(Anne, A(Bob)));
        Assert.Equal(Whole(0), Revoke(Anne, Address.FromActor([9])));
        Assert.Equal(TokenState.Create(runtime.Memory).Allowances, State.Token.Allowances);
        Assert.Equal(
            16u,
            Fail(
                Anne,
                "IncreaseAllowance",
                new ChangeAllowanceParams(A(Bob), TokenAmount.FromAtto(-1))));
        Assert.Equal(
            17u,
            Fail(
                Anne,
                "IncreaseAllowance",
                new ChangeAllowanceParams(Address.FromActor([9]), Whole(1))));
    }

    [Fact]
    public void An_operator_that_cannot_be_set_is_a_panic_after_the_mint_and_told_without_one()
    {
        ValueList<Address> operators = [Address.FromActor([9])];
        Assert.Equal(24u, Fail(Registry, "Mint", new MintParams(A(Anne), Whole(1), operators)));
        Assert.Equal(
            17u,
            Fail(
                Registry,
                "Mint",
                new MintParams(A(Anne), TokenAmount.FromAtto(1), operators)));
        Assert.Empty(runtime.Sent);
    }

    [Fact]
    public void State_that_cannot_be_set_is_a_panic_where_somebody_was_to_be_told()
    {
        Mint(Anne, 2);
        runtime.RootError = ErrorNumber.ReadOnly;
        Assert.Equal(24u, Fail(Registry, "Mint", new MintParams(A(Anne), Whole(1), [])));
        Assert.Equal(
            24u, Fail(Anne, "Transfer", new TransferParams(A(Registry), Whole(1), default)));
        Assert.Equal(25u, Fail(Anne, "Burn", new BurnParams(Whole(1))));
    }

    [Fact]
    public void Who_is_unknown_has_nothing()
    {
        Assert.Equal(Whole(0), Call<Address, TokenAmount>(Anne, "Balance", Address.FromActor([9])));
        Assert.Equal(Whole(0), Call<Address, TokenAmount>(Anne, "Balance", A(new(9_999))));
        Assert.Equal(
            Whole(0),
            Call<AllowanceParams, TokenAmount>(
                Anne, "Allowance", new(A(Anne), Address.FromActor([9]))));
    }

    [Fact]
    public void Broken_state_is_told()
    {
        Mint(Anne, 2);
        TokenState token = State.Token;
        _ = token.ChangeBalance(runtime.Memory, Bob, TokenAmount.FromAtto(7));
        _ = token.ChangeAllowance(runtime.Memory, Anne, Bob, Whole(1));
        DatacapState broken = new(Address.FromActor([1]), token with { Supply = Whole(-1) });

        string all = string.Join('\n', DatacapInvariants.Check(broken, runtime.Memory));

        Assert.Contains("the supply -1000000000000000000 is negative", all);
        Assert.Contains("all balances are 2000000000000000007", all);
        Assert.Contains("f0102 has 7, no multiple", all);
        Assert.Contains("the governor", all);
    }

    [Theory]
    [InlineData(0u, 21u)]
    [InlineData(9u, 21u)]
    [InlineData(31u, 21u)]
    [InlineData(32u, 24u)]
    [InlineData(uint.MaxValue, 24u)]
    public void A_state_that_says_no_possible_width_of_nodes_opens_but_finds_nothing(
        uint width, uint code)
    {
        Mint(Anne, 2);
        _ = Increase(Anne, Bob, 1);
        runtime.Transact((ref DatacapState state) =>
            state.Token = state.Token with { HamtBitWidth = width });

        Assert.Equal(code, Fail(Anne, "Balance", A(Bob)));
        Assert.Equal(code, Fail(Registry, "Destroy", new DestroyParams(A(Anne), Whole(1))));
        Assert.Equal(code, Fail(Registry, "Mint", new MintParams(A(Bob), Whole(1), [A(Market)])));
        Assert.Equal(
            code,
            Fail(Anne, "IncreaseAllowance", new ChangeAllowanceParams(A(Bob), Whole(1))));
        Assert.Equal(Whole(2), Call<TokenAmount>(Anne, "TotalSupply"));
    }

    [Fact]
    public void Invariants_of_a_width_that_no_number_holds_cannot_be_looked_at()
    {
        Mint(Anne, 2);

        _ = Assert.ThrowsAny<IpldException>(() => TokenInvariants.Check(
            State.Token with { HamtBitWidth = uint.MaxValue }, runtime.Store));
    }

    private static Address A(ActorId id) => Address.FromId(id);

    private static TokenAmount Whole(long tokens) => TokenAmount.FromFil(tokens);

    private void Mint(ActorId to, long tokens)
    {
        _ = Call<MintParams, MintReturn>(Registry, "Mint", new(A(to), Whole(tokens), []));
        runtime.Sent.Clear();
    }

    private TokenAmount Allowance(ActorId owner, ActorId spender) =>
        Call<AllowanceParams, TokenAmount>(Anne, "Allowance", new(A(owner), A(spender)));

    private TokenAmount Increase(ActorId owner, ActorId spender, long tokens) =>
        Call<ChangeAllowanceParams, TokenAmount>(
            owner, "IncreaseAllowance", new(A(spender), Whole(tokens)));

    private TokenAmount Decrease(ActorId owner, ActorId spender, long tokens) =>
        Call<ChangeAllowanceParams, TokenAmount>(
            owner, "DecreaseAllowance", new(A(spender), Whole(tokens)));

    private TokenAmount Revoke(ActorId owner, Address spender) =>
        Call<RevokeAllowanceParams, TokenAmount>(owner, "RevokeAllowance", new(spender));

    private TReturn Call<TReturn>(ActorId caller, string method)
        where TReturn : ICbor<TReturn> => ParameterCodec.Decode<TReturn>(
            runtime.Call(
                DatacapActor.Definition, caller, MethodNumber.Exported(method).Value)!);

    private TReturn Call<TParameters, TReturn>(
        ActorId caller, string method, TParameters parameters)
        where TParameters : ICbor<TParameters>
        where TReturn : ICbor<TReturn> => ParameterCodec.Decode<TReturn>(
            runtime.Call(
                DatacapActor.Definition,
                caller,
                MethodNumber.Exported(method).Value,
                parameters)!);

    private uint Fail<T>(ActorId caller, string method, T parameters)
        where T : ICbor<T> => runtime.Fail(
            DatacapActor.Definition,
            caller,
            MethodNumber.Exported(method).Value,
            parameters).Value;
}
