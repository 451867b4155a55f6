using Filecoin.Actors.Account;

namespace Filecoin.Actors.PaymentChannel;

/// <summary>
/// A channel: one party pays the other by vouchers, of which few reach the chain.
/// </summary>
/// <remarks>Spec: actors/paych.</remarks>
public static class PaymentChannelActor
{
    private const int SecretBytesMax = 256;
    private const int HashBytes = 32;

    /// <summary>The method that takes a voucher.</summary>
    public static MethodNumber UpdateMethod { get; } = new(2);

    /// <summary>The method that ends a channel some time later.</summary>
    public static MethodNumber SettleMethod { get; } = new(3);

    /// <summary>The method that pays out a channel that has ended.</summary>
    public static MethodNumber CollectMethod { get; } = new(4);

    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.PaymentChannel,
        [
            ActorMethod.Of<ConstructorParams>(1, nameof(Constructor), Constructor),
            ActorMethod.Of<UpdateChannelStateParams>(
                UpdateMethod.Value, nameof(UpdateChannelState), UpdateChannelState),
            ActorMethod.Of(SettleMethod.Value, nameof(Settle), Settle),
            ActorMethod.Of(CollectMethod.Value, nameof(Collect), Collect),
        ]);

    /// <summary>A voucher came after the channel was settled.</summary>
    public static ExitCode VoucherAfterSettling { get; } = new(32);

    private static void Constructor(IRuntime runtime, ConstructorParams parameters)
    {
        runtime.RequireCallerType(BuiltinType.Init);

        ActorId to = runtime.ResolveOrMake(parameters.To, mustExist: true);
        ActorId from = runtime.ResolveOrMake(parameters.From, mustExist: true);
        runtime.CreateState(
            PaymentChannelState.Create(runtime, Address.FromId(from), Address.FromId(to)));
    }

    private static void UpdateChannelState(IRuntime runtime, UpdateChannelStateParams parameters)
    {
        PaymentChannelState state = runtime.LoadState<PaymentChannelState>();
        runtime.RequireCaller(state.From, state.To);

        SignedVoucher voucher = parameters.Voucher;
        if (voucher.Signature is not KeySignature signature)
        {
            throw Abort.IllegalArgument("voucher has no signature");
        }

        if (state.HasSettled(runtime))
        {
            throw new ActorAbortException(
                VoucherAfterSettling, "no voucher is taken after the channel has settled");
        }

        if (parameters.Secret.Length > SecretBytesMax)
        {
            throw Abort.IllegalArgument($"secret is longer than {SecretBytesMax} bytes");
        }

        Address signer =
            Address.FromId(runtime.Caller) == state.From ? state.To : state.From;
        runtime.RequireAuthentic(signer, signature.Data, voucher.ToSigningBytes());
        RequireOwn(runtime, voucher.ChannelAddress);
        RequireTimely(runtime, voucher);
        if (voucher.Amount.IsNegative)
        {
            throw Abort.IllegalArgument($"voucher's amount {voucher.Amount} is negative");
        }

        RequireSecret(runtime, voucher, parameters.Secret.Span);
        if (voucher.Extra is Verification extra)
        {
            // Quirk: a block goes with it also where there are no parameters.
            _ = runtime.Send(
                extra.Actor, extra.Method, new(Codec.Cbor, extra.Data), TokenAmount.Zero).Require();
        }

        runtime.Transact((ref PaymentChannelState current) => current.Redeem(runtime, voucher));
    }

    private static void Settle(IRuntime runtime) => runtime.Transact(
        (ref PaymentChannelState state) =>
        {
            runtime.RequireCaller(state.From, state.To);
            if (state.SettlingAt.Value != 0)
            {
                throw Abort.IllegalState("the channel is settling already");
            }

            long settlingAt = runtime.Epoch.Value + PaymentChannelState.SettleDelay;
            state.SettlingAt = new(Math.Max(settlingAt, state.MinSettleHeight.Value));
        });

    private static void Collect(IRuntime runtime)
    {
        PaymentChannelState state = runtime.LoadState<PaymentChannelState>();
        runtime.RequireCaller(state.From, state.To);

        if (!state.HasSettled(runtime))
        {
            throw Abort.Forbidden("the channel has not settled");
        }

        _ = runtime.Send(state.To, MethodNumber.Send, null, state.ToSend).Require();
        _ = runtime.Send(state.From, MethodNumber.Send, null, runtime.CurrentBalance()).Require();

        runtime.DeleteActor();
    }

    private static void RequireOwn(IRuntime runtime, Address channel)
    {
        if (!runtime.TryResolve(channel, out ActorId id) || id != runtime.Receiver)
        {
            throw Abort.IllegalArgument($"voucher is for {channel}, not for f0{runtime.Receiver}");
        }
    }

    private static void RequireTimely(IRuntime runtime, SignedVoucher voucher)
    {
        if (runtime.Epoch.Value < voucher.TimeLockMin.Value)
        {
            throw Abort.IllegalArgument($"voucher is not good before {voucher.TimeLockMin}");
        }

        if (voucher.TimeLockMax.Value != 0 && runtime.Epoch.Value > voucher.TimeLockMax.Value)
        {
            throw Abort.IllegalArgument($"voucher was not good after {voucher.TimeLockMax}");
        }
    }

    private static void RequireSecret(
        IRuntime runtime, SignedVoucher voucher, ReadOnlySpan<byte> secret)
    {
        if (voucher.SecretPreImage.IsEmpty)
        {
            return;
        }

        Span<byte> hash = stackalloc byte[HashBytes];
        _ = runtime.Hash(HashFunction.Blake2b256, secret, hash);
        if (!voucher.SecretPreImage.Span.SequenceEqual(hash))
        {
            throw Abort.IllegalArgument("this is not the voucher's secret");
        }
    }
}
