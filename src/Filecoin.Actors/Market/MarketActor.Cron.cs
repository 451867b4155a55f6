using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Market;

/// <content>The end of an epoch: deals that are due are looked at.</content>
public static partial class MarketActor
{
    private static void CronTick(IRuntime runtime)
    {
        runtime.RequireCaller(WellKnownActors.Cron);
        long epoch = runtime.Epoch.Value;

        TokenAmount slashed = runtime.Transact((ref MarketState state) =>
        {
            CronPass pass = new(runtime, epoch);
            for (long at = state.LastCron + 1; at <= epoch; at++)
            {
                foreach (ulong id in state.DealsAt(runtime, at))
                {
                    pass.Look(ref state, id);
                }

                pass.Done.Add(at);
            }

            pass.Save(ref state);
            return pass.Slashed;
        });
        Burn(runtime, slashed);
    }

    /// <summary>What cron does to deals, and what of it is written at the end.</summary>
    private sealed class CronPass(IRuntime runtime, long epoch)
    {
        private readonly EndedDeals ended = new();
        private readonly SortedDictionary<long, List<ulong>> rescheduled = [];

        public List<long> Done { get; } = [];

        public TokenAmount Slashed { get; private set; }

        public void Look(ref MarketState state, ulong id)
        {
            // It may be over already, as anybody may settle it.
            if (!state.LoadProposals(runtime).TryGet(id, out DealProposal? deal))
            {
                return;
            }

            Cid cid = deal.ComputeCid(runtime);
            DealStage stage = state.LookAt(
                runtime, epoch, id, deal, cid, out DealState found, out TokenAmount slashed);
            Slashed += slashed;
            if (stage == DealStage.TooEarly)
            {
                throw Abort.IllegalState($"deal {id} before its start {deal.StartEpoch}");
            }

            if (stage == DealStage.TimedOut)
            {
                return;
            }

            if (found.LastUpdatedEpoch != Epochs.Undefined)
            {
                Update(ref state, id, deal, cid, found);
            }
            else if (!state.RemovePending(runtime, cid))
            {
                throw Abort.IllegalState($"deal {id} is not pending");
            }

            // Deals that were never settled are left to whoever settles them.
        }

        public void Save(ref MarketState state)
        {
            state.RemoveSectorDeals(runtime, ended);
            state.Unschedule(runtime, Done);
            state.Schedule(runtime, rescheduled);
            state.LastCron = epoch;
        }

        /// <summary>Deals that somebody has settled before cron first looked at them.</summary>
        private void Update(
            ref MarketState state, ulong id, DealProposal deal, Cid cid, DealState found)
        {
            DealUpdate update = state.Update(runtime, found, deal, cid, epoch);
            if (update.IsOver)
            {
                Slashed += update.Slashed;
                state.RemoveDeal(runtime, id);
                ended.Add(deal.ProviderId, found.SectorNumber, id);
                if (!update.IsCompleted)
                {
                    DealEvents.Terminated(runtime, id, deal);
                }
            }
            else
            {
                state.PutStates(runtime, [(id, found with { LastUpdatedEpoch = epoch })]);
                Reschedule(id);
            }

            if (update.IsCompleted)
            {
                DealEvents.Completed(runtime, id, deal);
            }
        }

        private void Reschedule(ulong id)
        {
            long next = DealPolicy.NextUpdateEpoch(id, DealPolicy.UpdatesInterval, epoch + 1);
            if (!rescheduled.TryGetValue(next, out List<ulong>? deals))
            {
                rescheduled.Add(next, deals = []);
            }

            deals.Add(id);
        }
    }
}
