namespace Filecoin.Actors.PaymentChannel;

/// <summary>What holds of every channel.</summary>
public static class PaymentChannelInvariants
{
    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="balance">Its balance.</param>
    /// <param name="store">Where its blocks are.</param>
    /// <exception cref="IpldException">The lanes cannot be read.</exception>
    /// <remarks>Spec: builtin-actors actors/paych/src/testing.rs.</remarks>
    public static IReadOnlyList<string> Check(
        PaymentChannelState state, TokenAmount balance, IBlockstore store)
    {
        List<string> complaints = [];
        if (!state.From.IsId)
        {
            complaints.Add($"{state.From}, who pays, is no id");
        }

        if (!state.To.IsId)
        {
            complaints.Add($"{state.To}, who is paid, is no id");
        }

        if (state.ToSend.IsNegative || state.ToSend > balance)
        {
            complaints.Add($"{state.ToSend} is to be paid from {balance}");
        }

        if (state.SettlingAt.Value != 0 && state.SettlingAt.Value < state.MinSettleHeight.Value)
        {
            complaints.Add(
                $"it settles at {state.SettlingAt}, before {state.MinSettleHeight}");
        }

        Amt<LaneState>.Load(store, state.Lanes).ForEach((lane, paid) =>
        {
            if (lane > PaymentChannelState.LaneMax)
            {
                complaints.Add($"lane {lane} is too high");
            }

            if (paid.Redeemed.IsNegative)
            {
                complaints.Add($"{paid.Redeemed} was paid in lane {lane}");
            }
        });
        return complaints;
    }
}
