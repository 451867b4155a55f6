using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Filecoin.Evm;

/// <summary>A contract's memory: bytes that are zero until written, growing by words.</summary>
/// <remarks>Spec: evm 5; builtin-actors actors/evm/src/interpreter/memory.rs.</remarks>
internal sealed class EvmMemory : IDisposable
{
    /// <summary>Most bytes: what the machine gives an instance.</summary>
    /// <remarks>
    /// Quirk: the reference's instance traps where its allocator fails, somewhat below this, as
    /// it keeps the old copy of a buffer that grows.
    /// </remarks>
    internal const int LengthMax = 512 << 20;

    private const int FirstLength = 4096;

    // Larger buffers are not kept: a pool of them would hold the memory of the largest run.
    private const int PooledLengthMax = 1 << 20;

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(FirstLength);

    /// <summary>Its size, a multiple of 32 bytes.</summary>
    internal int Length { get; private set; }

    internal Span<byte> Slice(int start, int length) => bytes.AsSpan(start, length);

    /// <summary>The word of 32 bytes there, which must be within the length.</summary>
    internal Span<byte> Word(int start) => MemoryMarshal.CreateSpan(
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), start), U256.Length);

    /// <summary>Grows to hold a number of bytes up to the limit, rounded up to words.</summary>
    internal void Grow(int needed)
    {
        int length = (needed + U256.Length - 1) & ~(U256.Length - 1);
        if (length > bytes.Length)
        {
            byte[] larger = Rent((int)Math.Min(LengthMax, Math.Max(length, 2L * bytes.Length)));
            bytes.AsSpan(0, Length).CopyTo(larger);
            Return();
            bytes = larger;
        }

        bytes.AsSpan(Length, length - Length).Clear();
        Length = length;
    }

    public void Dispose()
    {
        Return();
        bytes = [];
        Length = 0;
    }

    private static byte[] Rent(int length) => length <= PooledLengthMax
        ? ArrayPool<byte>.Shared.Rent(length)
        : GC.AllocateUninitializedArray<byte>(length);

    private void Return()
    {
        if (bytes.Length <= PooledLengthMax)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
