using System.Numerics;
using Filecoin.Actors.Account;

namespace Filecoin.Actors.VerifiedRegistry;

/// <content>Verifiers, and the clients to whom they give datacap.</content>
public static partial class VerifiedRegistryActor
{
    private static void AddVerifier(IRuntime runtime, VerifierParams parameters)
    {
        // Quirk: parameters are checked, and accounts made, before the caller is.
        RequireEnough(runtime, parameters.Allowance);
        ActorId id = runtime.ResolveOrMake(parameters.Address, mustExist: true);
        Address verifier = Address.FromId(id);

        VerifiedRegistryState before = runtime.LoadState<VerifiedRegistryState>();
        runtime.RequireCaller(before.RootKey);

        if (verifier == before.RootKey)
        {
            throw Abort.IllegalArgument("the root key cannot be a verifier");
        }

        if (DatacapToken.BalanceOf(runtime, verifier).Sign > 0)
        {
            throw Abort.IllegalArgument($"{verifier}, a client, cannot be a verifier");
        }

        runtime.Transact((ref VerifiedRegistryState state) =>
            state.SetVerifier(runtime, verifier, parameters.Allowance));

        RegistryEvents.VerifierBalance(runtime, id, parameters.Allowance, null);
    }

    private static void RemoveVerifier(IRuntime runtime, Address address)
    {
        ActorId id = runtime.ResolveOrMake(address, mustExist: false);

        runtime.Transact((ref VerifiedRegistryState state) =>
        {
            runtime.RequireCaller(state.RootKey);
            state.RemoveVerifier(runtime, Address.FromId(id));
        });

        RegistryEvents.VerifierBalance(runtime, id, BigInt.Zero, null);
    }

    private static void AddVerifiedClient(IRuntime runtime, VerifierParams parameters)
    {
        runtime.AcceptAnyCaller();

        RequireEnough(runtime, parameters.Allowance);
        ActorId id = runtime.ResolveOrMake(parameters.Address, mustExist: true);
        Address client = Address.FromId(id);

        runtime.Transact((ref VerifiedRegistryState state) =>
        {
            BigInt rest = TakeFromVerifier(runtime, ref state, client, parameters.Allowance);
            RegistryEvents.VerifierBalance(runtime, runtime.Caller, rest, id);
        });

        DatacapToken.Mint(runtime, client, parameters.Allowance);
    }

    /// <summary>Lets the caller, a verifier, give less by an amount.</summary>
    private static BigInt TakeFromVerifier(
        IRuntime runtime, ref VerifiedRegistryState state, Address client, BigInteger amount)
    {
        if (client == state.RootKey)
        {
            throw Abort.IllegalArgument("the root key cannot be a client");
        }

        Address verifier = Address.FromId(runtime.Caller);
        if (!state.TryGetVerifier(runtime, verifier, out BigInt allowance))
        {
            throw Abort.NotFound($"caller {verifier} is no verifier");
        }

        if (state.TryGetVerifier(runtime, client, out _))
        {
            throw Abort.IllegalArgument($"{client}, a verifier, cannot be a client");
        }

        if (allowance.Value < amount)
        {
            throw Abort.IllegalArgument($"{amount} is more than {allowance}, all it may give");
        }

        BigInt rest = allowance.Value - amount;
        state.SetVerifier(runtime, verifier, rest);
        return rest;
    }

    private static RemoveDatacapReturn RemoveVerifiedClientDataCap(
        IRuntime runtime, RemoveDatacapParams parameters)
    {
        Address client = Address.FromId(
            runtime.ResolveOrMake(parameters.Client, mustExist: false));
        Address first = Address.FromId(
            runtime.ResolveOrMake(parameters.First.Verifier, mustExist: true));
        Address second = Address.FromId(
            runtime.ResolveOrMake(parameters.Second.Verifier, mustExist: true));
        if (first == second)
        {
            throw Abort.IllegalArgument("it takes two verifiers");
        }

        // Counted before the verifiers are asked, so that no call from within uses one twice.
        var ids = runtime.Transact((ref VerifiedRegistryState state) =>
        {
            runtime.RequireCaller(state.RootKey);
            if (parameters.Client == Address.FromId(WellKnownActors.VerifiedRegistry))
            {
                throw Abort.IllegalArgument("nothing can be taken from the registry itself");
            }

            RequireVerifier(runtime, state, first);
            RequireVerifier(runtime, state, second);
            return state.CountRemovals(runtime, first, second, client);
        });
        RequireSigned(runtime, parameters.First, new(client, parameters.Amount, ids.First));
        RequireSigned(runtime, parameters.Second, new(client, parameters.Amount, ids.Second));

        BigInteger removed = BigInteger.Min(
            DatacapToken.BalanceOf(runtime, client), parameters.Amount);
        DatacapToken.Destroy(runtime, client, removed);

        return new(client, removed);
    }

    private static void RequireVerifier(
        IRuntime runtime, in VerifiedRegistryState state, Address address)
    {
        if (!state.TryGetVerifier(runtime, address, out _))
        {
            throw Abort.NotFound($"{address} is no verifier");
        }
    }

    /// <summary>Asks a verifier, at the address that was given, whether it has signed.</summary>
    private static void RequireSigned(
        IRuntime runtime, RemoveDatacapRequest request, RemoveDatacapProposal proposal)
    {
        byte[] message = [.. "fil_removedatacap:"u8, .. Cbor.Encode(proposal)];
        runtime.RequireAuthentic(request.Verifier, request.Signature.Data, message);
    }

    private static void RequireEnough(IRuntime runtime, BigInteger allowance)
    {
        if (allowance < runtime.Policy.MinimumAllocationBytes)
        {
            throw Abort.IllegalArgument(
                $"{allowance} is less than {runtime.Policy.MinimumAllocationBytes}");
        }
    }
}
