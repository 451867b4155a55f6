namespace Filecoin.Actors.VerifiedRegistry;

/// <summary>What holds of the registry.</summary>
public static class VerifiedRegistryInvariants
{
    private static readonly HamtOptions Options = new(StateMap<ulong, UInt64Key, Claim>.BitWidth);

    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="store">Where its blocks are.</param>
    /// <exception cref="IpldException">A map cannot be read.</exception>
    /// <remarks>Spec: builtin-actors actors/verifreg/src/testing.rs.</remarks>
    public static IReadOnlyList<string> Check(VerifiedRegistryState state, IBlockstore store)
    {
        List<string> complaints = [];
        if (!state.RootKey.IsId)
        {
            complaints.Add($"the root key {state.RootKey} is no id");
        }

        CheckVerifiers(state, store, complaints);
        HashSet<ulong> known = [];
        Visit<Allocation>(store, state.Allocations, complaints, (client, id, allocation) =>
        {
            CheckId(state, known, id, complaints);
            if (allocation.Client.Value != client)
            {
                complaints.Add($"allocation {id} of f0{client} says f0{allocation.Client}");
            }

            if (allocation.TermMin > allocation.TermMax || allocation.TermMin < 0)
            {
                complaints.Add(
                    $"allocation {id} lasts {allocation.TermMin} to {allocation.TermMax}");
            }
        });
        Visit<Claim>(store, state.Claims, complaints, (provider, id, claim) =>
        {
            CheckId(state, known, id, complaints);
            if (claim.Provider.Value != provider)
            {
                complaints.Add($"claim {id} of f0{provider} says f0{claim.Provider}");
            }

            if (claim.TermMin > claim.TermMax || claim.TermMin < 0)
            {
                complaints.Add($"claim {id} lasts {claim.TermMin} to {claim.TermMax}");
            }
        });
        return complaints;
    }

    private static void CheckVerifiers(
        VerifiedRegistryState state, IBlockstore store, List<string> complaints) =>
        Hamt<BigInt>.Load(store, state.Verifiers, Options).ForEach((key, allowance) =>
        {
            if (!Address.TryDecode(key.Span, out Address verifier) || !verifier.IsId)
            {
                complaints.Add($"verifier {Convert.ToHexStringLower(key.Span)} is no id");
            }

            if (allowance.Value.Sign < 0)
            {
                complaints.Add($"verifier {verifier} may give {allowance}");
            }
        });

    private static void CheckId(
        VerifiedRegistryState state, HashSet<ulong> known, ulong id, List<string> complaints)
    {
        if (id == 0 || id >= state.NextAllocationId)
        {
            complaints.Add($"{id} was not given to an allocation");
        }

        if (!known.Add(id))
        {
            complaints.Add($"{id} is there twice");
        }
    }

    private static void Visit<T>(
        IBlockstore store, Cid root, List<string> complaints, Action<ulong, ulong, T> visit)
        where T : ICbor<T> => Hamt<Cid>.Load(store, root, Options).ForEach((outerKey, innerRoot) =>
        {
            Hamt<T> inner = Hamt<T>.Load(store, innerRoot, Options);
            if (!UInt64Key.TryParse(outerKey.Span, out ulong outer))
            {
                complaints.Add($"the key {Convert.ToHexStringLower(outerKey.Span)} is no id");
            }

            if (inner.IsEmpty)
            {
                complaints.Add($"f0{outer} has an empty map");
            }

            inner.ForEach((key, item) =>
            {
                if (UInt64Key.TryParse(key.Span, out ulong id))
                {
                    visit(outer, id, item);
                }
                else
                {
                    complaints.Add($"the key {Convert.ToHexStringLower(key.Span)} is no id");
                }
            });
        });
}
