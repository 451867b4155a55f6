using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Market;

/// <content>Payments that anybody may ask for.</content>
public static partial class MarketActor
{
    /// <summary>Pays providers up to now, and ends deals that are over; each by itself.</summary>
    private static SettleDealPaymentsReturn SettleDealPayments(
        IRuntime runtime, BitField dealIds)
    {
        runtime.AcceptAnyCaller();
        long epoch = runtime.Epoch.Value;

        SettlementPass pass = new(runtime, epoch);
        runtime.Transact((ref MarketState state) =>
        {
            foreach (ulong id in List(dealIds))
            {
                pass.Settle(ref state, id);
            }

            pass.Save(ref state);
        });
        Burn(runtime, pass.Slashed);
        return new(BatchReturn.Of([.. pass.Codes]), [.. pass.Settlements]);
    }

    /// <summary>What settling does to deals, and what of it is written at the end.</summary>
    private sealed class SettlementPass(IRuntime runtime, long epoch)
    {
        private readonly EndedDeals ended = new();
        private readonly List<(ulong, DealState)> newStates = [];

        public List<ExitCode> Codes { get; } = [];

        public List<DealSettlement> Settlements { get; } = [];

        public TokenAmount Slashed { get; private set; }

        /// <summary>
        /// Quirk: what a deal that fails has changed before stays, as the others go on.
        /// </summary>
        public void Settle(ref MarketState state, ulong id)
        {
            if (Find(state, id) is not DealProposal deal)
            {
                Codes.Add(DealPolicy.Expired);
                return;
            }

            Cid cid = deal.ComputeCid(runtime);
            DealStage stage;
            DealState found;
            try
            {
                stage = state.LookAt(
                    runtime, epoch, id, deal, cid, out found, out TokenAmount slashed);
                Slashed += slashed;
            }
            catch (ActorAbortException failure)
            {
                Codes.Add(failure.ExitCode);
                return;
            }

            switch (stage)
            {
                case DealStage.TooEarly:
                    Settlements.Add(default);
                    Codes.Add(ExitCode.Ok);
                    break;
                case DealStage.TimedOut:
                    Codes.Add(DealPolicy.Expired);
                    break;
                case DealStage.Active:
                    Pay(ref state, id, deal, cid, found);
                    break;
            }
        }

        public void Save(ref MarketState state)
        {
            state.PutStates(runtime, newStates);
            state.RemoveSectorDeals(runtime, ended);
        }

        /// <summary>Quirk: whatever the reason is that it cannot be read, it is expired.</summary>
        private DealProposal? Find(MarketState state, ulong id)
        {
            try
            {
                return state.LoadProposals(runtime).TryGet(id, out DealProposal? deal)
                    ? deal
                    : null;
            }
            catch (ActorAbortException)
            {
                return null;
            }
        }

        private void Pay(
            ref MarketState state, ulong id, DealProposal deal, Cid cid, DealState found)
        {
            if (found.SlashEpoch != Epochs.Undefined)
            {
                throw Abort.IllegalArgument($"deal {id} is slashed and cannot be settled");
            }

            DealUpdate update;
            try
            {
                update = state.Update(runtime, found, deal, cid, epoch);
            }
            catch (ActorAbortException failure)
            {
                Codes.Add(failure.ExitCode);
                return;
            }

            if (update.IsOver)
            {
                state.RemoveDeal(runtime, id);
                ended.Add(deal.ProviderId, found.SectorNumber, id);
                if (!update.IsCompleted)
                {
                    DealEvents.Terminated(runtime, id, deal);
                }
            }
            else
            {
                newStates.Add((id, found with { LastUpdatedEpoch = epoch }));
            }

            Settlements.Add(new(update.Payment, update.IsOver));
            Codes.Add(ExitCode.Ok);
            if (update.IsCompleted)
            {
                DealEvents.Completed(runtime, id, deal);
            }
        }
    }
}
