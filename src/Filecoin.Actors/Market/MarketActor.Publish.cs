using System.Numerics;
using Filecoin.Actors.Miner;

namespace Filecoin.Actors.Market;

/// <content>Publishing deals.</content>
public static partial class MarketActor
{
    private static readonly MethodNumber IsControllingAddress =
        MethodNumber.Exported(nameof(IsControllingAddress));

    private static readonly MethodNumber MarketNotifyDeal =
        MethodNumber.Exported(nameof(MarketNotifyDeal));

    /// <summary>
    /// Publishes those deals of one provider that are valid and paid for; others are left out.
    /// </summary>
    private static PublishStorageDealsReturn PublishStorageDeals(
        IRuntime runtime, PublishStorageDealsParams parameters)
    {
        runtime.AcceptAnyCaller();
        if (parameters.Deals.Count == 0)
        {
            throw Abort.IllegalArgument("no deals");
        }

        Address providerRaw = parameters.Deals[0].Proposal.Provider;
        ActorId provider = RequireProvider(runtime, providerRaw);

        // Clients are asked before state is loaded: they could call back.
        bool[] areValid = Validate(runtime, parameters.Deals);
        long epoch = runtime.Epoch.Value;
        DealBatch batch = new(runtime, runtime.LoadState<MarketState>(), provider, epoch);
        for (int i = 0; i < areValid.Length; i++)
        {
            ClientDealProposal deal = parameters.Deals[i];
            if (areValid[i] && batch.IsOfProvider(deal.Proposal, providerRaw))
            {
                batch.Consider((ulong)i, deal.Proposal);
            }
        }

        batch.Allocate();
        if (batch.Accepted.Count == 0)
        {
            throw Abort.IllegalArgument("all deal proposals are invalid");
        }

        List<ulong> ids = runtime.Transact((ref MarketState state) =>
            Publish(runtime, ref state, batch.Accepted));
        Notify(runtime, batch.Accepted, ids);
        return new([.. ids], BitField.Of([.. batch.Accepted.Select(deal => deal.Index)]));
    }

    private static ActorId RequireProvider(IRuntime runtime, Address address)
    {
        if (!runtime.TryResolve(address, out ActorId provider))
        {
            throw Abort.NotFound($"failed to resolve provider {address}");
        }

        if (!runtime.TryGetCode(provider, out Cid code))
        {
            throw Abort.NotFound($"no code for {provider}");
        }

        if (runtime.BuiltinTypeOf(code) != BuiltinType.Miner)
        {
            throw Abort.IllegalArgument("deal provider is no miner");
        }

        MinerAnswer answer = runtime.Send(
            Address.FromId(provider),
            IsControllingAddress,
            Address.FromId(runtime.Caller),
            TokenAmount.Zero).Require<MinerAnswer>();
        return answer.IsSo
            ? provider
            : throw Abort.Forbidden($"caller {runtime.Caller} may not act for {provider}");
    }

    private static bool[] Validate(IRuntime runtime, ValueList<ClientDealProposal> deals)
    {
        (BigInteger baseline, BigInteger rawPower) = AskPower(runtime);
        bool[] areValid = new bool[deals.Count];
        for (int i = 0; i < areValid.Length; i++)
        {
            areValid[i] = IsValid(runtime, deals[i], baseline, rawPower);
        }

        return areValid;
    }

    private static List<ulong> Publish(
        IRuntime runtime, ref MarketState state, IReadOnlyList<AcceptedDeal> deals)
    {
        List<ulong> ids = [];
        List<(ulong, DealProposal)> proposals = [];
        List<(ulong, AllocationId)> allocations = [];
        List<(long, ulong)> schedule = [];
        foreach (AcceptedDeal deal in deals)
        {
            state.LockBalances(runtime, deal.Proposal);
            ulong id = state.TakeId();
            ids.Add(id);
            proposals.Add((id, deal.Proposal));
            if (deal.Allocation is AllocationId allocation)
            {
                allocations.Add((id, allocation));
            }

            schedule.Add((
                DealPolicy.NextUpdateEpoch(
                    id, DealPolicy.UpdatesInterval, deal.Proposal.StartEpoch),
                id));
        }

        state.PutPending(runtime, deals.Select(deal => deal.Cid));
        state.PutProposals(runtime, proposals);
        state.PutAllocations(runtime, allocations);
        state.Schedule(runtime, schedule);
        return ids;
    }

    /// <summary>
    /// A client that fails makes all fail: a contract must not be made to have deals that it does
    /// not know of.
    /// </summary>
    private static void Notify(
        IRuntime runtime, IReadOnlyList<AcceptedDeal> deals, List<ulong> ids)
    {
        for (int i = 0; i < ids.Count; i++)
        {
            AcceptedDeal deal = deals[i];
            SendResult sent = runtime.Send(
                deal.Proposal.Client,
                MarketNotifyDeal,
                new MarketNotifyDealParams(deal.Encoded, ids[i]),
                TokenAmount.Zero);
            if (!sent.IsSuccess)
            {
                throw Abort.IllegalArgument($"failed to notify client of deal {deal.Cid}");
            }

            DealEvents.Published(runtime, ids[i], deal.Proposal);
        }
    }
}
