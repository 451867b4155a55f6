using System.Numerics;
using Filecoin.Actors.Account;
using Filecoin.Actors.Power;
using Filecoin.Actors.Reward;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Market;

/// <content>What makes a proposal valid, before state is looked at.</content>
public static partial class MarketActor
{
    private static readonly MethodNumber AuthenticateMessage =
        MethodNumber.Exported(nameof(AuthenticateMessage));

    private static readonly MethodNumber ThisEpochReward = new(3);
    private static readonly MethodNumber CurrentTotalPower = new(9);

    /// <summary>Asks two actors for what the least collateral depends on.</summary>
    private static (BigInteger Baseline, BigInteger Raw) AskPower(IRuntime runtime)
    {
        ThisEpochRewardReturn reward = runtime.Send(
            Address.FromId(WellKnownActors.Reward), ThisEpochReward, null, TokenAmount.Zero)
            .Require<ThisEpochRewardReturn>();
        CurrentTotalPowerReturn power = runtime.Send(
            Address.FromId(WellKnownActors.StoragePower),
            CurrentTotalPower,
            null,
            TokenAmount.Zero).Require<CurrentTotalPowerReturn>();
        return (reward.BaselinePower, power.RawBytePower);
    }

    private static bool IsValid(
        IRuntime runtime, ClientDealProposal deal, BigInteger baseline, BigInteger rawPower)
    {
        DealProposal proposal = deal.Proposal;
        return IsAuthentic(runtime, deal)
            && proposal.Label.Length <= DealPolicy.LabelBytesMax
            && PieceRules.IsPieceSize(proposal.PieceSize)
            && PieceRules.IsPieceCid(proposal.PieceCid)
            && proposal.EndEpoch > proposal.StartEpoch
            && runtime.Epoch.Value <= proposal.StartEpoch
            && proposal.Duration is >= DealPolicy.DurationMin and <= DealPolicy.DurationMax
            && DealPolicy.IsAmount(proposal.PricePerEpoch)
            && proposal.ProviderCollateral >= DealPolicy.ProviderCollateralMin(
                proposal.PieceSize, rawPower, baseline, runtime.CirculatingSupply())
            && proposal.ProviderCollateral <= DealPolicy.AmountMax
            && DealPolicy.IsAmount(proposal.ClientCollateral);
    }

    /// <summary>Asks the client whether it has signed, in a call that changes nothing.</summary>
    private static bool IsAuthentic(IRuntime runtime, ClientDealProposal deal)
    {
        AuthenticateMessageParams parameters = new(
            deal.ClientSignature.Data, Cbor.Encode(deal.Proposal));
        SendResult sent = runtime.Send(new()
        {
            To = deal.Proposal.Client,
            Method = AuthenticateMessage,
            Parameters = ParameterCodec.Encode(parameters),
            IsReadOnly = true,
        });
        if (!sent.IsSuccess || sent.Value is null)
        {
            return false;
        }

        try
        {
            return ParameterCodec.Decode<AuthenticateMessageReturn>(sent.Value).IsAuthentic;
        }
        catch (ActorAbortException)
        {
            return false;
        }
    }
}
