using System.Runtime.InteropServices;

namespace Filecoin.Evm;

/// <summary>Storage that stays, storage of the message, and events.</summary>
/// <remarks>
/// Spec: evm 3 and 11; builtin-actors actors/evm/src/interpreter/instructions/storage.rs and
/// log_event.rs.
/// </remarks>
internal static class StorageRules
{
    internal static int Load(EvmFrame frame, ref U256 top, int pc)
    {
        U256 key = top;
        return frame.Next(pc, frame.Host.LoadStorage(key, out top));
    }

    internal static int Store(EvmFrame frame, ref U256 top, int pc) => frame.IsReadOnly
        ? frame.Halt(EvmExitCode.ReadOnly)
        : frame.Next(pc, frame.Host.StoreStorage(top, Slots.Below(ref top, 1)));

    internal static int LoadTransient(EvmFrame frame, ref U256 top, int pc)
    {
        U256 key = top;
        return frame.Next(pc, frame.Host.LoadTransient(key, out top));
    }

    internal static int StoreTransient(EvmFrame frame, ref U256 top, int pc) => frame.IsReadOnly
        ? frame.Halt(EvmExitCode.ReadOnly)
        : frame.Next(pc, frame.Host.StoreTransient(top, Slots.Below(ref top, 1)));

    internal static int Log(EvmFrame frame, ref U256 top, int pc, int count)
    {
        if (frame.IsReadOnly)
        {
            return frame.Halt(EvmExitCode.ReadOnly);
        }

        if (!frame.TryReach(top, Slots.Below(ref top, 1), out int start, out int length)
            || !frame.TryChargeLog(length))
        {
            return EvmFrame.Halted;
        }

        // The first topic lies highest.
        ReadOnlySpan<U256> slots = MemoryMarshal.CreateReadOnlySpan(
            ref Slots.Below(ref top, 1 + count), count);
        Span<U256> topics = stackalloc U256[count];
        slots.CopyTo(topics);
        topics.Reverse();
        return frame.Next(pc, frame.Host.Log(topics, frame.Memory.Slice(start, length)));
    }
}
