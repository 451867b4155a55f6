using Filecoin.Actors.PaymentChannel;

namespace Filecoin.Rpc;

/// <summary>Whether vouchers are ones that a node makes or takes.</summary>
/// <remarks>Spec: lotus paychmgr/paych.go, checkVoucherValid.</remarks>
internal static class VoucherChecks
{
    /// <summary>What a channel lacks for a voucher; zero for nothing.</summary>
    /// <exception cref="RpcException">It is not valid whatever the channel has.</exception>
    public static TokenAmount Shortfall(
        RpcCall call, Lanes lanes, StoredChannel channel, SignedVoucher voucher)
    {
        RequireBare(channel, voucher);
        if (voucher.Signature is not { } signature
            || !WalletMethods.Verify(
                call,
                new(lanes.Payer),
                voucher.ToSigningBytes(),
                new((int)signature.Type, signature.Data.ToArray())))
        {
            throw new RpcException("the voucher is not signed by who pays in the channel");
        }

        if (lanes.TryFind(voucher.Lane, out LaneState lane))
        {
            if (voucher.Nonce <= lane.Nonce)
            {
                throw new RpcException("nonce too low");
            }

            if (voucher.Amount <= lane.Redeemed)
            {
                throw new RpcException(
                    "voucher amount is lower than amount for voucher with lower nonce");
            }
        }

        TokenAmount total = lanes.Redeemed + (voucher.Amount - lane.Redeemed);
        return TokenAmount.Max(total - lanes.Balance, TokenAmount.Zero);
    }

    private static void RequireBare(StoredChannel channel, SignedVoucher voucher)
    {
        string? wrong = voucher switch
        {
            _ when voucher.ChannelAddress != channel.Channel => "is for another channel",
            { Extra: not null } => "is Message Locked",
            { TimeLockMax.Value: not 0 } => "is Max Time Locked",
            { TimeLockMin.Value: not 0 } => "is Min Time Locked",
            { SecretPreImage.IsEmpty: false } => "is Hash Locked",
            { Merges.Count: not 0 } => "merges lanes",
            { Amount.IsNegative: true } => "pays less than nothing",
            { Lane: > PaymentChannelState.LaneMax } =>
                $"is in a lane above {PaymentChannelState.LaneMax}",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new RpcException($"voucher {wrong}");
        }
    }
}
