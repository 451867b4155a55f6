using System.Diagnostics.CodeAnalysis;

namespace Filecoin;

/// <summary>What the chain keeps of a message's outcome.</summary>
/// <remarks>Spec: message-execution 9; ipld-encoding 6.4.</remarks>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Return">What it returned; empty for nothing.</param>
/// <param name="GasUsed">Gas, rounded up.</param>
/// <param name="EventsRoot">Root of its events; null for none.</param>
public sealed record Receipt(
    ExitCode ExitCode, ReadOnlyMemory<byte> Return, long GasUsed, Cid? EventsRoot)
{
    /// <summary>The CBOR form; in version 17 it has no events.</summary>
    public byte[] Encode(NetworkVersion version)
    {
        bool hasEvents = version >= NetworkVersion.V18;
        CborWriter writer = new(64 + Return.Length);
        writer.WriteArrayHeader(hasEvents ? 4 : 3);
        writer.WriteUInt64(ExitCode.Value);
        writer.WriteBytes(Return.Span);
        writer.WriteInt64(GasUsed);
        if (hasEvents && EventsRoot is Cid root)
        {
            writer.WriteCid(root);
        }
        else if (hasEvents)
        {
            writer.WriteNull();
        }

        byte[] encoded = writer.ToArray();
        writer.Dispose();
        return encoded;
    }

    /// <summary>Reads the CBOR form of any version: its length tells which.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> data, [NotNullWhen(true)] out Receipt? receipt, out CborError error)
    {
        CborReader reader = new(data);
        receipt = TryRead(ref reader, out Receipt? read) && reader.TryEnd() ? read : null;
        error = reader.Error;
        return receipt is not null;
    }

    private static bool TryRead(ref CborReader reader, [NotNullWhen(true)] out Receipt? receipt)
    {
        receipt = null;
        if (!reader.TryReadArrayHeader(out int fields))
        {
            return false;
        }

        if (fields is not (3 or 4))
        {
            return reader.FailAt(CborErrorKind.WrongLength, 0);
        }

        Cid? eventsRoot = null;
        if (!reader.TryReadUInt32(out uint exitCode)
            || !reader.TryReadBytes(out ReadOnlySpan<byte> value)
            || !reader.TryReadInt64(out long gasUsed)
            || (fields == 4 && !TryReadRoot(ref reader, out eventsRoot)))
        {
            return false;
        }

        receipt = new(new(exitCode), value.ToArray(), gasUsed, eventsRoot);
        return true;
    }

    private static bool TryReadRoot(ref CborReader reader, out Cid? root)
    {
        bool isNull = reader.TryReadNull();
        Cid cid = default;
        bool isRead = isNull || reader.TryReadCid(out cid);
        root = isNull ? null : cid;
        return isRead;
    }
}
