using System.Text.Json.Nodes;

namespace Filecoin.Node;

/// <summary>Shows any DAG-CBOR as JSON, without knowing what it means.</summary>
/// <remarks>
/// A link is <c>{"/": CID}</c>, a byte string <c>{"hex": …}</c>; a map is <c>{"map": …}</c> of
/// <c>[key, value]</c>, for its keys may repeat; what JSON cannot say is <c>{"cbor": hex}</c>.
/// </remarks>
public static class CborTree
{
    // A map takes three levels of JSON, and readers of JSON refuse deep trees.
    private const int DepthMax = 30;

    /// <summary>Reads one item that fills the input.</summary>
    /// <exception cref="InspectionException">It is not one well-formed item.</exception>
    public static JsonNode? Read(ReadOnlySpan<byte> data)
    {
        CborReader check = new(data);
        if (!check.TrySkip() || !check.TryEnd())
        {
            throw new InspectionException($"not DAG-CBOR: {check.Error}");
        }

        CborReader reader = new(data);
        return ReadItem(ref reader, DepthMax);
    }

    private static JsonNode? ReadItem(ref CborReader reader, int depthLeft)
    {
        int start = reader.Position;
        _ = reader.TryPeekMajor(out CborMajor major);
        switch (major)
        {
            case CborMajor.Unsigned when reader.TryReadUInt64(out ulong value):
                return value;
            case CborMajor.Negative when reader.TryReadInt64(out long value):
                return value;
            case CborMajor.Bytes when reader.TryReadBytes(out ReadOnlySpan<byte> bytes):
                return Hex("hex", bytes);
            case CborMajor.Text when reader.TryReadText(out string text):
                return text;
            case CborMajor.Tag when reader.TryReadCid(out Cid cid):
                return new JsonObject { ["/"] = cid.ToString() };
            case CborMajor.Simple when reader.TryReadNull():
                return null;
            case CborMajor.Simple when reader.TryReadBool(out bool value):
                return value;
            case CborMajor.Array when depthLeft > 0 && reader.TryReadArrayHeader(out int count):
                return ReadItems(ref reader, count, depthLeft - 1);
            case CborMajor.Map when depthLeft > 0 && reader.TryReadMapHeader(out int count):
                return ReadPairs(ref reader, count, depthLeft - 1);
            default:
                return reader.TrySkip()
                    ? Hex("cbor", reader.Since(start))
                    : throw new InspectionException($"not DAG-CBOR: {reader.Error}");
        }
    }

    private static JsonArray ReadItems(ref CborReader reader, int count, int depthLeft)
    {
        JsonArray items = [];
        for (int i = 0; i < count; i++)
        {
            items.Add(ReadItem(ref reader, depthLeft));
        }

        return items;
    }

    private static JsonObject ReadPairs(ref CborReader reader, int count, int depthLeft)
    {
        JsonArray pairs = [];
        for (int i = 0; i < count; i++)
        {
            JsonNode? key = ReadItem(ref reader, depthLeft);
            pairs.Add((JsonNode)new JsonArray(key, ReadItem(ref reader, depthLeft)));
        }

        return new JsonObject { ["map"] = pairs };
    }

    private static JsonObject Hex(string name, ReadOnlySpan<byte> bytes) =>
        new() { [name] = Convert.ToHexStringLower(bytes) };
}
