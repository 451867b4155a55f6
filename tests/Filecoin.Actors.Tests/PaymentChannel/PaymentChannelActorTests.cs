using Filecoin.Actors.Account;

namespace Filecoin.Actors.PaymentChannel.Tests;

/// <summary>Rules of payment channels.</summary>
public sealed class PaymentChannelActorTests
{
    private static readonly ActorId Payer = new(101);
    private static readonly ActorId Payee = new(102);
    private static readonly ActorId Judge = new(103);

    private readonly MemoryRuntime runtime = new();

    public PaymentChannelActorTests()
    {
        runtime.Add(WellKnownActors.Init, BuiltinType.Init);
        runtime.Add(runtime.Receiver, BuiltinType.PaymentChannel);
        runtime.Add(Payer, BuiltinType.Account);
        runtime.Add(Payee, BuiltinType.Account);
        runtime.Add(Judge, BuiltinType.Account);
        runtime.Balance = TokenAmount.FromFil(10);
        _ = runtime.Call(
            Actor, WellKnownActors.Init, 1, new ConstructorParams(A(Payer), A(Payee)));
    }

    private static BuiltinActor Actor => PaymentChannelActor.Definition;

    private PaymentChannelState State => runtime.LoadState<PaymentChannelState>();

    private SignedVoucher Plain => new(
        A(runtime.Receiver), default, default, default, null, 0, 1, Fil(1), default, [], Signed);

    private static KeySignature Signed => new(SignatureType.Bls, new byte[] { 1, 2, 3 });

    [Fact]
    public void It_begins_with_nothing_to_pay()
    {
        Assert.Equal((A(Payer), A(Payee)), (State.From, State.To));
        Assert.Equal((Fil(0), 0, 0), (State.ToSend, State.SettlingAt.Value, Height()));
        Assert.Empty(Check());
    }

    [Fact]
    public void The_init_actor_makes_it_for_parties_that_exist()
    {
        MemoryRuntime other = new();
        other.Add(WellKnownActors.Init, BuiltinType.Init);
        other.Add(Payer, BuiltinType.Account);
        ConstructorParams parameters = new(A(Payer), A(Payee));
        Assert.Equal(ExitCode.UserForbidden, other.Fail(Actor, Payer, 1, parameters));
        Assert.Equal(
            ExitCode.UserNotFound, other.Fail(Actor, WellKnownActors.Init, 1, parameters));
    }

    [Fact]
    public void A_voucher_is_shown_to_the_other_party()
    {
        Redeem(Plain);

        SendRequest sent = Assert.Single(runtime.Sent);
        Assert.Equal(
            (A(Payer), MethodNumber.Exported("AuthenticateMessage"), true),
            (sent.To, sent.Method, sent.IsReadOnly));
        AuthenticateMessageParams asked =
            ParameterCodec.Decode<AuthenticateMessageParams>(sent.Parameters!);
        Assert.Equal(new byte[] { 1, 2, 3 }, asked.Signature.ToArray());
        Assert.Equal(Cbor.Encode(Plain with { Signature = null }), asked.Message.ToArray());
        Assert.Equal(0xf6, asked.Message.Span[^1]);
        Assert.Equal(Fil(1), State.ToSend);
        Assert.Equal(new(Fil(1), 1), Lane(0));
        Assert.Empty(Check());

        Answer(true);
        _ = runtime.Call(
            Actor, Payer, 2, new UpdateChannelStateParams(Plain with { Lane = 1 }, default));
        Assert.Equal(A(Payee), runtime.Sent[^1].To);
    }

    [Fact]
    public void A_voucher_that_is_not_signed_is_refused()
    {
        Assert.Equal(16u, Refuse(Plain with { Signature = null }));
        Answer(false);
        Assert.Equal(16u, Fail(Payee, Plain));
        runtime.Answers.Enqueue(new(ErrorNumber.None, new(16), null));
        Assert.Equal(16u, Fail(Payee, Plain));
        runtime.Answers.Enqueue(new(ErrorNumber.None, ExitCode.Ok, null));
        Assert.Equal(24u, Fail(Payee, Plain));
        runtime.Answers.Enqueue(
            new(ErrorNumber.None, ExitCode.Ok, new(Codec.Cbor, new byte[] { 0xf6 })));
        Assert.Equal(21u, Fail(Payee, Plain));
    }

    [Fact]
    public void Strangers_do_nothing()
    {
        Assert.Equal(18u, Fail(Judge, Plain));
        Assert.Equal(ExitCode.UserForbidden, runtime.Fail(Actor, Judge, 3, null));
        Assert.Equal(ExitCode.UserForbidden, runtime.Fail(Actor, Judge, 4, null));
        Assert.Empty(runtime.Sent);
    }

    [Fact]
    public void A_voucher_fits_channel_time_amount_and_secret()
    {
        runtime.Epoch = new(100);
        Assert.Equal(16u, Refuse(Plain with { ChannelAddress = A(Judge) }));
        Assert.Equal(16u, Refuse(Plain with { ChannelAddress = Address.FromActor([1]) }));
        Assert.Equal(16u, Refuse(Plain with { TimeLockMin = new(101) }));
        Assert.Equal(16u, Refuse(Plain with { TimeLockMax = new(99) }));
        Assert.Equal(16u, Refuse(Plain with { Amount = TokenAmount.FromAtto(-1) }));
        Assert.Equal(16u, Refuse(Plain with { Amount = Fil(11) }));
        Assert.Equal(16u, Refuse(Plain with { SecretPreImage = new byte[32] }));
        Assert.Equal(16u, Refuse(Plain with { Lane = 1UL << 63 }));
        Assert.Equal(16u, Refuse(Plain, new byte[257]));
        Redeem(Plain with { TimeLockMin = new(100), TimeLockMax = new(100) });
    }

    [Fact]
    public void A_secret_opens_its_voucher()
    {
        byte[] secret = [7, 7];
        byte[] hash = new byte[32];
        _ = runtime.Hash(HashFunction.Blake2b256, secret, hash);
        Answer(true);
        _ = runtime.Call(
            Actor,
            Payee,
            2,
            new UpdateChannelStateParams(Plain with { SecretPreImage = hash }, secret));
        Assert.Equal(Fil(1), State.ToSend);
    }

    [Fact]
    public void A_third_party_may_have_to_agree()
    {
        SignedVoucher voucher = Plain with { Extra = new(A(Judge), new(5), default) };
        Answer(true);
        runtime.Answers.Enqueue(new(ErrorNumber.None, new(44), null));
        Assert.Equal(44u, Fail(Payee, voucher));

        Redeem(voucher);

        SendRequest sent = runtime.Sent[^1];
        Assert.Equal((A(Judge), new MethodNumber(5)), (sent.To, sent.Method));
        Assert.Equal((Codec.Cbor, 0), (sent.Parameters!.Codec, sent.Parameters.Data.Length));
    }

    [Fact]
    public void A_later_voucher_takes_the_place_of_earlier_ones_in_its_lane()
    {
        Redeem(Plain with { Amount = Fil(4), Nonce = 3 });
        Assert.Equal(16u, Refuse(Plain with { Amount = Fil(5), Nonce = 3 }));
        Redeem(Plain with { Amount = Fil(2), Nonce = 4 });
        Redeem(Plain with { Lane = 9, Nonce = 0 });

        Assert.Equal(Fil(3), State.ToSend);
        Assert.Equal(new(Fil(2), 4), Lane(0));
        Assert.Equal(new(Fil(1), 0), Lane(9));
    }

    [Fact]
    public void Merged_lanes_are_not_paid_twice()
    {
        Redeem(Plain with { Lane = 1, Amount = Fil(2), Nonce = 5 });
        Redeem(Plain with { Lane = 2, Amount = Fil(3), Nonce = 5 });
        SignedVoucher voucher = Plain with { Lane = 3, Amount = Fil(6) };

        Assert.Equal(16u, Refuse(voucher with { Merges = [new(3, 9)] }));
        Assert.Equal(16u, Refuse(voucher with { Merges = [new(4, 9)] }));
        Assert.Equal(16u, Refuse(voucher with { Merges = [new(1, 5)] }));
        Assert.Equal(16u, Refuse(voucher with { Merges = [new(1UL << 63, 5)] }));
        Redeem(voucher with { Merges = [new(1, 6), new(2, 7)] });

        Assert.Equal(Fil(6), State.ToSend);
        Assert.Equal(new(Fil(2), 6), Lane(1));
        Assert.Equal(new(Fil(3), 7), Lane(2));

        // What was counted for another lane can make the channel owe less than nothing.
        Assert.Equal(
            16u,
            Refuse(Plain with { Lane = 4, Amount = Fil(0), Merges = [new(3, 9), new(1, 9)] }));
    }

    [Fact]
    public void Settling_waits_half_a_day_or_longer_if_a_voucher_says_so()
    {
        runtime.Epoch = new(100);
        _ = runtime.Call(Actor, Payer, 3);
        Assert.Equal(1_540, State.SettlingAt.Value);
        Assert.Equal(ExitCode.UserIllegalState, runtime.Fail(Actor, Payee, 3, null));

        Redeem(Plain with { MinSettleHeight = new(2_000) });

        Assert.Equal((2_000, 2_000), (State.SettlingAt.Value, Height()));
        Assert.Empty(Check());
        runtime.Epoch = new(2_000);
        Answer(true);
        Assert.Equal(32u, Fail(Payee, Plain with { Nonce = 2 }));
    }

    [Fact]
    public void Settling_is_not_before_what_vouchers_have_said()
    {
        Redeem(Plain with { MinSettleHeight = new(5_000) });
        _ = runtime.Call(Actor, Payee, 3);
        Assert.Equal(5_000, State.SettlingAt.Value);
    }

    [Fact]
    public void Collecting_pays_both_and_ends_the_channel()
    {
        Redeem(Plain with { Amount = Fil(4) });
        Assert.Equal(ExitCode.UserForbidden, runtime.Fail(Actor, Payee, 4, null));
        _ = runtime.Call(Actor, Payer, 3);
        Assert.Equal(ExitCode.UserForbidden, runtime.Fail(Actor, Payee, 4, null));
        runtime.Epoch = State.SettlingAt;
        runtime.Sent.Clear();

        // This machine moves no money, so that what is left is the whole balance.
        Assert.Equal(ExitCode.UserIllegalArgument, runtime.Fail(Actor, Payee, 4, null));
        Assert.Equal(
            [(A(Payee), Fil(4)), (A(Payer), Fil(10))],
            runtime.Sent.Select(sent => (sent.To, sent.Value)));
        runtime.Balance = Fil(0);
        _ = runtime.Call(Actor, Payee, 4);
        Assert.False(runtime.TryGetCode(runtime.Receiver, out _));
    }

    [Fact]
    public void A_party_that_cannot_be_paid_stops_the_end()
    {
        _ = runtime.Call(Actor, Payer, 3);
        runtime.Epoch = State.SettlingAt;
        runtime.Answers.Enqueue(SendResult.Refused(ErrorNumber.InsufficientFunds));
        Assert.Equal(ExitCode.UserInsufficientFunds, runtime.Fail(Actor, Payee, 4, null));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("00", false)]
    [InlineData("03aa", false)]
    [InlineData("01", true)]
    [InlineData("02aabb", true)]
    public void Signatures_are_of_the_two_kinds_that_actors_know(string hex, bool isKnown)
    {
        CborWriter writer = new(16);
        writer.WriteBytes(Convert.FromHexString(hex));
        byte[] data = writer.ToArray();
        writer.Dispose();
        CborReader reader = CborReader.Lenient(data);
        Assert.Equal(isKnown, KeySignature.TryRead(ref reader, out KeySignature signature));
        Assert.Equal(isKnown ? data : [0x41, 0x00], Cbor.Encode(signature));
    }

    [Fact]
    public void Broken_state_is_told()
    {
        PaymentChannelState broken = State with
        {
            From = Address.FromActor([1]),
            To = Address.FromActor([2]),
            ToSend = Fil(11),
            SettlingAt = new(1),
            MinSettleHeight = new(2),
        };

        IReadOnlyList<string> complaints =
            PaymentChannelInvariants.Check(broken, Fil(10), runtime.Memory);

        Assert.Equal(4, complaints.Count);
        Assert.Contains("it settles at 1, before 2", complaints);
    }

    private static Address A(ActorId id) => Address.FromId(id);

    private static TokenAmount Fil(long fil) => TokenAmount.FromFil(fil);

    private long Height() => State.MinSettleHeight.Value;

    private IReadOnlyList<string> Check() =>
        PaymentChannelInvariants.Check(State, runtime.Balance, runtime.Memory);

    private LaneState Lane(ulong lane) =>
        Amt<LaneState>.Load(runtime.Memory, State.Lanes).TryGet(lane, out LaneState state)
            ? state
            : throw new InvalidOperationException($"no lane {lane}");

    private void Answer(bool isAuthentic) => runtime.Answers.Enqueue(new(
        ErrorNumber.None,
        ExitCode.Ok,
        ParameterCodec.Encode(new AuthenticateMessageReturn(isAuthentic))));

    private void Redeem(SignedVoucher voucher)
    {
        runtime.Answers.Clear();
        Answer(true);
        _ = runtime.Call(Actor, Payee, 2, new UpdateChannelStateParams(voucher, default));
    }

    private uint Refuse(SignedVoucher voucher, byte[]? secret = null)
    {
        runtime.Answers.Clear();
        Answer(true);
        uint code = runtime.Fail(
            Actor, Payee, 2, new UpdateChannelStateParams(voucher, secret ?? [])).Value;
        runtime.Answers.Clear();
        return code;
    }

    private uint Fail(ActorId caller, SignedVoucher voucher) => runtime.Fail(
        Actor, caller, 2, new UpdateChannelStateParams(voucher, default)).Value;
}
