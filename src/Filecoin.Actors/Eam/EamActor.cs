using System.Buffers.Binary;
using Filecoin.Actors.Init;
using Filecoin.Evm;

namespace Filecoin.Actors.Eam;

/// <summary>The Ethereum address manager, f010: it makes contracts. It has no state.</summary>
/// <remarks>Spec: actors/eam; builtin-actors actors/eam/src/lib.rs.</remarks>
public static class EamActor
{
    private const byte ShortString = 0x80;
    private const byte ShortList = 0xc0;
    private const byte SaltedPrefix = 0xff;

    private static readonly MethodNumber ResurrectContract = new(2);
    private static readonly MethodNumber PubkeyAddress = new(2);
    private static readonly MethodNumber Exec4 = new(3);
    private static readonly Address Init = Address.FromId(WellKnownActors.Init);

    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.EthereumAddressManager,
        [
            ActorMethod.Of(1, nameof(Constructor), Constructor),
            ActorMethod.Of<CreateParams, CreateReturn>(2, nameof(Create), Create),
            ActorMethod.Of<Create2Params, CreateReturn>(3, nameof(Create2), Create2),
            ActorMethod.Of<CreateExternalParams, CreateReturn>(
                4, nameof(CreateExternal), CreateExternal),
        ])
    {
        IsRestricted = false,
    };

    /// <summary>The address of a contract that is made by count.</summary>
    internal static EthAddress AddressByNonce(IRuntime runtime, EthAddress maker, ulong nonce)
    {
        // A list of the maker and the count, as Ethereum writes them.
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(number, nonce);
        number = number.TrimStart((byte)0);
        bool isSelfDescribing = number is [< ShortString];
        int length = 1 + EthAddress.Length + number.Length + (isSelfDescribing ? 0 : 1);
        Span<byte> list = stackalloc byte[1 + length];
        list[0] = (byte)(ShortList + length);
        list[1] = ShortString + EthAddress.Length;
        maker.WriteBytes(list[2..]);
        if (!isSelfDescribing)
        {
            list[2 + EthAddress.Length] = (byte)(ShortString + number.Length);
        }

        number.CopyTo(list[^number.Length..]);
        return Truncate(runtime, list);
    }

    /// <summary>The address of a contract that is made by its code.</summary>
    internal static EthAddress AddressBySalt(
        IRuntime runtime, EthAddress maker, U256 salt, ReadOnlySpan<byte> initcode)
    {
        Span<byte> seed = stackalloc byte[1 + EthAddress.Length + (2 * U256.Length)];
        _ = runtime.Hash(HashFunction.Keccak256, initcode, seed[^U256.Length..]);
        seed[0] = SaltedPrefix;
        maker.WriteBytes(seed[1..]);
        salt.WriteBigEndian(seed[(1 + EthAddress.Length)..]);
        return Truncate(runtime, seed);
    }

    private static void Constructor(IRuntime runtime)
    {
        if (runtime.Receiver != WellKnownActors.EthereumAddressManager)
        {
            throw Abort.Forbidden($"the manager was made at f0{runtime.Receiver}");
        }

        runtime.RequireCaller(WellKnownActors.System);
    }

    private static CreateReturn Create(IRuntime runtime, CreateParams parameters)
    {
        runtime.RequireCallerType(BuiltinType.Evm);
        EthAddress maker = RequireEthAddress(runtime, runtime.Caller);

        EthAddress address = AddressByNonce(runtime, maker, parameters.Nonce);
        return Make(runtime, maker, address, parameters.Initcode);
    }

    private static CreateReturn Create2(IRuntime runtime, Create2Params parameters)
    {
        runtime.RequireCallerType(BuiltinType.Evm);
        EthAddress maker = RequireEthAddress(runtime, runtime.Caller);

        EthAddress address = AddressBySalt(
            runtime, maker, parameters.Salt.Value, parameters.Initcode.Span);
        return Make(runtime, maker, address, parameters.Initcode);
    }

    private static CreateReturn CreateExternal(IRuntime runtime, CreateExternalParams parameters)
    {
        runtime.RequireCaller(runtime.Origin);
        (EthAddress maker, EthAddress stable) = RequireAccount(runtime, runtime.Caller);

        EthAddress address = AddressByNonce(runtime, stable, runtime.Nonce);
        return Make(runtime, maker, address, parameters.Initcode);
    }

    /// <summary>An account as contracts see it, and an address that no fork changes.</summary>
    private static (EthAddress Maker, EthAddress Stable) RequireAccount(
        IRuntime runtime, ActorId id)
    {
        if (!runtime.TryGetCode(id, out Cid code))
        {
            throw Abort.AssertionFailed("failed to look up the caller's code");
        }

        switch (runtime.BuiltinTypeOf(code))
        {
            case BuiltinType.Account:
                Address key = AskForKey(runtime, id);
                return (EthAddress.FromActorId(id), Truncate(runtime, key.ToBytes()));
            case BuiltinType.EthereumAccount:
                EthAddress address = RequireEthAddress(runtime, id);
                return (address, address);
            case BuiltinType type:
                throw Abort.Forbidden($"{type} actors cannot make contracts");
        }
    }

    private static Address AskForKey(IRuntime runtime, ActorId account)
    {
        SendResult result = runtime.Send(new()
        {
            To = Address.FromId(account),
            Method = PubkeyAddress,
            IsReadOnly = true,
        });
        if (result.Error != ErrorNumber.None)
        {
            throw Abort.AssertionFailed($"account gave no key address: {result.Error}");
        }

        return result.ExitCode.IsSuccess
            ? result.Require<Address>()
            : throw new ActorAbortException(
                result.FailureCode, "failed to get the account's key address");
    }

    private static EthAddress RequireEthAddress(IRuntime runtime, ActorId id)
    {
        bool isKnown = runtime.TryGetDelegatedAddress(id, out Address address)
            & address.TryGetDelegated(out ulong manager, out ReadOnlySpan<byte> subaddress)
            && manager == WellKnownActors.EthereumAddressManager.Value
            && subaddress.Length == EthAddress.Length;
        return isKnown
            ? EthAddress.FromBytes(subaddress)
            : throw Abort.Forbidden($"f0{id} has no Ethereum address");
    }

    private static CreateReturn Make(
        IRuntime runtime, EthAddress maker, EthAddress address, ReadOnlyMemory<byte> initcode)
    {
        if (IsReserved(address))
        {
            throw Abort.Forbidden($"{address} is reserved");
        }

        ReadOnlyMemory<byte> parameters =
            Cbor.Encode(new Evm.ConstructorParams(new(maker), initcode));
        byte[] subaddress = address.ToBytes();
        Address delegated =
            Address.FromDelegated(WellKnownActors.EthereumAddressManager, subaddress);
        if (runtime.TryResolve(delegated, out ActorId id) && IsContract(runtime, id, address))
        {
            _ = runtime.Send(
                Address.FromId(id),
                ResurrectContract,
                new(Codec.Cbor, parameters),
                runtime.ValueReceived).Require();
            return new(id, null, new(address));
        }

        Exec4Params made = new(runtime.CodeOf(BuiltinType.Evm), parameters, subaddress);
        ExecReturn result = runtime.Send(Init, Exec4, made, runtime.ValueReceived)
            .Require<ExecReturn>();
        return result.IdAddress.TryGetId(out ActorId newId)
            ? new(newId, result.RobustAddress, new(address))
            : throw Abort.AssertionFailed($"no id address: {result.IdAddress}");
    }

    /// <summary>Whether a contract is there, dead or not; otherwise it is a placeholder.</summary>
    private static bool IsContract(IRuntime runtime, ActorId id, EthAddress address)
    {
        if (!runtime.TryGetCode(id, out Cid code))
        {
            throw Abort.AssertionFailed("failed to look up the actor's code");
        }

        return runtime.BuiltinTypeOf(code) switch
        {
            BuiltinType.Evm => true,
            BuiltinType.Placeholder => false,
            _ => throw Abort.Forbidden($"cannot make a contract over the actor at {address}"),
        };
    }

    /// <summary>Masked ids, and both ranges of precompiled contracts with their zeros.</summary>
    /// <remarks>Quirk: the precompiled contract outside of the ranges is not reserved.</remarks>
    private static bool IsReserved(EthAddress address)
    {
        Span<byte> bytes = stackalloc byte[EthAddress.Length];
        address.WriteBytes(bytes);
        return address.TryGetActorId(out _)
            || (bytes[0] is 0 or EvmPrecompiles.FilecoinPrefix
                && !bytes[1..^1].ContainsAnyExcept((byte)0));
    }

    private static EthAddress Truncate(IRuntime runtime, ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[U256.Length];
        _ = runtime.Hash(HashFunction.Keccak256, data, digest);
        return EthAddress.FromBytes(digest[^EthAddress.Length..]);
    }
}
