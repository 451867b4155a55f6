using Filecoin.Wasm.Instances;

namespace Filecoin.Vm;

/// <summary>What a syscall's body works on: the kernel, and the memory of the actor.</summary>
/// <remarks>
/// Spec: syscalls 1.2. Bounds are those of the memory at the time of the call; errors are
/// IllegalArgument unless a member says otherwise.
/// </remarks>
internal sealed class SyscallContext(Kernel kernel)
{
    public Kernel Kernel => kernel;

    /// <summary>The instance whose memory it is; null before there is one.</summary>
    public WasmInstance? Instance { get; set; }

    public Span<byte> Memory => Instance is null ? default : Instance.Memory;

    /// <summary>Cuts a range out of memory.</summary>
    public bool TrySlice(uint offset, uint length, out Span<byte> slice)
    {
        Span<byte> memory = Memory;
        if (offset > (uint)memory.Length || length > (uint)memory.Length - offset)
        {
            slice = default;
            return false;
        }

        slice = memory.Slice((int)offset, (int)length);
        return true;
    }

    /// <summary>Reads a CID that begins at an offset; it may end anywhere.</summary>
    public bool TryReadCid(uint offset, out Cid cid)
    {
        Span<byte> memory = Memory;
        cid = default;
        return offset <= (uint)memory.Length && Cid.TryRead(memory[(int)offset..], out cid, out _);
    }

    /// <summary>Writes a CID and gives its length. Errors: BufferTooSmall.</summary>
    public ErrorNumber WriteCid(Cid cid, uint offset, uint length, out uint written)
    {
        written = 0;
        if (!TrySlice(offset, length, out Span<byte> target))
        {
            return ErrorNumber.IllegalArgument;
        }

        ReadOnlySpan<byte> bytes = cid.Bytes;
        if (bytes.Length > target.Length)
        {
            return ErrorNumber.BufferTooSmall;
        }

        bytes.CopyTo(target);
        written = (uint)bytes.Length;
        return ErrorNumber.None;
    }

    public bool TryReadAddress(uint offset, uint length, out Address address)
    {
        address = default;
        return TrySlice(offset, length, out Span<byte> bytes)
            && Address.TryDecode(bytes, out address)
            && (kernel.Line != ProtocolLine.Shark || address.Protocol != Protocol.Delegated);
    }

    public bool TryReadCbor<T>(uint offset, uint length, out T value)
        where T : ICbor<T>
    {
        value = default!;
        return TrySlice(offset, length, out Span<byte> bytes)
            && Cbor.TryDecode(bytes, out value!, out _);
    }

    public bool TryReadList<T>(uint offset, uint length, out ValueList<T> value)
        where T : ICbor<T>
    {
        value = default;
        if (!TrySlice(offset, length, out Span<byte> bytes))
        {
            return false;
        }

        CborReader reader = new(bytes);
        return ListForm<T, ValueForm<T>>.TryRead(ref reader, out value) && reader.TryEnd();
    }
}
