using System.Diagnostics.CodeAnalysis;
using Filecoin.ActorRuntime;

namespace Filecoin.Vm;

/// <summary>
/// The kernel as a native actor sees it: each member pays as the Wasm's host call.
/// </summary>
/// <remarks>
/// Spec: builtin-actors runtime/src/runtime/fvm.rs; ref-fvm sdk/src. Only network versions whose
/// built-in actors are written in C# get here, so the kernel's older forms are not called.
/// </remarks>
internal sealed partial class KernelRuntime(
    CallManager calls, ExecutionMeter meter, Kernel kernel, Policy policy) : IRuntime
{
    private const ulong UnlimitedGas = ulong.MaxValue;

    private readonly KernelBlockstore store = new(meter, kernel);
    private MessageContextData message;
    private NetworkContextData network;
    private bool hasNetwork;

    /// <inheritdoc/>
    public Policy Policy => policy;

    /// <inheritdoc/>
    public bool IsCallerValidated { get; set; }

    /// <inheritdoc/>
    public bool IsInTransaction { get; set; }

    /// <inheritdoc/>
    public ActorId Caller => new(message.Caller);

    /// <inheritdoc/>
    public ActorId Origin => new(message.Origin);

    /// <inheritdoc/>
    public ActorId Receiver => new(message.Receiver);

    /// <inheritdoc/>
    public MethodNumber Method => new(message.Method);

    /// <inheritdoc/>
    public ulong Nonce => message.Nonce;

    /// <inheritdoc/>
    public TokenAmount ValueReceived => AmountOf(message.Value);

    /// <inheritdoc/>
    public TokenAmount GasPremium => AmountOf(message.GasPremium);

    /// <inheritdoc/>
    public bool IsReadOnly => (message.Flags & MessageContextData.ReadOnlyFlag) != 0;

    /// <inheritdoc/>
    public ChainEpoch Epoch => new(Network.Epoch);

    /// <inheritdoc/>
    public NetworkVersion NetworkVersion => (NetworkVersion)Network.NetworkVersion;

    /// <inheritdoc/>
    public ulong ChainId => Network.ChainId;

    /// <inheritdoc/>
    public ulong Timestamp => Network.Timestamp;

    /// <inheritdoc/>
    public TokenAmount BaseFee => AmountOf(Network.BaseFee);

    /// <inheritdoc/>
    public IBlockstore Store => store;

    /// <summary>Fetched when first asked for.</summary>
    private ref readonly NetworkContextData Network
    {
        get
        {
            if (!hasNetwork)
            {
                PaySyscall();
                Require(kernel.NetworkContext(out network));
                hasNetwork = true;
            }

            return ref network;
        }
    }

    /// <summary>Asks whether to log, which no network lets, and for the message.</summary>
    public void Open()
    {
        PaySyscall();
        PaySyscall();
        Require(kernel.MessageContext(out message));
    }

    /// <summary>The parameters; null for none.</summary>
    public IpldBlock? ReadParameters()
    {
        if (kernel.Parameters == BlockRegistry.NoData)
        {
            return null;
        }

        PaySyscall();
        Require(kernel.BlockStat(kernel.Parameters, out BlockStatData stat));
        return ReadBlock(kernel.Parameters, stat.Codec);
    }

    /// <summary>Makes a block to give to the caller; false if it is refused.</summary>
    public bool TryPutBlock(IpldBlock value, [NotNullWhen(true)] out Block? block)
    {
        block = null;
        meter.Write(value.Codec, value.Data.Span);
        PaySyscall();
        return kernel.BlockCreate(value.Codec, value.Data, out uint handle) == ErrorNumber.None
            && kernel.Blocks.TryGet(handle, out block);
    }

    /// <summary>Pays for a host call.</summary>
    public void PaySyscall() => meter.HostCall();

    /// <inheritdoc/>
    public ErrorNumber StateRoot(out Cid root)
    {
        PaySyscall();
        return kernel.Root(out root);
    }

    /// <inheritdoc/>
    public ErrorNumber SetStateRoot(Cid root)
    {
        PaySyscall();
        return kernel.SetRoot(root);
    }

    /// <inheritdoc/>
    public TokenAmount CurrentBalance()
    {
        PaySyscall();
        Require(kernel.CurrentBalance(out AmountData balance));
        return AmountOf(balance);
    }

    /// <inheritdoc/>
    public SendResult Deliver(in SendRequest request)
    {
        if (!request.Value.TryToUInt128(out _))
        {
            return SendResult.Refused(ErrorNumber.InsufficientFunds);
        }

        uint parameters = BlockRegistry.NoData;
        if (request.Parameters is IpldBlock block)
        {
            meter.Write(block.Codec, block.Data.Span);
            PaySyscall();
            ErrorNumber refused = kernel.BlockCreate(block.Codec, block.Data, out parameters);
            if (refused != ErrorNumber.None)
            {
                return SendResult.Refused(refused);
            }
        }

        meter.Send();
        PaySyscall();
        ulong limit = request.GasLimit ?? UnlimitedGas;
        ErrorNumber error = kernel.Send(
            new(
                request.To,
                request.Method,
                parameters,
                request.Value,
                limit == UnlimitedGas ? null : Gas.Of(limit),
                request.IsReadOnly),
            out SendData result);
        if (error != ErrorNumber.None)
        {
            return SendResult.Refused(error);
        }

        IpldBlock? value = result.ReturnHandle == BlockRegistry.NoData
            ? null
            : ReadBlock(result.ReturnHandle, result.ReturnCodec);
        return new(ErrorNumber.None, new(result.ExitCode), value);
    }

    /// <inheritdoc/>
    public void ChargeGas(string name, long gas)
    {
        PaySyscall();
        Require(kernel.ChargeGas(name, unchecked((ulong)gas)));
    }

    /// <inheritdoc/>
    public ulong GasAvailable()
    {
        PaySyscall();
        Require(kernel.GasAvailable(out ulong gas));
        return gas;
    }

    /// <inheritdoc/>
    public IInstructionObserver? Observer => calls.Machine.Observer;

    /// <inheritdoc/>
    public void CountSteps(long steps) => meter.Steps(steps);

    /// <inheritdoc/>
    public Action<int, long>? WorkCounter => meter.OwnCounter;

    /// <inheritdoc/>
    public long ExecutionLeft => meter.Left;

    /// <inheritdoc/>
    public void ChargeExecution(long milligas) => meter.Work(milligas);

    /// <inheritdoc/>
    public void Pause() => ExecutorThread.Pause();

    private IpldBlock ReadBlock(uint handle, ulong codec)
    {
        PaySyscall();
        Require(kernel.BlockRead(handle, out ReadOnlyMemory<byte> data));
        meter.Read(codec, data.Span);
        return new(codec, data);
    }

    private static TokenAmount AmountOf(in AmountData amount) =>
        TokenAmount.FromUInt128(new(amount.High, amount.Low));

    /// <summary>A host call that cannot be refused: the reference panics if it is.</summary>
    private static void Require(ErrorNumber error)
    {
        if (error != ErrorNumber.None)
        {
            throw Abort.AssertionFailed($"unexpected error of a host call: {error}");
        }
    }
}
