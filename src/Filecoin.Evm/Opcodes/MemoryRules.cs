using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

/// <summary>Memory, and copying into it.</summary>
/// <remarks>
/// Spec: evm 5; builtin-actors actors/evm/src/interpreter/instructions/memory.rs.
/// </remarks>
internal static class MemoryRules
{
    internal static int Load(EvmFrame frame, ref U256 top, int pc) =>
        TryLoad(frame, top, ref top) ? pc + 1 : EvmFrame.Halted;

    /// <summary>Reads a word, growing memory; false, and the end, if that is impossible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryLoad(EvmFrame frame, in U256 offset, ref U256 result)
    {
        if (!frame.TryReach(offset, U256.Length, out int start, out _))
        {
            return false;
        }

        U256.ReadBigEndian(frame.Memory.Word(start), ref result);
        return true;
    }

    /// <summary>Writes a word, growing memory; false, and the end, if that is impossible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryStore(EvmFrame frame, in U256 offset, in U256 word)
    {
        if (!frame.TryReach(offset, U256.Length, out int start, out _))
        {
            return false;
        }

        word.WriteBigEndian(frame.Memory.Word(start));
        return true;
    }

    internal static int Store(EvmFrame frame, ref U256 top, int pc) =>
        TryStore(frame, top, Slots.Below(ref top, 1)) ? pc + 1 : EvmFrame.Halted;

    internal static int StoreByte(EvmFrame frame, ref U256 top, int pc)
    {
        if (!frame.TryReach(top, U256.One, out int start, out _))
        {
            return EvmFrame.Halted;
        }

        frame.Memory.Slice(start, 1)[0] = (byte)(Slots.Below(ref top, 1).W0 & 0xff);
        return pc + 1;
    }

    /// <summary>MCOPY: the source grows memory before the target does.</summary>
    internal static int CopyWithin(EvmFrame frame, ref U256 top, int pc)
    {
        U256 size = Slots.Below(ref top, 2);
        if (!frame.TryReach(Slots.Below(ref top, 1), size, out int source, out int length)
            || !frame.TryReach(top, size, out int target, out _)
            || !frame.TryChargeCopy(length))
        {
            return EvmFrame.Halted;
        }

        frame.Memory.Slice(source, length).CopyTo(frame.Memory.Slice(target, length));
        return pc + 1;
    }

    /// <summary>Copies data from an offset; what lies beyond its end is zeros.</summary>
    internal static int Copy(EvmFrame frame, ref U256 top, int pc, ReadOnlySpan<byte> data)
    {
        if (!frame.TryReach(top, Slots.Below(ref top, 2), out int start, out int length)
            || !frame.TryChargeCopy(length))
        {
            return EvmFrame.Halted;
        }

        Span<byte> target = frame.Memory.Slice(start, length);
        ReadOnlySpan<byte> source = From(data, Slots.Below(ref top, 1));
        int copied = Math.Min(source.Length, length);
        source[..copied].CopyTo(target);
        target[copied..].Clear();
        return pc + 1;
    }

    internal static int CopyReturnData(EvmFrame frame, ref U256 top, int pc)
    {
        if (!frame.TryReach(top, Slots.Below(ref top, 2), out int start, out int length)
            || !frame.TryChargeCopy(length))
        {
            return EvmFrame.Halted;
        }

        // Quirk: an offset beyond the end fails even if nothing is copied.
        ReadOnlySpan<byte> data = frame.ReturnData.Span;
        U256 offset = Slots.Below(ref top, 1);
        if (offset > (ulong)data.Length || length > data.Length - (int)offset.W0)
        {
            return frame.Halt(EvmExitCode.IllegalMemoryAccess);
        }

        data.Slice((int)offset.W0, length).CopyTo(frame.Memory.Slice(start, length));
        return pc + 1;
    }

    internal static int LoadInput(EvmFrame frame, ref U256 top, int pc)
    {
        ReadOnlySpan<byte> data = From(frame.Input.Span, top);
        if (data.Length >= U256.Length)
        {
            top = U256.FromBigEndian(data[..U256.Length]);
            return pc + 1;
        }

        Span<byte> word = stackalloc byte[U256.Length];
        word.Clear();
        data.CopyTo(word);
        top = U256.FromBigEndian(word);
        return pc + 1;
    }

    internal static int Hash(EvmFrame frame, ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        if (!frame.TryReach(top, second, out int start, out int length))
        {
            return EvmFrame.Halted;
        }

        Span<byte> digest = stackalloc byte[U256.Length];
        frame.Host.Hash(EvmHash.Keccak256, frame.Memory.Slice(start, length), digest);
        second = U256.FromBigEndian(digest);
        return pc + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> From(ReadOnlySpan<byte> data, in U256 offset) =>
        offset < (ulong)data.Length ? data[(int)offset.W0..] : [];
}
