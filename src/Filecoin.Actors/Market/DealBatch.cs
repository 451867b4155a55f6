using System.Numerics;
using Filecoin.Actors.Tokens;
using Filecoin.Actors.VerifiedRegistry;

namespace Filecoin.Actors.Market;

/// <summary>A deal that is to be published.</summary>
/// <param name="Index">Its place in the message.</param>
/// <param name="Client">Who pays.</param>
/// <param name="Proposal">With its parties by id.</param>
/// <param name="Encoded">The same, encoded.</param>
/// <param name="Cid">Its CID.</param>
internal sealed record AcceptedDeal(
    ulong Index, ActorId Client, DealProposal Proposal, byte[] Encoded, Cid Cid)
{
    /// <summary>Its verified allocation; null if it has none.</summary>
    public AllocationId? Allocation { get; set; }
}

/// <summary>Deals of one message that both parties can pay for, in the order given.</summary>
/// <remarks>Spec: actors/market 4.4, steps 7 and 8.</remarks>
internal sealed class DealBatch(
    IRuntime runtime, MarketState state, ActorId provider, long epoch)
{
    private static readonly MethodNumber Balance = MethodNumber.Exported(nameof(Balance));

    private static readonly MethodNumber TransferFrom =
        MethodNumber.Exported(nameof(TransferFrom));

    private readonly List<AcceptedDeal> accepted = [];
    private readonly HashSet<Cid> cids = [];
    private readonly Dictionary<ActorId, TokenAmount> clientLockups = [];
    private readonly Dictionary<ActorId, TokenAmount> datacaps = [];
    private readonly SortedDictionary<
        ulong, List<(AcceptedDeal Deal, AllocationRequest Request)>> requests = [];

    private TokenAmount providerLockup;

    /// <summary>The deals.</summary>
    public IReadOnlyList<AcceptedDeal> Accepted => accepted;

    private Address ProviderAddress => Address.FromId(provider);

    /// <summary>Whether a proposal names the provider, by id or as the first does.</summary>
    public bool IsOfProvider(DealProposal proposal, Address raw) =>
        proposal.Provider == ProviderAddress || proposal.Provider == raw;

    /// <summary>Takes a deal unless it is not paid for, a duplicate, or short of datacap.</summary>
    public void Consider(ulong index, DealProposal proposal)
    {
        if (!runtime.TryResolve(proposal.Client, out ActorId client))
        {
            return;
        }

        TokenAmount clientLockup =
            clientLockups.GetValueOrDefault(client) + proposal.ClientRequirement;
        TokenAmount nextLockup = providerLockup + proposal.ProviderCollateral;
        if (!state.IsCovered(runtime, Address.FromId(client), clientLockup)
            || !state.IsCovered(runtime, ProviderAddress, nextLockup))
        {
            return;
        }

        AcceptedDeal deal = Normalize(index, client, proposal);
        bool isRepeated =
            state.LoadPending(runtime).Has(deal.Cid) || cids.Contains(deal.Cid);
        if (isRepeated || (proposal.IsVerified && !TrySpendDatacap(deal)))
        {
            return;
        }

        (providerLockup, clientLockups[client]) = (nextLockup, clientLockup);
        _ = cids.Add(deal.Cid);
        accepted.Add(deal);
    }

    /// <summary>Moves the clients' datacap to the registry for allocations.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_STATE, it does not.</exception>
    public void Allocate()
    {
        foreach ((ulong client, List<(AcceptedDeal Deal, AllocationRequest Request)> wanted)
            in requests)
        {
            TransferFromParams transfer = TransferOf(
                Address.FromId(new(client)), [.. wanted.Select(item => item.Request)]);
            ValueList<ulong> ids = Transfer(transfer);
            if (ids.Count != wanted.Count)
            {
                throw Abort.IllegalState($"{ids.Count} allocations for {wanted.Count} deals");
            }

            for (int i = 0; i < ids.Count; i++)
            {
                wanted[i].Deal.Allocation = new(ids[i]);
            }
        }
    }

    private AcceptedDeal Normalize(ulong index, ActorId client, DealProposal proposal)
    {
        DealProposal normal = proposal with
        {
            Provider = ProviderAddress,
            Client = Address.FromId(client),
        };
        byte[] encoded = Cbor.Encode(normal);
        Cid cid = DealProposal.ComputeCid(runtime, encoded);
        return new(index, client, normal, encoded, cid);
    }

    private bool TrySpendDatacap(AcceptedDeal deal)
    {
        if (!datacaps.TryGetValue(deal.Client, out TokenAmount left))
        {
            left = AskDatacap(deal.Client);
        }

        // Quirk: a piece of 2^63 bytes is a negative number here.
        TokenAmount needed = TokenAmount.FromFil(unchecked((long)deal.Proposal.PieceSize));
        bool isEnough = left >= needed;
        datacaps[deal.Client] = isEnough ? left - needed : left;
        if (isEnough)
        {
            if (!requests.TryGetValue(
                deal.Client.Value, out List<(AcceptedDeal, AllocationRequest)>? wanted))
            {
                requests.Add(deal.Client.Value, wanted = []);
            }

            wanted.Add((deal, RequestFor(deal.Proposal)));
        }

        return isEnough;
    }

    private AllocationRequest RequestFor(DealProposal deal) => new(
        provider,
        deal.PieceCid,
        deal.PieceSize,
        deal.Duration,
        long.Min(deal.Duration + DealPolicy.AllocationTermBuffer, DealPolicy.AllocationTermMax),
        new(long.Min(deal.StartEpoch, epoch + DealPolicy.AllocationExpirationMax)));

    private TokenAmount AskDatacap(ActorId client)
    {
        SendResult sent = runtime.Send(
            Address.FromId(WellKnownActors.DataCap),
            Balance,
            Address.FromId(client),
            TokenAmount.Zero);
        try
        {
            return sent.Require<TokenAmount>();
        }
        catch (ActorAbortException failure)
        {
            throw Abort.NotFound($"no datacap balance of client {client}: {failure.Message}");
        }
    }

    private static TransferFromParams TransferOf(
        Address client, ValueList<AllocationRequest> wanted)
    {
        ulong sizeBytes = 0;
        foreach (AllocationRequest request in wanted)
        {
            sizeBytes += request.Size;
        }

        return new(
            client,
            Address.FromId(WellKnownActors.VerifiedRegistry),
            TokenAmount.FromAtto((BigInteger)sizeBytes * TokenAmount.AttoPerFil),
            Cbor.Encode(new AllocationRequests(wanted, [])));
    }

    private ValueList<ulong> Transfer(TransferFromParams transfer)
    {
        SendResult sent = runtime.Send(
            Address.FromId(WellKnownActors.DataCap), TransferFrom, transfer, TokenAmount.Zero);
        try
        {
            ReadOnlyMemory<byte> answer = sent.Require<TransferFromReturn>().RecipientData;
            return ParameterCodec.DecodeCbor<AllocationsResponse>(answer.Span)
                .NewAllocations;
        }
        catch (ActorAbortException failure)
        {
            throw Abort.IllegalState(
                $"no datacap from client {transfer.From}: {failure.Message}");
        }
    }
}
