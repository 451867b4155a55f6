namespace Filecoin.Evm;

/// <summary>Calls of other contracts, and creation of new ones.</summary>
/// <remarks>
/// Spec: evm 8 and 9; builtin-actors actors/evm/src/interpreter/instructions/call.rs and
/// lifecycle.rs.
/// </remarks>
internal static class CallRules
{
    internal static int Call(EvmFrame frame, ref U256 top, int pc, EvmCallKind kind)
    {
        // CALL has one operand more, the value, under gas and target.
        bool hasValue = kind == EvmCallKind.Call;
        U256 value = hasValue ? Slots.Below(ref top, 2) : U256.Zero;
        ref U256 input = ref Slots.Below(ref top, hasValue ? 3 : 2);
        if (frame.IsReadOnly && !value.IsZero)
        {
            return frame.Halt(EvmExitCode.ReadOnly);
        }

        if (!frame.TryReach(input, Slots.Below(ref input, 1), out int start, out int length)
            || !frame.TryChargeCopy(length)
            || !frame.TrySettle())
        {
            return EvmFrame.Halted;
        }

        EvmCall call = new(
            kind,
            top,
            EthAddress.FromWord(Slots.Below(ref top, 1)),
            value,
            frame.Memory.Slice(start, length));
        ExitCode code = EvmPrecompiles.IsReserved(call.Target)
            ? EvmPrecompiles.Call(frame.Host, call, out EvmCallResult result)
            : frame.Host.CallAccount(call, out result);
        return code.IsSuccess
            ? Finish(frame, ref Slots.Below(ref input, 2), pc, result)
            : frame.Halt(code);
    }

    internal static int Create(EvmFrame frame, ref U256 top, int pc, bool hasSalt)
    {
        if (frame.IsReadOnly)
        {
            return frame.Halt(EvmExitCode.ReadOnly);
        }

        if (!frame.TryReach(
                Slots.Below(ref top, 1), Slots.Below(ref top, 2), out int start, out int length)
            || !frame.TryChargeCopy(length)
            || !frame.TrySettle())
        {
            return EvmFrame.Halted;
        }

        ref U256 pushed = ref Slots.Below(ref top, hasSalt ? 3 : 2);
        frame.ReturnData = default;
        if (top > frame.Host.SelfBalance)
        {
            pushed = U256.Zero;
            return pc + 1;
        }

        EvmCreation creation = new(
            frame.Memory.Slice(start, length), top, hasSalt ? Slots.Below(ref top, 3) : null);
        ExitCode code = frame.Host.CreateContract(creation, out EvmCallResult result);
        frame.ReturnData = result.ReturnData;
        pushed = result.Word;
        return frame.TrySettle() ? frame.Next(pc, code) : EvmFrame.Halted;
    }

    /// <summary>Copies what came back to where the caller wants it, without zeros behind.</summary>
    /// <remarks>Quirk: an impossible output region fails only after the call was made.</remarks>
    private static int Finish(EvmFrame frame, ref U256 output, int pc, EvmCallResult result)
    {
        frame.ReturnData = result.ReturnData;
        ref U256 size = ref Slots.Below(ref output, 1);
        // What was granted before the call may be gone.
        if (!frame.TrySettle()
            || !frame.TryReach(output, size, out int start, out int length))
        {
            return EvmFrame.Halted;
        }

        int copied = Math.Min(length, result.ReturnData.Length);
        if (!frame.TryChargeCopy(copied))
        {
            return EvmFrame.Halted;
        }

        result.ReturnData.Span[..copied].CopyTo(frame.Memory.Slice(start, copied));
        size = result.Word;
        return pc + 1;
    }
}
