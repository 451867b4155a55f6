using Filecoin.Actors.Evm;

namespace Filecoin.Actors.Eam;

/// <summary>A contract made by another, at an address from a count.</summary>
/// <param name="Initcode">Code that runs once and returns the contract's own.</param>
/// <param name="Nonce">The maker's count.</param>
[CborTuple]
public sealed partial record CreateParams(ReadOnlyMemory<byte> Initcode, ulong Nonce);

/// <summary>A contract made by another, at an address from its code.</summary>
/// <param name="Initcode">Code that runs once and returns the contract's own.</param>
/// <param name="Salt">32 bytes that the maker chooses.</param>
[CborTuple]
public sealed partial record Create2Params(ReadOnlyMemory<byte> Initcode, WholeWord Salt);

/// <summary>A contract made by an account: the bare code that runs once.</summary>
public readonly record struct CreateExternalParams(ReadOnlyMemory<byte> Initcode)
    : ICbor<CreateExternalParams>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out CreateExternalParams value)
    {
        bool isRead = reader.TryReadBytes(out ReadOnlySpan<byte> bytes);
        value = new(bytes.ToArray());
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteBytes(Initcode.Span);
}

/// <summary>A contract that was made.</summary>
/// <param name="ActorId">Its id.</param>
/// <param name="RobustAddress">Its f2 address; null if it has replaced a dead one.</param>
/// <param name="EthAddress">Its address of 20 bytes.</param>
[CborTuple]
public sealed partial record CreateReturn(
    ActorId ActorId, Address? RobustAddress, EthAddressBytes EthAddress);
