using System.Buffers.Binary;
using System.Text;

namespace Filecoin.Vm;

/// <content>The chain, and events.</content>
internal sealed partial class KernelRuntime
{
    /// <inheritdoc/>
    public TokenAmount CirculatingSupply()
    {
        PaySyscall();
        Require(kernel.CirculatingSupply(out AmountData supply));
        return AmountOf(supply);
    }

    /// <inheritdoc/>
    public ErrorNumber TipsetCid(ChainEpoch epoch, out Cid tipset)
    {
        PaySyscall();
        return kernel.TipsetCid(epoch.Value, out tipset);
    }

    /// <inheritdoc/>
    public ErrorNumber ChainRandomness(ChainEpoch epoch, Span<byte> randomness) =>
        Randomness(fromBeacon: false, epoch, randomness);

    /// <inheritdoc/>
    public ErrorNumber BeaconRandomness(ChainEpoch epoch, Span<byte> randomness) =>
        Randomness(fromBeacon: true, epoch, randomness);

    /// <inheritdoc/>
    public ErrorNumber EmitEvent(ReadOnlySpan<EventEntry> entries)
    {
        byte[] table = new byte[entries.Length * Kernel.EventEntryBytes];
        List<byte> keys = [];
        List<byte> values = [];
        for (int i = 0; i < entries.Length; i++)
        {
            EventEntry entry = entries[i];
            byte[] key = Encoding.UTF8.GetBytes(entry.Key);
            Span<byte> row = table.AsSpan(i * Kernel.EventEntryBytes);
            BinaryPrimitives.WriteUInt64LittleEndian(row, entry.Flags);
            BinaryPrimitives.WriteUInt64LittleEndian(row[8..], entry.Codec);
            BinaryPrimitives.WriteInt32LittleEndian(row[16..], key.Length);
            BinaryPrimitives.WriteInt32LittleEndian(row[20..], entry.Value.Length);
            keys.AddRange(key);
            values.AddRange(entry.Value.Span);
        }

        PaySyscall();
        return kernel.EmitEvent(
            table,
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(keys),
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
    }

    private ErrorNumber Randomness(bool fromBeacon, ChainEpoch epoch, Span<byte> randomness)
    {
        PaySyscall();
        ErrorNumber error = kernel.Randomness(fromBeacon, epoch.Value, out RandomnessData drawn);
        ((ReadOnlySpan<byte>)drawn).CopyTo(randomness);
        return error;
    }
}
