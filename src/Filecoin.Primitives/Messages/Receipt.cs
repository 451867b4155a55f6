namespace Filecoin;

/// <summary>What the chain keeps of a message's outcome.</summary>
/// <remarks>Spec: message-execution 9.</remarks>
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
}
