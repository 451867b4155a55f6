using Filecoin.ActorRuntime;

namespace Filecoin.Vm;

/// <summary>Runs an actor written in C# for one invocation.</summary>
/// <remarks>
/// Spec: actors/common 5; builtin-actors runtime/src/runtime/fvm.rs, trampoline. Host calls are
/// those of the Wasm, in its order, so that all charges but those for instructions are the same.
/// </remarks>
internal sealed class NativeActor(
    in NativeCode code,
    ExecutionEstimate? estimate,
    CallManager calls,
    Kernel kernel,
    ExecutionSample? sample)
    : IActorCode
{
    /// <summary>Name of the charge for an actor's own work.</summary>
    public const string ExecutionCharge = "native_exec";

    private readonly NativeCode code = code;
    private readonly ExecutionMeter meter = new(
        calls, estimate?.Invoke(code.Actor.Type, kernel.Method), sample);

    /// <inheritdoc/>
    public CallResult Run(Cid cid)
    {
        _ = cid;
        CallResult result;
        try
        {
            meter.Start(kernel.Blocks.TryGet(kernel.Parameters, out Block given) ? given : null);
            result = code.Actor.IsInert
                ? CallResult.Exited(ExitCode.Ok, null)
                : Enter(new(calls, meter, kernel, code.Policy));
            meter.Settle();
        }
        catch (OutOfGasException)
        {
            result = Fail(CallResult.OutOfGas, ExitCode.SysOutOfGas, "out of gas");
        }

        bool pays = calls.Machine.Context.Script?.TryEndNative(calls.Gas, code.Actor.IsInert)
            ?? true;
        sample?.IsWhole = pays && result.End == CallEnd.Exited;
        return pays ? result : CallResult.OutOfGas;
    }

    private CallResult Enter(KernelRuntime runtime)
    {
        try
        {
            runtime.Open();
            IpldBlock? result = code.Actor.Invoke(
                runtime,
                kernel.Method,
                runtime.ReadParameters(),
                out ActorAbortException? refusal);
            if (refusal is not null)
            {
                return Exit(runtime, refusal.ExitCode, refusal.Block, refusal.Message);
            }

            if (!runtime.IsCallerValidated)
            {
                throw Abort.AssertionFailed("failed to validate caller");
            }

            return Return(runtime, result);
        }
        catch (ActorAbortException abort)
        {
            return Exit(runtime, abort.ExitCode, abort.Block, abort.Message);
        }
        catch (ActorTrapException trap)
        {
            return Fail(
                CallResult.Exited(ExitCode.SysIllegalInstruction, null),
                ExitCode.SysIllegalInstruction,
                trap.Message);
        }
        catch (IpldException failure)
        {
            return Exit(runtime, ExitCode.UserIllegalState, null, failure.Message);
        }
        catch (Exception panic) when (IsPanic(panic))
        {
            return Exit(runtime, ExitCode.UserAssertionFailed, null, panic.Message);
        }
        catch (Exception defect) when (defect
            is not (OutOfGasException or FatalException or OperationCanceledException))
        {
            throw new FatalException(
                $"defect in the {code.Actor.Type} actor, method {kernel.Method}: {defect}", defect);
        }
    }

    /// <summary>Whether the reference's actor would have panicked where this was thrown.</summary>
    private static bool IsPanic(Exception failure) => failure
        is ArithmeticException or IndexOutOfRangeException or ArgumentException;

    private static CallResult Return(KernelRuntime runtime, IpldBlock? value)
    {
        if (value is null)
        {
            return CallResult.Exited(ExitCode.Ok, null);
        }

        return runtime.TryPutBlock(value, out Block? block)
            ? CallResult.Exited(ExitCode.Ok, block)
            : throw Abort.AssertionFailed("failed to write result");
    }

    private CallResult Exit(
        KernelRuntime runtime, ExitCode exitCode, IpldBlock? value, string message)
    {
        Block? block = null;
        if (value is not null && !runtime.TryPutBlock(value, out block))
        {
            (exitCode, message) = (ExitCode.UserAssertionFailed, "failed to write exit data");
        }

        runtime.PaySyscall();
        if (exitCode.IsSystem)
        {
            exitCode = ExitCode.SysIllegalExitCode;
        }

        return Fail(CallResult.Exited(exitCode, block), exitCode, message);
    }

    private CallResult Fail(in CallResult result, ExitCode exitCode, string message)
    {
        calls.Explain(new(kernel.Self, kernel.Method, exitCode, message));
        return result;
    }
}
