using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <summary>A contract's state.</summary>
/// <param name="Bytecode">The code: a raw block.</param>
/// <param name="BytecodeHash">Keccak-256 of the code.</param>
/// <param name="ContractState">KAMT from slots to values that are not zero.</param>
/// <param name="TransientData">Storage of one message; null if there is none.</param>
/// <param name="Nonce">From 1; counts attempts to make contracts.</param>
/// <param name="Tombstone">The message that the contract has destroyed itself in.</param>
/// <remarks>Spec: actors/evm 3.1; builtin-actors actors/evm/src/state.rs.</remarks>
[CborTuple]
public readonly partial record struct EvmState(
    Cid Bytecode,
    WholeWord BytecodeHash,
    Cid ContractState,
    TransientData? TransientData,
    ulong Nonce,
    MessageMark? Tombstone)
{
    /// <summary>Whether the contract destroyed itself in an earlier message.</summary>
    public bool IsDead(MessageMark current) =>
        Tombstone is MessageMark tombstone && tombstone != current;
}

/// <summary>Storage that is gone when the message is over.</summary>
/// <param name="State">KAMT from slots to values that are not zero.</param>
/// <param name="Lifespan">The message; in others the storage counts as empty.</param>
[CborTuple]
public readonly partial record struct TransientData(Cid State, MessageMark Lifespan);

/// <summary>Which message it is.</summary>
/// <param name="Origin">Its sender.</param>
/// <param name="Nonce">Its nonce.</param>
[CborTuple]
public readonly partial record struct MessageMark(ActorId Origin, ulong Nonce)
{
    /// <summary>The message that runs.</summary>
    public static MessageMark Of(IRuntime runtime) => new(runtime.Origin, runtime.Nonce);
}

/// <summary>A word of exactly 32 bytes: a hash, or a salt.</summary>
public readonly record struct WholeWord(U256 Value) : ICbor<WholeWord>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out WholeWord value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        if (bytes.Length != U256.Length)
        {
            return reader.FailAt(CborErrorKind.WrongLength, start);
        }

        value = new(U256.FromBigEndian(bytes));
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer)
    {
        Span<byte> bytes = stackalloc byte[U256.Length];
        Value.WriteBigEndian(bytes);
        writer.WriteBytes(bytes);
    }
}

/// <summary>A word of storage: its bytes without leading zeros.</summary>
/// <remarks>Spec: actors/evm 1; builtin-actors actors/evm/shared/src/uints.rs.</remarks>
public readonly record struct StorageWord(U256 Value) : ICbor<StorageWord>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out StorageWord value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        if (bytes.Length > U256.Length)
        {
            return reader.FailAt(CborErrorKind.WrongLength, start);
        }

        value = new(U256.FromBigEndian(bytes));
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer)
    {
        Span<byte> bytes = stackalloc byte[U256.Length];
        Value.WriteBigEndian(bytes);
        writer.WriteBytes(bytes.TrimStart((byte)0));
    }
}
