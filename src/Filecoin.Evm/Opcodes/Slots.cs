using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

/// <summary>Words of the stack beside the top; the loop has checked that they exist.</summary>
internal static class Slots
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref U256 Below(ref U256 top, int depth) =>
        ref Unsafe.Subtract(ref top, depth);

    /// <summary>The slot that a push fills.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref U256 Above(ref U256 top) => ref Unsafe.Add(ref top, 1);
}
