using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Market;

/// <content>Deals that end before their time.</content>
public static partial class MarketActor
{
    /// <summary>
    /// A miner tells of sectors that it has ended: deals in them are paid up to now, the client
    /// gets the rest back, and the provider's collateral is burnt.
    /// </summary>
    private static void OnMinerSectorsTerminate(
        IRuntime runtime, OnMinerSectorsTerminateParams parameters)
    {
        runtime.RequireCallerType(BuiltinType.Miner);
        ActorId miner = runtime.Caller;

        TokenAmount slashed = runtime.Transact((ref MarketState state) =>
            Terminate(runtime, ref state, miner, parameters));
        if (slashed > TokenAmount.Zero)
        {
            Burn(runtime, slashed);
        }
    }

    private static TokenAmount Terminate(
        IRuntime runtime,
        ref MarketState state,
        ActorId miner,
        OnMinerSectorsTerminateParams parameters)
    {
        StateArray<DealProposal> proposals = state.LoadProposals(runtime);
        StateArray<DealState> states = state.LoadStates(runtime);
        TokenAmount slashed = TokenAmount.Zero;
        foreach (ulong id in state.TakeSectorDeals(runtime, miner, List(parameters.Sectors)))
        {
            if (!proposals.TryGet(id, out DealProposal? deal))
            {
                continue;
            }

            if (deal.Provider != Address.FromId(miner))
            {
                throw Abort.IllegalState($"caller {miner} is not the provider of deal {id}");
            }

            // A deal that is over is paid when it is settled.
            if (deal.EndEpoch <= parameters.Epoch)
            {
                continue;
            }

            if (!states.TryGet(id, out DealState found))
            {
                throw Abort.IllegalArgument($"no state of deal {id}");
            }

            if (found.LastUpdatedEpoch == Epochs.Undefined)
            {
                _ = state.RemovePending(runtime, deal.ComputeCid(runtime));
            }

            slashed += state.Terminate(
                runtime, deal, found with { SlashEpoch = parameters.Epoch });
            state.RemoveDeal(runtime, id);
            DealEvents.Terminated(runtime, id, deal);
        }

        return slashed;
    }

    /// <summary>Numbers one by one; each that is looked at is paid for.</summary>
    private static IEnumerable<ulong> List(BitField field) =>
        field.TryList(ulong.MaxValue, out IEnumerable<ulong>? numbers)
            ? numbers
            : throw Abort.AssertionFailed("more numbers than there are");
}
