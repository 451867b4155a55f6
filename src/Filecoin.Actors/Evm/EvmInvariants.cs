using Filecoin.Crypto;
using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <summary>What holds of every contract.</summary>
public static class EvmInvariants
{
    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="state">The contract's state.</param>
    /// <param name="store">Where its blocks are.</param>
    /// <exception cref="IpldException">Its storage cannot be read.</exception>
    public static IReadOnlyList<string> Check(in EvmState state, IBlockstore store)
    {
        List<string> complaints = [];
        if (state.Nonce == 0)
        {
            complaints.Add("the nonce counts from 1");
        }

        CheckCode(state, store, complaints);
        _ = CheckStorage(state.ContractState, "storage", store, complaints);
        if (state.TransientData is TransientData data)
        {
            int entries = CheckStorage(data.State, "a message's storage", store, complaints);
            if (entries == 0)
            {
                complaints.Add("a message's storage is kept though it is empty");
            }
        }

        return complaints;
    }

    private static void CheckCode(in EvmState state, IBlockstore store, List<string> complaints)
    {
        if (!store.TryGet(state.Bytecode, out ReadOnlyMemory<byte> code))
        {
            complaints.Add($"code {state.Bytecode} is not in the store");
            return;
        }

        if (code.Length > LiveContract.CodeLengthMax
            || code.Span is [LiveContract.ReservedCodeStart, ..])
        {
            complaints.Add($"code of {code.Length} bytes is too long, or begins with ef");
        }

        Span<byte> digest = stackalloc byte[Keccak256.DigestLength];
        Keccak256.Hash(code.Span, digest);
        if (U256.FromBigEndian(digest) != state.BytecodeHash.Value)
        {
            complaints.Add($"the code has not the hash {state.BytecodeHash.Value}");
        }
    }

    private static int CheckStorage(
        Cid root, string name, IBlockstore store, List<string> complaints)
    {
        int entries = 0;
        Kamt<StorageWord> map =
            Kamt<StorageWord>.Load(store, root, KamtOptions.ContractStorage);
        foreach ((ReadOnlyMemory<byte> slot, StorageWord word) in map.Entries())
        {
            entries++;
            if (word.Value.IsZero)
            {
                complaints.Add($"{name} has zero in slot {U256.FromBigEndian(slot.Span)}");
            }
        }

        return entries;
    }
}
