using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <content>Other accounts: balances and code.</content>
/// <remarks>
/// Spec: actors/evm 12; builtin-actors actors/evm/src/interpreter/instructions/ext.rs.
/// </remarks>
internal sealed partial class ContractHost
{
    private static readonly MethodNumber GetBytecode = new(3);
    private static readonly MethodNumber GetBytecodeHash = new(4);

    /// <summary>What built-in actors other than contracts and accounts seem to have.</summary>
    private static readonly byte[] NativeActorCode = [0xfe];

    private enum AccountKind
    {
        Missing,
        Precompile,
        Account,
        NativeActor,
        Contract,
    }

    /// <inheritdoc/>
    public U256 Balance(EthAddress address) =>
        runtime.TryResolve(address.ToFilecoinAddress(), out ActorId id)
        && runtime.TryGetBalance(id, out TokenAmount balance)
            ? U256.FromTokenAmount(balance)
            : U256.Zero;

    /// <inheritdoc/>
    public ExitCode CodeSize(EthAddress address, out int size)
    {
        ExitCode code = LoadCode(address, out ReadOnlyMemory<byte> bytes);
        size = bytes.Length;
        return code;
    }

    /// <inheritdoc/>
    public ExitCode LoadCode(EthAddress address, out ReadOnlyMemory<byte> code)
    {
        code = KindOf(address, out ActorId id) switch
        {
            AccountKind.Contract => LoadCode(id),
            AccountKind.NativeActor => NativeActorCode,
            AccountKind.Missing or AccountKind.Precompile or AccountKind.Account => default,
        };
        return ExitCode.Ok;
    }

    /// <inheritdoc/>
    public ExitCode CodeHash(EthAddress address, out U256 hash)
    {
        hash = KindOf(address, out ActorId id) switch
        {
            AccountKind.Missing => U256.Zero,
            AccountKind.Precompile or AccountKind.Account => CodeHashes.OfNothing,
            AccountKind.NativeActor => CodeHashes.OfNativeActor,
            AccountKind.Contract => Ask<WholeWord>(id, GetBytecodeHash).Value,
        };
        return ExitCode.Ok;
    }

    private AccountKind KindOf(EthAddress address, out ActorId id)
    {
        id = default;
        if (EvmPrecompiles.IsEthereum(address) || IsFilecoinPrecompile(address))
        {
            return AccountKind.Precompile;
        }

        if (!runtime.TryResolve(address.ToFilecoinAddress(), out id)
            || !runtime.TryGetCode(id, out Cid code))
        {
            return AccountKind.Missing;
        }

        return runtime.BuiltinTypeOf(code) switch
        {
            BuiltinType.Account or BuiltinType.Placeholder or BuiltinType.EthereumAccount =>
                AccountKind.Account,
            BuiltinType.Evm => AccountKind.Contract,
            _ => AccountKind.NativeActor,
        };
    }

    private ReadOnlyMemory<byte> LoadCode(ActorId contractId)
    {
        if (Ask<BytecodeReturn>(contractId, GetBytecode).Code is not Cid code)
        {
            return default;
        }

        return runtime.Store.TryGet(code, out ReadOnlyMemory<byte> bytes)
            ? bytes
            : throw Abort.IllegalState($"code {code} is not in the store");
    }

    /// <summary>Asks a contract; if that fails, so does this one.</summary>
    private T Ask<T>(ActorId other, MethodNumber method)
        where T : ICbor<T>
    {
        SendResult result = contract.Send(new()
        {
            To = Address.FromId(other),
            Method = method,
            IsReadOnly = true,
        });

        // Quirk: a call that cannot be made ends with this code, whatever the reason.
        return result.Error == ErrorNumber.None
            ? result.Require<T>()
            : throw Abort.Unspecified($"method {method} of f0{other} not called: {result.Error}");
    }
}
