namespace Filecoin.Actors.PaymentChannel;

/// <summary>A channel's state.</summary>
/// <param name="From">Who pays, by id.</param>
/// <param name="To">Who is paid, by id.</param>
/// <param name="ToSend">What is paid when the channel is collected.</param>
/// <param name="SettlingAt">From when on it may be collected; 0 if nobody wants that.</param>
/// <param name="MinSettleHeight">Before when it may not be collected.</param>
/// <param name="Lanes">AMT from lanes to what has been paid in them.</param>
/// <remarks>Spec: actors/paych; builtin-actors actors/paych/src/{state,lib}.rs.</remarks>
[CborTuple]
public partial record struct PaymentChannelState(
    Address From,
    Address To,
    TokenAmount ToSend,
    ChainEpoch SettlingAt,
    ChainEpoch MinSettleHeight,
    Cid Lanes)
{
    /// <summary>Bits of an index that a node of the lanes uses.</summary>
    public const int LanesBitWidth = 3;

    /// <summary>The highest lane.</summary>
    public const ulong LaneMax = long.MaxValue;

    /// <summary>Epochs from settling to collecting: 12 hours.</summary>
    public const long SettleDelay = 1_440;

    /// <summary>A channel without payments.</summary>
    public static PaymentChannelState Create(IRuntime runtime, Address from, Address to) => new(
        from,
        to,
        ToSend: TokenAmount.Zero,
        SettlingAt: default,
        MinSettleHeight: default,
        Lanes: StateArray<LaneState>.StoreEmpty(runtime, LanesBitWidth));

    /// <summary>Whether it is settling and the time has come.</summary>
    public readonly bool HasSettled(IRuntime runtime) =>
        SettlingAt.Value != 0 && runtime.Epoch.Value >= SettlingAt.Value;

    /// <summary>Counts a voucher that has been checked otherwise.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="voucher">The voucher.</param>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, a lane or a nonce does not fit, or there are not enough funds.
    /// </exception>
    public void Redeem(IRuntime runtime, SignedVoucher voucher)
    {
        StateArray<LaneState> lanes =
            StateArray<LaneState>.Load(runtime, Lanes, "lane states");
        bool isKnown = TryFind(lanes, voucher.Lane, out LaneState lane);
        if (isKnown && lane.Nonce >= voucher.Nonce)
        {
            throw Abort.IllegalArgument(
                $"voucher's nonce {voucher.Nonce} is outdated, the lane has {lane.Nonce}");
        }

        // What merged lanes have paid already counts as paid in this one.
        TokenAmount paid = lane.Redeemed + TakeOver(lanes, voucher);
        TokenAmount toSend = ToSend + (voucher.Amount - paid);
        if (toSend.IsNegative)
        {
            throw Abort.IllegalArgument("voucher would leave less than nothing to pay");
        }

        if (toSend > runtime.CurrentBalance())
        {
            throw Abort.IllegalArgument("not enough funds in the channel for the voucher");
        }

        ToSend = toSend;
        Delay(voucher.MinSettleHeight);
        lanes.Set(voucher.Lane, new(voucher.Amount, voucher.Nonce));
        Lanes = lanes.Flush();
    }

    /// <summary>Ends merged lanes and gives what has been paid in them.</summary>
    private static TokenAmount TakeOver(StateArray<LaneState> lanes, SignedVoucher voucher)
    {
        TokenAmount redeemed = TokenAmount.Zero;
        foreach (Merge merge in voucher.Merges)
        {
            if (merge.Lane == voucher.Lane)
            {
                throw Abort.IllegalArgument("voucher merges a lane into itself");
            }

            if (!TryFind(lanes, merge.Lane, out LaneState other))
            {
                throw Abort.IllegalArgument($"voucher merges lane {merge.Lane}, which is none");
            }

            if (other.Nonce >= merge.Nonce)
            {
                throw Abort.IllegalArgument($"nonce of merged lane {merge.Lane} is outdated");
            }

            redeemed += other.Redeemed;
            lanes.Set(merge.Lane, other with { Nonce = merge.Nonce });
        }

        return redeemed;
    }

    private static bool TryFind(StateArray<LaneState> lanes, ulong lane, out LaneState state) =>
        lane <= LaneMax
            ? lanes.TryGet(lane, out state)
            : throw Abort.IllegalArgument($"lane {lane} is above {LaneMax}");

    private void Delay(ChainEpoch height)
    {
        if (height.Value == 0)
        {
            return;
        }

        if (SettlingAt.Value != 0 && SettlingAt.Value < height.Value)
        {
            SettlingAt = height;
        }

        if (MinSettleHeight.Value < height.Value)
        {
            MinSettleHeight = height;
        }
    }
}
