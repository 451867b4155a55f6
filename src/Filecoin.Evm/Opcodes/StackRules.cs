using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Filecoin.Evm;

/// <summary>PUSH0 to SWAP16.</summary>
/// <remarks>Spec: builtin-actors actors/evm/src/interpreter/instructions/stack.rs.</remarks>
internal static class StackRules
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int PushNumber(ulong value, ref U256 top, int pc)
    {
        U256.Set(ref Slots.Above(ref top), value, 0, 0, 0);
        return pc + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int PushByte(EvmFrame frame, ref U256 top, int pc)
    {
        U256.Set(ref Slots.Above(ref top), frame.Code.Padded[pc + 1], 0, 0, 0);
        return pc + 2;
    }

    /// <summary>A push of up to eight bytes.</summary>
    internal static int PushShort(EvmFrame frame, ref U256 top, int pc, int length)
    {
        ulong word = BinaryPrimitives.ReadUInt64BigEndian(Operand(frame, pc));
        U256.Set(ref Slots.Above(ref top), word >> (64 - (8 * length)), 0, 0, 0);
        return pc + 1 + length;
    }

    /// <summary>A push of more.</summary>
    internal static int PushLong(EvmFrame frame, ref U256 top, int pc, int length)
    {
        U256 word = U256.FromBigEndian(Operand(frame, pc));
        U256.ShiftRight(word, (ulong)(8 * (U256.Length - length)), 0, ref Slots.Above(ref top));
        return pc + 1 + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Duplicate(ref U256 top, int pc, int number)
    {
        U256.Copy(ref Slots.Below(ref top, number - 1), ref Slots.Above(ref top));
        return pc + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Swap(ref U256 top, int pc, int number)
    {
        ref U256 other = ref Slots.Below(ref top, number);
        (ulong w0, ulong w1, ulong w2, ulong w3) = (other.W0, other.W1, other.W2, other.W3);
        U256.Copy(ref top, ref other);
        U256.Set(ref top, w0, w1, w2, w3);
        return pc + 1;
    }

    // 32 bytes, zeros where the code has ended: the padding is that long.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Operand(EvmFrame frame, int pc) =>
        MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(frame.Code.Padded), pc + 1),
            U256.Length);
}
