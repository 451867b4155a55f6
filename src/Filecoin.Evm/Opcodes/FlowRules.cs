using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

/// <summary>Jumps, and the instructions that end a run.</summary>
/// <remarks>Spec: builtin-actors actors/evm/src/interpreter/instructions/control.rs.</remarks>
internal static class FlowRules
{
    // The JUMPDEST itself is skipped.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Jump(EvmFrame frame, ref U256 top) =>
        frame.Code.IsJumpDestination(top)
            ? (int)top.W0 + 1
            : frame.Halt(EvmExitCode.BadJumpDestination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int JumpIf(EvmFrame frame, ref U256 top, int pc) =>
        Slots.Below(ref top, 1).IsZero ? pc + 1 : Jump(frame, ref top);

    internal static int Return(EvmFrame frame, ref U256 top, ExitCode code)
    {
        if (!frame.TryReach(top, Slots.Below(ref top, 1), out int start, out int length)
            || !frame.TryChargeCopy(length))
        {
            return EvmFrame.Halted;
        }

        return frame.Halt(code, frame.Memory.Slice(start, length).ToArray());
    }

    internal static int SelfDestruct(EvmFrame frame, ref U256 top)
    {
        if (frame.IsReadOnly)
        {
            return frame.Halt(EvmExitCode.ReadOnly);
        }

        if (!frame.TrySettle())
        {
            return EvmFrame.Halted;
        }

        return frame.Halt(
            frame.Host.TrySelfDestruct(EthAddress.FromWord(top))
                ? ExitCode.Ok
                : EvmExitCode.SelfDestructFailed);
    }
}
