using Filecoin.Wasm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Vm;

/// <summary>Runs an actor's Wasm code for one invocation and keeps its gas in step.</summary>
/// <remarks>
/// Spec: wasm-engine 7, 8 and 10; ref-fvm fvm/src/syscalls/mod.rs and call_manager/default.rs.
/// Outside Wasm the tracker knows what is left, inside it the instance's counter; at every
/// crossing one is made to follow the other.
/// </remarks>
internal sealed class WasmActor : IActorCode, IWasmHost
{
    private const int TableElementBytes = 8;
    private const int PageBytes = 65_536;

    private readonly CallManager calls;
    private readonly Kernel kernel;
    private readonly SyscallContext context;
    private readonly Syscall[] syscalls;
    private WasmInstance? instance;
    private Gas lastAvailable;
    private long lastMemoryBytes;
    private long tableBytes;
    private long memoryBytesBelow;
    private bool isOutOfGas;
    private string? lastError;

    public WasmActor(CallManager calls, Kernel kernel)
    {
        (this.calls, this.kernel) = (calls, kernel);
        context = new(kernel);
        syscalls = SyscallTable.For(Line).Rows;
    }

    private ProtocolLine Line => calls.Machine.Config.Line;

    private static ReadOnlySpan<byte> EntryName => "invoke"u8;

    /// <inheritdoc/>
    public CallResult Run(Cid code)
    {
        CompiledModule module = calls.Machine.Code.Load(
            code, calls.Machine.Config, calls.Machine.Store);
        if (module.Info.MemoryPagesMin is not long pages)
        {
            throw new FatalException($"actor code {code} exports no memory");
        }

        if (!TryChargeInit(module.Info, pages))
        {
            return CallResult.OutOfGas;
        }

        memoryBytesBelow = calls.MemoryBytes;
        tableBytes = module.Info.TableElementsTotal * TableElementBytes;
        using WasmInstance made = new(module, this, Limits());
        instance = made;
        CallResult? failed = Instantiate(module.Info, pages);
        if (failed is not null)
        {
            return failed.Value;
        }

        PushGas();
        WasmOutcome outcome = made.Call(EntryName, kernel.Parameters);
        if (!TryPullGas() || isOutOfGas)
        {
            return Fail(CallResult.OutOfGas, ExitCode.SysOutOfGas, "out of gas");
        }

        return Conclude(outcome);
    }

    /// <inheritdoc/>
    public bool TryRun(int index, HostArguments arguments, out int result)
    {
        result = 0;
        Syscall syscall = syscalls[index];
        if (!TryPullGas() || !TryCharge(calls.Prices.OnSyscall()))
        {
            return false;
        }

        if (syscall.ResultSize > 0
            && !context.TrySlice(arguments.U32(0), (uint)syscall.ResultSize, out _))
        {
            // Quirk: the counter is not refreshed here, so that since version 18 what ran
            // before is charged once more at the next crossing.
            result = (int)ErrorNumber.IllegalArgument;
            return true;
        }

        if (syscall.CallsActors)
        {
            CountMemory();
        }

        try
        {
            ErrorNumber error = syscall.Run(context, arguments);
            lastError = error == ErrorNumber.None ? null : $"{syscall.FullName}: {error}";
            result = (int)error;
        }
        catch (OutOfGasException)
        {
            isOutOfGas = true;
        }

        PushGas();
        return !isOutOfGas && kernel.Exit is null;
    }

    /// <summary>Charges for what an instance begins with; free in version 17.</summary>
    private bool TryChargeInit(ModuleInfo info, long pages)
    {
        if (Line == ProtocolLine.Shark)
        {
            return true;
        }

        bool paysTable = info.TableElementsMin is not long elements
            || calls.Gas.TryCharge(calls.Prices.OnTableInit(elements));
        return paysTable && calls.Gas.TryCharge(calls.Prices.OnMemoryInit(pages));
    }

    /// <summary>Makes the instance and runs its start function; null if all is well.</summary>
    private CallResult? Instantiate(ModuleInfo info, long pages)
    {
        // Quirk: version 17 starts an instance without gas, so that a start function traps.
        long gas = Line == ProtocolLine.Shark ? 0 : calls.Gas.Available.Milligas;
        lastAvailable = new(gas);
        lastMemoryBytes = pages * PageBytes;
        WasmOutcome outcome = instance!.Instantiate(gas);
        bool isMade = outcome.End == WasmEnd.Returned;
        if (isMade)
        {
            outcome = instance.Start();
        }

        if (Line == ProtocolLine.Shark)
        {
            if (outcome.End != WasmEnd.Returned)
            {
                throw new FatalException($"cannot instantiate: {outcome.Reason}");
            }
        }
        else if ((isMade && !TryPullGas()) || isOutOfGas)
        {
            return Fail(CallResult.OutOfGas, ExitCode.SysOutOfGas, "out of gas");
        }
        else if (outcome.End != WasmEnd.Returned)
        {
            return Fail(ExitCode.SysIllegalInstruction, outcome.Reason ?? "cannot instantiate");
        }

        return OpenEntry(info);
    }

    private CallResult? OpenEntry(ModuleInfo info)
    {
        instance!.OpenMemory();
        context.Instance = instance;
        WasmSignature? entry = info.FindFunction("invoke");
        if (entry is null && Line == ProtocolLine.Watermelon)
        {
            return Fail(ExitCode.SysInvalidReceiver, "no entry function");
        }

        return entry is { Parameters: [WasmType.I32], Result: WasmType.I32 }
            ? null
            : throw new FatalException("the entry function is missing or of a wrong type");
    }

    private CallResult Conclude(in WasmOutcome outcome) => outcome.End switch
    {
        WasmEnd.Returned => Return(unchecked((uint)outcome.Result)),
        WasmEnd.Stopped => Exit(kernel.Exit!.Value),
        WasmEnd.Trapped => Fail(ExitCode.SysIllegalInstruction, outcome.Reason!),
        WasmEnd.Failed => throw new FatalException($"engine: {outcome.Reason}"),
    };

    private CallResult Return(uint handle)
    {
        if (handle == BlockRegistry.NoData)
        {
            return CallResult.Exited(ExitCode.Ok, null);
        }

        return kernel.Blocks.TryGet(handle, out Block block)
            ? CallResult.Exited(ExitCode.Ok, block)
            : Fail(ExitCode.SysMissingReturn, "returned block does not exist");
    }

    private CallResult Exit(in Kernel.ActorExit exit)
    {
        Block? block = null;
        if (exit.Handle != BlockRegistry.NoData && !kernel.Blocks.TryGet(exit.Handle, out block))
        {
            throw new FatalException("the block given at exit does not exist");
        }

        CallResult result = CallResult.Exited(exit.Code, block);
        return exit.Code.IsSuccess ? result : Fail(result, exit.Code, exit.Message);
    }

    private CallResult Fail(ExitCode code, string message) =>
        Fail(CallResult.Exited(code, null), code, message);

    private CallResult Fail(in CallResult result, ExitCode code, string message)
    {
        if (lastError is not null)
        {
            calls.Backtrace.Begin(lastError);
        }

        calls.Explain(new(kernel.Self, kernel.Method, code, message));
        return result;
    }

    /// <summary>Gives the instance what the tracker has.</summary>
    private void PushGas()
    {
        lastAvailable = calls.Gas.Available;
        instance!.GasCounter = lastAvailable.Milligas;
        if (calls.Trace is not null)
        {
            lastMemoryBytes = instance.MemoryBytes;
        }
    }

    /// <summary>Charges what the instance has used; false if gas has run out.</summary>
    private bool TryPullGas()
    {
        Gas used = lastAvailable - new Gas(instance!.GasCounter);
        if (Line == ProtocolLine.Shark)
        {
            lastAvailable = new(instance.GasCounter);
        }
        else
        {
            used = Gas.Max(used, Gas.Zero);
        }

        bool pays = calls.Trace is null ? calls.Gas.TryCharge(used) : TryChargeTraced(used);
        isOutOfGas |= !pays;
        return pays;
    }

    private bool TryCharge(in GasCharge charge)
    {
        bool pays = calls.Gas.TryCharge(charge);
        isOutOfGas |= !pays;
        return pays;
    }

    /// <summary>Traces show memory's growth apart from the instructions.</summary>
    private bool TryChargeTraced(Gas used)
    {
        long memoryBytes = instance!.MemoryBytes;
        Gas growth = memoryBytes > lastMemoryBytes
            ? Gas.Min(calls.Prices.MemoryGrowth(memoryBytes - lastMemoryBytes), used)
            : Gas.Zero;
        bool pays = calls.Gas.TryCharge(
            new GasCharge(ChargeScript.Instructions, used - growth, Gas.Zero));
        return growth == Gas.Zero
            ? pays
            : pays && calls.Gas.TryCharge(new GasCharge(ChargeScript.Growth, growth, Gas.Zero));
    }

    /// <summary>Tells what is in use before another instance is made.</summary>
    private void CountMemory() =>
        calls.MemoryBytes = memoryBytesBelow + instance!.MemoryBytes + tableBytes;

    /// <summary>
    /// What memory may grow to: the instance's own limit, and what is left for all of them.
    /// </summary>
    private InstanceLimits Limits()
    {
        NetworkConfig config = calls.Machine.Config;
        long left = config.TotalMemoryBytesMax - memoryBytesBelow - tableBytes;
        return new(
            long.Clamp(left, 0, config.InstanceMemoryBytesMax),
            Line == ProtocolLine.Shark ? -1 : WasmEngine.TableElementsMax);
    }
}
