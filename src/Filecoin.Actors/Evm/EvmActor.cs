using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <summary>A contract of Ethereum.</summary>
/// <remarks>Spec: actors/evm; builtin-actors actors/evm/src/lib.rs.</remarks>
public sealed class EvmActor
{
    /// <summary>Methods up to this number are no function's of a contract.</summary>
    internal const ulong ReservedMethodMax = 1_023;

    // Codes never change, so that all machines of a process share what is known of them.
    private static readonly EvmCodeCache Codes = new();

    private readonly EvmMetering metering;

    private EvmActor(EvmMetering metering) => this.metering = metering;

    /// <summary>The method that calls the contract; before the table that has it.</summary>
    internal static MethodNumber InvokeContractNumber { get; } =
        MethodNumber.Exported("InvokeEVM");

    /// <summary>What it is and can do; a contract's own work costs nothing.</summary>
    public static BuiltinActor Definition { get; } = Metered(EvmMetering.Free);

    /// <summary>The same with a price for a contract's own work.</summary>
    public static BuiltinActor Metered(EvmMetering metering)
    {
        EvmActor actor = new(metering);
        return new(
            BuiltinType.Evm,
            [
                ActorMethod.Of<ConstructorParams>(1, nameof(Constructor), actor.Constructor),
                ActorMethod.Of<ConstructorParams>(2, nameof(Resurrect), actor.Resurrect),
                ActorMethod.Returning<BytecodeReturn>(3, nameof(GetBytecode), GetBytecode)
                    .Giving(Codec.DagCbor),
                ActorMethod.Returning<WholeWord>(4, nameof(GetBytecodeHash), GetBytecodeHash),
                ActorMethod.Of<GetStorageAtParams, StorageWord>(
                    5, nameof(GetStorageAt), GetStorageAt),
                ActorMethod.Of<DelegateCallParams, InvokeContractReturn>(
                    6, nameof(InvokeContractDelegate), actor.InvokeContractDelegate)
                    .Taking(Codec.DagCbor),
                ActorMethod.OrDefault<InvokeContractParams, InvokeContractReturn>(
                    InvokeContractNumber.Value, nameof(InvokeContract), actor.InvokeContract),
            ])
        {
            IsRestricted = false,
            Fallback = actor.HandleFilecoinMethod,
        };
    }

    private void Constructor(IRuntime runtime, ConstructorParams parameters)
    {
        runtime.RequireCaller(WellKnownActors.Init);
        Initialize(LiveContract.Create(runtime), parameters);
    }

    private void Resurrect(IRuntime runtime, ConstructorParams parameters)
    {
        runtime.RequireCaller(WellKnownActors.EthereumAddressManager);
        Initialize(LiveContract.Resurrect(runtime), parameters);
    }

    private static BytecodeReturn GetBytecode(IRuntime runtime)
    {
        runtime.AcceptAnyCaller();
        EvmState state = runtime.LoadState<EvmState>();
        return new(state.IsDead(MessageMark.Of(runtime)) ? null : state.Bytecode);
    }

    private static WholeWord GetBytecodeHash(IRuntime runtime)
    {
        runtime.AcceptAnyCaller();
        EvmState state = runtime.LoadState<EvmState>();
        return state.IsDead(MessageMark.Of(runtime))
            ? new(CodeHashes.OfNothing)
            : state.BytecodeHash;
    }

    /// <summary>For nodes: no actor has this caller's id.</summary>
    private static StorageWord GetStorageAt(IRuntime runtime, GetStorageAtParams parameters)
    {
        runtime.RequireCaller(WellKnownActors.System);
        LiveContract contract = LiveContract.Load(runtime);
        try
        {
            return new(contract.LoadSlot(parameters.StorageKey.Value));
        }
        catch (IpldException failure)
        {
            throw Abort.AssertionFailed($"failed to get storage key: {failure.Message}");
        }
    }

    private InvokeContractReturn InvokeContractDelegate(
        IRuntime runtime, DelegateCallParams parameters)
    {
        runtime.RequireCaller(runtime.Receiver);
        LiveContract contract = Load(runtime);
        return new(Run(
            contract,
            parameters.Code,
            parameters.Input,
            parameters.Caller.Value,
            U256.FromTokenAmount(parameters.Value)));
    }

    private InvokeContractReturn InvokeContract(
        IRuntime runtime, InvokeContractParams parameters)
    {
        runtime.AcceptAnyCaller();
        LiveContract contract = Load(runtime);
        if (!contract.Bytecode.IsDefined)
        {
            return default;
        }

        EthAddress caller = EthAddresses.Of(runtime, runtime.Caller);
        return new(Run(
            contract,
            contract.Bytecode,
            parameters.InputData,
            caller,
            U256.FromTokenAmount(runtime.ValueReceived)));
    }

    private IpldBlock? HandleFilecoinMethod(
        IRuntime runtime, MethodNumber method, IpldBlock? parameters)
    {
        if (method.Value <= ReservedMethodMax)
        {
            throw Abort.UnhandledMessage($"invalid method: {method}");
        }

        byte[] input = FilecoinMethodCall.WriteInput(method, parameters);
        InvokeContractReturn output = InvokeContract(runtime, new(input));
        return FilecoinMethodCall.ReadOutput(output.OutputData.Span);
    }

    private void Initialize(LiveContract contract, ConstructorParams parameters)
    {
        IRuntime runtime = contract.Runtime;
        EthAddress receiver = EthAddresses.Of(runtime, runtime.Receiver);
        if (receiver.TryGetActorId(out _))
        {
            throw Abort.Forbidden($"contract f0{runtime.Receiver} has no Ethereum address");
        }

        if (!parameters.Initcode.IsEmpty)
        {
            ReadOnlyMemory<byte> code = Execute(contract, new(
                new(parameters.Initcode.Span),
                default,
                receiver,
                parameters.Creator.Value,
                U256.FromTokenAmount(runtime.ValueReceived),
                contract.IsReadOnly));
            contract.SetBytecode(code);
        }

        contract.Flush();
    }

    /// <summary>Quirk: whatever is wrong with the state, the caller learns nothing of it.</summary>
    private static LiveContract Load(IRuntime runtime)
    {
        try
        {
            return LiveContract.Load(runtime);
        }
        catch (Exception failure) when (failure is ActorAbortException or IpldException)
        {
            throw Abort.Unspecified($"failed to load the contract: {failure.Message}");
        }
    }

    private ReadOnlyMemory<byte> Run(
        LiveContract contract, Cid code, ReadOnlyMemory<byte> input, EthAddress caller, U256 value)
    {
        IRuntime runtime = contract.Runtime;
        if (!runtime.Store.TryGet(code, out ReadOnlyMemory<byte> bytes))
        {
            throw Abort.AssertionFailed($"code {code} is not in the store");
        }

        if (bytes.IsEmpty)
        {
            return default;
        }

        EthAddress receiver = EthAddresses.Of(runtime, runtime.Receiver);
        ReadOnlyMemory<byte> output = Execute(
            contract,
            new(Analyse(code, bytes.Span), input, receiver, caller, value, contract.IsReadOnly));
        contract.Flush();
        return output;
    }

    private ReadOnlyMemory<byte> Execute(
        LiveContract contract, in EvmInvocation invocation)
    {
        ContractHost host = new(contract, metering)
        {
            Caller = invocation.Caller,
            Value = invocation.Value,
        };
        EvmResult result = contract.Runtime.Observer is IInstructionObserver observer
            ? RunObserved(invocation, host, observer)
            : EvmInterpreter.Run(invocation, host);
        if (result.ExitCode.IsSuccess)
        {
            return result.Output;
        }

        if (result.ExitCode == ExitCode.SysOutOfGas)
        {
            contract.Runtime.ChargeExecution(long.MaxValue);
        }

        if (result.ExitCode.IsSystem)
        {
            throw new ActorTrapException($"trap at {result.Position}");
        }

        throw new ActorAbortException(
            result.ExitCode,
            $"contract ended at {result.Position}",
            result.ExitCode == EvmExitCode.Reverted
                ? ParameterCodec.Encode(new InvokeContractReturn(result.Output))
                : null);
    }

    private static EvmResult RunObserved(
        in EvmInvocation invocation, ContractHost host, IInstructionObserver observer)
    {
        observer.OnRunBegun(invocation.Receiver.ToBytes());
        ExitCode? exit = null;
        try
        {
            EvmResult result = EvmInterpreter.Run(invocation, host);
            exit = result.ExitCode;
            return result;
        }
        finally
        {
            observer.OnRunEnded(host.MilligasLeft, exit);
        }
    }

    /// <summary>By the code's CID, unless that can be made to say anything.</summary>
    private static EvmCode Analyse(Cid code, ReadOnlySpan<byte> bytes) =>
        code.HashFunction == Multihash.Blake2b256 && code.Digest.Length == U256.Length
            ? Codes.Get(U256.FromBigEndian(code.Digest), bytes)
            : new(bytes);
}
