using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <summary>What a contract is made with.</summary>
/// <param name="Creator">Who makes it.</param>
/// <param name="Initcode">Code that runs once and returns the contract's own.</param>
[CborTuple]
public sealed partial record ConstructorParams(
    EthAddressBytes Creator, ReadOnlyMemory<byte> Initcode);

/// <summary>The data of a call: a bare byte string; empty if it is left out.</summary>
public readonly record struct InvokeContractParams(ReadOnlyMemory<byte> InputData)
    : ICbor<InvokeContractParams>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out InvokeContractParams value)
    {
        bool isRead = reader.TryReadBytes(out ReadOnlySpan<byte> bytes);
        value = new(bytes.ToArray());
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteBytes(InputData.Span);
}

/// <summary>What a call gave: a bare byte string.</summary>
public readonly record struct InvokeContractReturn(ReadOnlyMemory<byte> OutputData)
    : ICbor<InvokeContractReturn>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out InvokeContractReturn value)
    {
        bool isRead = reader.TryReadBytes(out ReadOnlySpan<byte> bytes);
        value = new(bytes.ToArray());
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteBytes(OutputData.Span);
}

/// <summary>A contract's code: a bare link, or null if the contract is dead.</summary>
public readonly record struct BytecodeReturn(Cid? Code) : ICbor<BytecodeReturn>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out BytecodeReturn value)
    {
        value = default;
        if (reader.TryReadNull())
        {
            return true;
        }

        bool isRead = reader.TryReadCid(out Cid code);
        value = isRead ? new(code) : default;
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer)
    {
        if (Code is Cid code)
        {
            writer.WriteCid(code);
        }
        else
        {
            writer.WriteNull();
        }
    }
}

/// <summary>Which slot is asked for.</summary>
[CborTuple]
public readonly partial record struct GetStorageAtParams(StorageWord StorageKey);

/// <summary>A call of another contract's code on the own state.</summary>
/// <param name="Code">The code, which must be reachable.</param>
/// <param name="Input">The call's data.</param>
/// <param name="Caller">Who called the contract that calls.</param>
/// <param name="Value">What came with that call.</param>
[CborTuple]
public sealed partial record DelegateCallParams(
    Cid Code, ReadOnlyMemory<byte> Input, EthAddressBytes Caller, TokenAmount Value);

/// <summary>An Ethereum address as a byte string of 20 bytes.</summary>
public readonly record struct EthAddressBytes(EthAddress Value) : ICbor<EthAddressBytes>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out EthAddressBytes value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        if (bytes.Length != EthAddress.Length)
        {
            return reader.FailAt(CborErrorKind.WrongLength, start);
        }

        value = new(EthAddress.FromBytes(bytes));
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer)
    {
        Span<byte> bytes = stackalloc byte[EthAddress.Length];
        Value.WriteBytes(bytes);
        writer.WriteBytes(bytes);
    }
}
