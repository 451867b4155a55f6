using System.Runtime.InteropServices;

namespace Filecoin.Vm;

/// <content>Calling other actors.</content>
internal sealed partial class Kernel
{
    /// <summary>Calls an actor.</summary>
    /// <remarks>
    /// Spec: syscalls 9. Errors: ReadOnly, value moves in a read-only call. InvalidHandle.
    /// LimitExceeded, too many blocks or calls. NotFound, InsufficientFunds, IllegalArgument, the
    /// call cannot be made.
    /// </remarks>
    public ErrorNumber Send(in SendArguments arguments, out SendData result)
    {
        result = default;
        bool isReadOnly = IsReadOnly || arguments.IsReadOnly;
        if (isReadOnly && !arguments.Value.IsZero)
        {
            return ErrorNumber.ReadOnly;
        }

        Block? parameters = null;
        if (arguments.Parameters != BlockRegistry.NoData
            && !Blocks.TryGet(arguments.Parameters, out parameters))
        {
            return ErrorNumber.InvalidHandle;
        }

        if (Blocks.IsFull)
        {
            return ErrorNumber.LimitExceeded;
        }

        CallResult call = calls.CallInLayer(new()
        {
            From = Self,
            To = arguments.To,
            Method = arguments.Method,
            Parameters = parameters,
            Value = arguments.Value,
            GasLimit = arguments.GasLimit,
            IsReadOnly = isReadOnly,
        });
        return call.End switch
        {
            CallEnd.Exited => Receive(call, out result),
            CallEnd.Refused => call.Error,
            CallEnd.OutOfGas => throw new OutOfGasException(),
        };
    }

    private ErrorNumber Receive(in CallResult call, out SendData result)
    {
        result = new() { ExitCode = call.ExitCode.Value };
        if (call.Value is not Block value)
        {
            return ErrorNumber.None;
        }

        ErrorNumber error = Blocks.PutReachable(value, out uint handle);
        result = new()
        {
            ExitCode = call.ExitCode.Value,
            ReturnHandle = handle,
            ReturnCodec = value.Codec,
            ReturnSize = (uint)value.Size,
        };
        return error;
    }
}

/// <summary>What a send is given.</summary>
internal readonly record struct SendArguments(
    Address To,
    MethodNumber Method,
    uint Parameters,
    TokenAmount Value,
    Gas? GasLimit,
    bool IsReadOnly);

/// <summary>See syscalls 4.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct SendData
{
    public uint ExitCode;
    public uint ReturnHandle;
    public ulong ReturnCodec;
    public uint ReturnSize;
}
