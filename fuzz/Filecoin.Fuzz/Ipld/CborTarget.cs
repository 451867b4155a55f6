using System.Formats.Cbor;
using Filecoin.Ipld;
using PeerReader = System.Formats.Cbor.CborReader;
using Reader = Filecoin.Ipld.CborReader;
using Writer = Filecoin.Ipld.CborWriter;

namespace Filecoin.Fuzz.Ipld;

/// <summary>Items are read as the framework's own reader reads them, or refused.</summary>
public static class CborTarget
{
    private const int DepthMax = Reader.DepthMax + 1;
    private const int PeerDepthMax = 64;
    private const int IsDeep = 1 << 8;

    public static IEnumerable<byte[]> Seeds()
    {
        Writer writer = new(256);
        writer.WriteArrayHeader(8);
        writer.WriteUInt64(1_000_000);
        writer.WriteInt64(-500);
        writer.WriteBytes([1, 2, 3]);
        writer.WriteText("wörter");
        writer.WriteBool(true);
        writer.WriteNull();
        writer.WriteCid(Cid.Of(Codec.DagCbor, [0x80]));
        writer.WriteMapHeader(2);
        writer.WriteText("a");
        writer.WriteArrayHeader(0);
        writer.WriteText("b");
        writer.WriteUInt64(ulong.MaxValue);
        yield return writer.ToArray();
        writer = new(256);
        for (int depth = 0; depth < Reader.DepthMax; depth++)
        {
            writer.WriteArrayHeader(1);
        }

        writer.WriteNull();
        yield return writer.ToArray();
        yield return [0xfb, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0];
        yield return [0x82, 0xf9, 0x3c, 0, 0xfa, 0, 0, 0, 0];
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        Reader reader = new(input);
        bool isRead = reader.TrySkip();
        int end = reader.Position;
        Claim.Holds(isRead || end == 0, "a refusal that has moved");
        Claim.Holds(isRead == (reader.Error.Kind == CborErrorKind.None), "an error or an item");
        if (!isRead)
        {
            Claim.Holds(
                reader.Error.Offset >= 0 && reader.Error.Offset <= input.Length,
                "an error outside the input");
            Claim.Holds(reader.Error.ToString().Length < 100, "a long reason");
            return Outcome.Refused(reader.Error.Kind.ToString());
        }

        byte[] written = Rewritten(input[..end], out int kinds);
        Claim.Holds(written.Length <= end, "the canonical form is longer");
        Reader again = new(written);
        Claim.Holds(again.TrySkip() && again.TryEnd(), "the canonical form is refused");
        Claim.Holds(
            Rewritten(written, out _).AsSpan().SequenceEqual(written), "the form is not canonical");
        if ((kinds & IsDeep) == 0)
        {
            PeerReader peer = new(input[..end].ToArray(), CborConformanceMode.Lax);
            peer.SkipValue();
            Claim.Holds(peer.BytesRemaining == 0, "the framework's reader stops elsewhere");
        }

        return Outcome.Accepted($"kinds {kinds:x} length {Outcome.Size(end)}");
    }

    /// <summary>The same items as our writer writes them, and which kinds there are.</summary>
    private static byte[] Rewritten(ReadOnlySpan<byte> item, out int kinds)
    {
        kinds = 0;
        Reader reader = new(item);
        Writer writer = new(item.Length);
        try
        {
            Claim.Holds(Copy(ref reader, ref writer, ref kinds, DepthMax), "an item within");
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static bool Copy(ref Reader reader, ref Writer writer, ref int kinds, int depthLeft)
    {
        int start = reader.Position;
        bool isThere = reader.TryPeekMajor(out CborMajor major);
        kinds |= 1 << (int)major;
        switch (major)
        {
            case CborMajor.Unsigned when reader.TryReadUInt64(out ulong number):
                writer.WriteUInt64(number);
                return isThere;
            case CborMajor.Bytes when reader.TryReadBytes(out ReadOnlySpan<byte> bytes):
                writer.WriteBytes(bytes);
                return true;
            case CborMajor.Text when reader.TryReadText(out string text):
                writer.WriteText(text);
                return true;
            case CborMajor.Tag when reader.TryReadCid(out Cid cid):
                writer.WriteCid(cid);
                return true;
            case CborMajor.Array when reader.TryReadArrayHeader(out int count):
                writer.WriteArrayHeader(count);
                return CopyItems(ref reader, ref writer, ref kinds, count, depthLeft - 1);
            case CborMajor.Map when reader.TryReadMapHeader(out int count):
                writer.WriteMapHeader(count);
                return CopyItems(ref reader, ref writer, ref kinds, 2 * count, depthLeft - 1);
            default:
                // Numbers below those of 64 bits, and floats: kept as they are.
                bool isSkipped = reader.TrySkip();
                writer.WriteRaw(reader.Since(start));
                return isSkipped;
        }
    }

    private static bool CopyItems(
        ref Reader reader, ref Writer writer, ref int kinds, int count, int depthLeft)
    {
        Claim.Holds(depthLeft >= 0, "nested too deep");
        kinds |= depthLeft < DepthMax - PeerDepthMax ? IsDeep : 0;
        for (int i = 0; i < count; i++)
        {
            if (!Copy(ref reader, ref writer, ref kinds, depthLeft))
            {
                return false;
            }
        }

        return true;
    }
}
