using System.Numerics;
using Filecoin.Actors.Tokens;
using AllocationMap = Filecoin.ActorRuntime.StateMapOfMaps<
    ulong,
    Filecoin.ActorRuntime.UInt64Key,
    ulong,
    Filecoin.ActorRuntime.UInt64Key,
    Filecoin.Actors.VerifiedRegistry.Allocation>;

namespace Filecoin.Actors.VerifiedRegistry;

/// <content>Allocations: made for datacap that a client gives, removed when they expire.</content>
public static partial class VerifiedRegistryActor
{
    /// <summary>
    /// Takes datacap, and nothing else, for allocations and longer claims that cost just as much.
    /// </summary>
    private static AllocationsResponse Receive(IRuntime runtime, UniversalReceiverParams parameters)
    {
        runtime.RequireCaller(WellKnownActors.DataCap);
        _ = runtime.Epoch; // Asked for here, before anything that may fail.

        TokensReceived received = RequireTokens(runtime, parameters);
        AllocationRequests requests =
            ParameterCodec.DecodeCbor<AllocationRequests>(received.OperatorData.Span);
        List<Allocation> allocations = [];
        BigInteger total = 0;
        foreach (AllocationRequest request in requests.Allocations)
        {
            AllocationRules.Check(runtime, request);
            RequireMiner(runtime, request.Provider);
            allocations.Add(new(
                received.From,
                request.Provider,
                request.Data,
                request.Size,
                request.TermMin,
                request.TermMax,
                request.Expiration));
            total += request.Size;
        }

        List<(ulong Id, Claim Claim)> claims =
            Extend(runtime, requests.Extensions, out BigInteger extended);
        RequireExact(total + extended, received.Amount);

        // What new allocations cost is burnt when they are claimed.
        DatacapToken.Burn(runtime, extended);

        IReadOnlyList<ulong> ids = runtime.Transact((ref VerifiedRegistryState state) =>
            Save(runtime, ref state, (received.From, allocations), claims));
        return new(
            BatchReturn.Ok((uint)allocations.Count),
            BatchReturn.Ok((uint)claims.Count),
            [.. ids]);
    }

    private static RemoveExpiredAllocationsReturn RemoveExpiredAllocations(
        IRuntime runtime, RemoveExpiredAllocationsParams parameters)
    {
        runtime.AcceptAnyCaller();
        long epoch = runtime.Epoch.Value;

        BigInteger recovered = 0;
        Expired expired = runtime.Transact((ref VerifiedRegistryState state) =>
        {
            AllocationMap allocations = state.LoadAllocations(runtime);
            Expired found = Expired.Among(
                allocations, parameters.Client.Value, parameters.Ids, epoch);
            foreach (ulong id in found.Removable)
            {
                Allocation removed = Expired.Remove(allocations, parameters.Client.Value, id);
                RegistryEvents.AllocationRemoved(runtime, id, removed);
                recovered += removed.Size;
            }

            state.Allocations = allocations.Flush();
            return found;
        });

        // Quirk: the client is told also where there is nothing to give back.
        DatacapToken.Transfer(runtime, parameters.Client, recovered);

        return new(expired.Considered, expired.Results, recovered);
    }

    private static TokensReceived RequireTokens(
        IRuntime runtime, UniversalReceiverParams parameters)
    {
        if (parameters.Type != TokensReceived.Type)
        {
            throw Abort.IllegalArgument($"tokens of type {parameters.Type} are not taken");
        }

        TokensReceived received =
            ParameterCodec.DecodeCbor<TokensReceived>(parameters.Payload.Span);
        return received.To == runtime.Receiver
            ? received
            : throw Abort.IllegalArgument($"these tokens are for f0{received.To}");
    }

    private static void RequireMiner(IRuntime runtime, ActorId provider)
    {
        if (!runtime.TryGetCode(provider, out Cid code)
            || runtime.BuiltinTypeOf(code) != BuiltinType.Miner)
        {
            throw Abort.IllegalArgument($"provider f0{provider} is no miner");
        }
    }

    private static void RequireExact(BigInteger bytes, TokenAmount tokens)
    {
        BigInteger given = DatacapToken.ToBytes(tokens);
        if (bytes != given)
        {
            throw Abort.IllegalArgument($"{bytes} bytes are wanted for {given} of datacap");
        }
    }

    private static IReadOnlyList<ulong> Save(
        IRuntime runtime,
        ref VerifiedRegistryState state,
        (ActorId Client, List<Allocation> Allocations) added,
        List<(ulong Id, Claim Claim)> claims)
    {
        IReadOnlyList<ulong> ids = state.Add(runtime, added.Client, added.Allocations);
        for (int i = 0; i < ids.Count; i++)
        {
            RegistryEvents.Allocation(runtime, ids[i], added.Allocations[i]);
        }

        state.Replace(runtime, claims);
        foreach ((ulong id, Claim claim) in claims)
        {
            RegistryEvents.ClaimUpdated(runtime, id, claim);
        }

        return ids;
    }
}
