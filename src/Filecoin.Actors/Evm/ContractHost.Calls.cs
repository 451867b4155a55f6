using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <content>Calls, creations and the contract's end.</content>
/// <remarks>
/// Spec: actors/evm 8 to 10; builtin-actors actors/evm/src/interpreter/instructions/call.rs and
/// lifecycle.rs.
/// </remarks>
internal sealed partial class ContractHost
{
    /// <summary>What the compiler of contracts gives for a bare transfer of value.</summary>
    private const ulong TransferStipend = 2_300;

    /// <summary>Gas for a bare transfer: enough in any case.</summary>
    private const ulong TransferGas = 10_000_000;

    private static readonly MethodNumber InvokeContractDelegate = new(6);
    private static readonly MethodNumber Create = new(2);
    private static readonly MethodNumber CreateSalted = new(3);

    private static readonly Address Manager =
        Address.FromId(WellKnownActors.EthereumAddressManager);

    private ulong GasForOthers => 63 * runtime.GasAvailable() / 64;

    /// <inheritdoc/>
    public ExitCode CallAccount(in EvmCall request, out EvmCallResult result)
    {
        result = request.Kind == EvmCallKind.Delegate
            ? CallCode(request)
            : CallContract(request);
        return ExitCode.Ok;
    }

    /// <inheritdoc/>
    public bool TryTransfer(EthAddress target, in U256 value) =>
        TryTransfer(target, value.ToTokenAmount());

    /// <inheritdoc/>
    public ExitCode CreateContract(in EvmCreation request, out EvmCallResult result)
    {
        IpldBlock parameters = request.Salt is U256 salt
            ? ParameterCodec.Encode(
                new Eam.Create2Params(request.InitCode.ToArray(), new(salt)))
            : ParameterCodec.Encode(
                new Eam.CreateParams(request.InitCode.ToArray(), contract.Nonce));
        contract.IncrementNonce();

        SendResult sent = contract.Send(new()
        {
            To = Manager,
            Method = request.Salt is null ? Create : CreateSalted,
            Parameters = parameters,
            Value = request.Value.ToTokenAmount(),
            GasLimit = GasForOthers,
        });

        result = sent.IsSuccess
            ? new(sent.Require<Eam.CreateReturn>().EthAddress.Value.ToWord(), default)
            : new(U256.Zero, DataOf(sent.Value));
        return ExitCode.Ok;
    }

    /// <inheritdoc/>
    public bool TrySelfDestruct(EthAddress beneficiary)
    {
        if (!TryTransfer(beneficiary, runtime.CurrentBalance()))
        {
            return false;
        }

        contract.MarkDestroyed();
        return true;
    }

    private bool TryTransfer(EthAddress target, TokenAmount value) => runtime.Send(
        target.ToFilecoinAddress(), MethodNumber.Send, null, value).IsSuccess;

    private EvmCallResult CallContract(in EvmCall request)
    {
        bool isTransfer = request.Value.IsZero
            ? request.Gas == TransferStipend
            : request.Gas.IsZero;
        bool isStatic = request.Kind == EvmCallKind.Static;
        SendResult sent = contract.Send(new()
        {
            To = request.Target.ToFilecoinAddress(),
            Method = EvmActor.InvokeContractNumber,
            Parameters = request.Input.IsEmpty ? null : new(Codec.Raw, request.Input.ToArray()),
            Value = request.Value.ToTokenAmount(),
            GasLimit = LimitOf(isTransfer ? TransferGas : request.Gas),
            IsReadOnly = isStatic,
        });
        return sent.Error switch
        {
            ErrorNumber.None => ResultOf(sent),
            ErrorNumber.NotFound => EvmCallResult.Success,

            // An account would have been made, which Ethereum does not do.
            ErrorNumber.ReadOnly when contract.IsReadOnly || isStatic => EvmCallResult.Success,
            _ => EvmCallResult.Failure,
        };
    }

    /// <summary>Runs another contract's code on this one's state.</summary>
    private EvmCallResult CallCode(in EvmCall request)
    {
        switch (KindOf(request.Target, out ActorId id))
        {
            case AccountKind.Missing or AccountKind.Account:
                return EvmCallResult.Success;
            case AccountKind.Precompile or AccountKind.NativeActor:
                return EvmCallResult.Failure;
        }

        if (Ask<BytecodeReturn>(id, GetBytecode).Code is not Cid code)
        {
            return EvmCallResult.Success;
        }

        // Of this codec because the code must be within the callee's reach.
        DelegateCallParams parameters =
            new(code, request.Input.ToArray(), new(Caller), Value.ToTokenAmount());
        SendResult sent = contract.Send(new()
        {
            To = Address.FromId(runtime.Receiver),
            Method = InvokeContractDelegate,
            Parameters = new(Codec.DagCbor, Cbor.Encode(parameters)),
            GasLimit = LimitOf(request.Gas),
        });
        return ResultOf(sent);
    }

    private ulong LimitOf(in U256 gas) => Math.Min(gas.Saturated, GasForOthers);

    private static EvmCallResult ResultOf(in SendResult sent) =>
        new(sent.IsSuccess ? U256.One : U256.Zero, DataOf(sent.Value));

    /// <summary>The bytes that an actor gave: one byte string's, or all as they are.</summary>
    private static ReadOnlyMemory<byte> DataOf(IpldBlock? block)
    {
        if (block is null || block.Codec == Codec.Raw)
        {
            return block?.Data ?? default;
        }

        CborReader reader = CborReader.Lenient(block.Data.Span);
        return reader.TryReadBytes(out ReadOnlySpan<byte> bytes) && reader.TryEnd()
            ? bytes.ToArray()
            : block.Data;
    }
}
