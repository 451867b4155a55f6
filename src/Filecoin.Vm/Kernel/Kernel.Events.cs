using System.Buffers.Binary;
using System.Text;

namespace Filecoin.Vm;

/// <content>Events.</content>
internal sealed partial class Kernel
{
    /// <summary>Bytes that describe one entry.</summary>
    public const int EventEntryBytes = 24;

    private const uint EntriesMax = 255;
    private const uint KeyBytesMax = 31;
    private const uint ValueBytesMax = 8_192;
    private const ulong KnownFlags = 0b11;

    private const int OldEntriesMax = 256;
    private const int OldKeyBytesMax = 32;
    private const int OldEventBytesMax = 1 << 20;

    /// <summary>Emits an event; since version 21.</summary>
    /// <remarks>
    /// Spec: syscalls 13; FIP-0072. Errors: ReadOnly. LimitExceeded, too many or too long.
    /// IllegalArgument, malformed. IllegalCodec, a value that is neither raw nor CBOR.
    /// </remarks>
    public ErrorNumber EmitEvent(
        ReadOnlySpan<byte> entries, ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values)
    {
        if (IsReadOnly)
        {
            return ErrorNumber.ReadOnly;
        }

        int count = entries.Length / EventEntryBytes;
        Charge(Prices.OnActorEvent((uint)count, (uint)keys.Length, (uint)values.Length));
        if (count > EntriesMax || values.Length > ValueBytesMax)
        {
            return ErrorNumber.LimitExceeded;
        }

        if (!System.Text.Unicode.Utf8.IsValid(keys))
        {
            return ErrorNumber.IllegalArgument;
        }

        EventEntry[] list = new EventEntry[count];
        for (int i = 0; i < count; i++)
        {
            ErrorNumber error = ReadEntry(
                entries[(i * EventEntryBytes)..], ref keys, ref values, out list[i]);
            if (error != ErrorNumber.None)
            {
                return error;
            }
        }

        if (!keys.IsEmpty || !values.IsEmpty)
        {
            return ErrorNumber.IllegalArgument;
        }

        calls.Emit(new(Self, ValueList.TakeOver(list)));
        return ErrorNumber.None;
    }

    /// <summary>Emits an event given as CBOR; versions 18 to 20.</summary>
    /// <remarks>
    /// Errors: ReadOnly. IllegalArgument, malformed, too many or too long. IllegalCodec.
    /// </remarks>
    public ErrorNumber EmitEvent(ReadOnlySpan<byte> encoded)
    {
        if (IsReadOnly)
        {
            return ErrorNumber.ReadOnly;
        }

        Charge(Prices.OnActorEventValidate(encoded.Length));
        if (encoded.Length > OldEventBytesMax || !TryReadEvent(encoded, out List<EventEntry> list))
        {
            return ErrorNumber.IllegalArgument;
        }

        if (list.Count > OldEntriesMax)
        {
            return ErrorNumber.IllegalArgument;
        }

        long valueBytes = 0;
        foreach (EventEntry entry in list)
        {
            if (Encoding.UTF8.GetByteCount(entry.Key) > OldKeyBytesMax)
            {
                return ErrorNumber.IllegalArgument;
            }

            if (entry.Codec != Codec.Raw)
            {
                return ErrorNumber.IllegalCodec;
            }

            valueBytes += entry.Value.Length;
        }

        if (valueBytes > ValueBytesMax)
        {
            return ErrorNumber.IllegalArgument;
        }

        Charge(Prices.OnActorEventAccept(encoded.Length));
        calls.Emit(new(Self, [.. list]));
        return ErrorNumber.None;
    }

    private static ErrorNumber ReadEntry(
        ReadOnlySpan<byte> entry,
        ref ReadOnlySpan<byte> keys,
        ref ReadOnlySpan<byte> values,
        out EventEntry result)
    {
        result = default;
        ulong flags = BinaryPrimitives.ReadUInt64LittleEndian(entry);
        ulong codec = BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]);
        uint keyLength = BinaryPrimitives.ReadUInt32LittleEndian(entry[16..]);
        uint valueLength = BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]);
        if ((flags & ~KnownFlags) != 0)
        {
            return ErrorNumber.IllegalArgument;
        }

        if (keyLength > KeyBytesMax)
        {
            return ErrorNumber.LimitExceeded;
        }

        if (valueLength > ValueBytesMax
            || keyLength > (uint)keys.Length
            || !StartsCharacter(keys, (int)keyLength)
            || valueLength > (uint)values.Length)
        {
            return ErrorNumber.IllegalArgument;
        }

        if (codec is not (Codec.Raw or Codec.Cbor))
        {
            return ErrorNumber.IllegalCodec;
        }

        string key = Encoding.UTF8.GetString(keys[..(int)keyLength]);
        result = new(flags, key, codec, values[..(int)valueLength].ToArray());
        keys = keys[(int)keyLength..];
        values = values[(int)valueLength..];
        return ErrorNumber.None;
    }

    private static bool StartsCharacter(ReadOnlySpan<byte> text, int position) =>
        position == text.Length || (text[position] & 0xc0) != 0x80;

    private static bool TryReadEvent(ReadOnlySpan<byte> encoded, out List<EventEntry> list)
    {
        list = [];
        CborReader reader = new(encoded);
        if (!reader.TryReadArrayHeader(out int count))
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (!EventEntry.TryRead(ref reader, out EventEntry entry))
            {
                return false;
            }

            list.Add(entry);
        }

        return reader.TryEnd();
    }
}
