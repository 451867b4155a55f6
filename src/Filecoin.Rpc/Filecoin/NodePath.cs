using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Filecoin.ActorRuntime;

namespace Filecoin.Rpc;

/// <summary>Paths through the store: a root's CID, then a name for each step.</summary>
/// <remarks>
/// Spec: lotus node/impl/full/chain.go, resolveOnce. A step is the index in a tuple or the key in
/// a map; <c>@H:</c>, <c>@Ha:</c>, <c>@Hi:</c> and <c>@Hu:</c> look a key up in a HAMT, as it is,
/// as an address, as a signed and as an unsigned number; <c>@A:</c> is an index in an AMT;
/// <c>@state</c> the state of the actor whose record it is. A path ends at a block, or at a value
/// of a HAMT or an AMT, which is then named as a block of its own.
/// </remarks>
internal sealed class NodePath(ChainState state)
{
    private const int HamtBitWidth = 5;
    private const int StepsMax = 64;

    /// <summary>What a path leads to.</summary>
    /// <exception cref="RpcException">It leads nowhere.</exception>
    public NodeView Follow(string path)
    {
        string[] steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (steps is ["ipfs" or "ipld", ..])
        {
            steps = steps[1..];
        }

        if (steps.Length is 0 or > StepsMax || !Cid.TryParse(steps[0], out Cid cid))
        {
            throw RpcException.BadParameters(
                $"parsing path: it is /ipfs/CID and at most {StepsMax - 1} names");
        }

        ReadOnlyMemory<byte> node = BlockOf(cid);
        for (int i = 1; i < steps.Length; i++)
        {
            if (steps[i] == "@state")
            {
                return i == steps.Length - 1
                    ? StateOf(node)
                    : throw new RpcException("@state is a path's last step");
            }

            RawCbor next = Step(cid, node, steps[i]);
            CborReader reader = new(next.Encoded.Span);
            if (reader.TryReadCid(out Cid link))
            {
                (cid, node) = (link, BlockOf(link));
            }
            else if (IsLookup(steps[i]) || i < steps.Length - 1)
            {
                (cid, node) = (Cid.Of(Codec.DagCbor, next.Encoded.Span), next.Encoded);
            }
            else
            {
                throw new RpcException($"{steps[i]}: no link: a path ends at one");
            }
        }

        return new(new(cid), NodeJson.Of(node.Span));
    }

    private static bool IsLookup(string step) => step.StartsWith('@');

    private ReadOnlyMemory<byte> BlockOf(Cid cid) =>
        state.Blocks.TryGet(cid, out ReadOnlyMemory<byte> block)
            ? block
            : throw new RpcException($"block not found: {cid}");

    private NodeView StateOf(ReadOnlyMemory<byte> record)
    {
        if (!Cbor.TryDecode(record.Span, out ActorState actor, out CborError error))
        {
            throw new RpcException($"@state: no actor's record: {error}");
        }

        ReadOnlyMemory<byte> head = BlockOf(actor.State);
        return state.NameOf(actor) is string name && ActorTables.StateOf(name) is CborType type
            ? new(new(actor.State), JsonNode.Parse(RpcJson.TextOf(
                new ActorValue(ActorCodec.Decode(type, head.Span)))))
            : new(new(actor.State), NodeJson.Of(head.Span));
    }

    private RawCbor Step(Cid cid, ReadOnlyMemory<byte> node, string step)
    {
        if (!IsLookup(step))
        {
            return Member(node, step);
        }

        int colon = step.IndexOf(':', StringComparison.Ordinal);
        string text = step[(colon + 1)..];
        try
        {
            return step[..(colon + 1)] switch
            {
                "@H:" => InMap(cid, Encoding.UTF8.GetBytes(text)),
                "@Ha:" => InMap(cid, RpcJson.Read<AddressView>(
                    JsonValue.Create(text)).Address.ToBytes()),
                "@Hi:" => InMap(cid, Int64Key.ToBytes(
                    long.Parse(text, CultureInfo.InvariantCulture))),
                "@Hu:" => InMap(cid, UInt64Key.ToBytes(
                    ulong.Parse(text, CultureInfo.InvariantCulture))),
                "@A:" => Amt<RawCbor>.Load(state.Blocks, cid).TryGet(
                    ulong.Parse(text, CultureInfo.InvariantCulture), out RawCbor found)
                        ? found
                        : throw new RpcException("resolve amt: not found"),
                _ => throw new RpcException($"no lookup: {step}"),
            };
        }
        catch (Exception failure) when (failure is FormatException or OverflowException
            or JsonException or IpldException)
        {
            throw new RpcException($"{step}: {failure.Message}");
        }
    }

    private RawCbor InMap(Cid root, byte[] key) =>
        Hamt<RawCbor>.Load(state.Blocks, root, new HamtOptions(HamtBitWidth))
            .TryGet(key, out RawCbor found)
                ? found
                : throw new RpcException("resolve hamt: not found");

    private static RawCbor Member(ReadOnlyMemory<byte> node, string step)
    {
        CborReader reader = new(node.Span);
        if (reader.TryPeekMajor(out CborMajor major) && major == CborMajor.Array
            && reader.TryReadArrayHeader(out int count)
            && int.TryParse(step, CultureInfo.InvariantCulture, out int wanted)
            && wanted >= 0 && wanted < count)
        {
            return Nth(ref reader, node, wanted);
        }

        if (major == CborMajor.Map && reader.TryReadMapHeader(out count))
        {
            for (int i = 0; i < count && reader.TryReadText(out string key); i++)
            {
                if (key == step)
                {
                    return Nth(ref reader, node, 0);
                }

                _ = reader.TrySkip();
            }
        }

        throw new RpcException($"no link named \"{step}\"");
    }

    private static RawCbor Nth(ref CborReader reader, ReadOnlyMemory<byte> node, int index)
    {
        int start = reader.Position;
        for (int i = 0; i <= index; i++)
        {
            start = reader.Position;
            if (!reader.TrySkip())
            {
                throw new RpcException($"not DAG-CBOR: {reader.Error}");
            }
        }

        return new(node[start..reader.Position]);
    }
}

/// <summary>DAG-CBOR as JSON, without knowing what it means.</summary>
/// <remarks>
/// Spec: go-ipld-cbor MarshalJSON: links are {"/": CID}, bytes base64, keys of maps texts.
/// </remarks>
internal static class NodeJson
{
    // A level of CBOR is one of JSON, of which clients read some dozens.
    private const int DepthMax = 50;

    /// <summary>The JSON of an item that fills the input.</summary>
    /// <exception cref="RpcException">It is no such item.</exception>
    public static JsonNode? Of(ReadOnlySpan<byte> cbor)
    {
        CborReader reader = new(cbor);
        JsonNode? node = Read(ref reader, DepthMax);
        return reader.TryEnd() ? node : throw Malformed(reader);
    }

    private static JsonNode? Read(ref CborReader reader, int depthLeft)
    {
        _ = reader.TryPeekMajor(out CborMajor major);
        return major switch
        {
            CborMajor.Unsigned when reader.TryReadUInt64(out ulong value) => value,
            CborMajor.Negative when reader.TryReadInt64(out long value) => value,
            CborMajor.Bytes when reader.TryReadBytes(out ReadOnlySpan<byte> bytes) =>
                Convert.ToBase64String(bytes),
            CborMajor.Text when reader.TryReadText(out string text) => text,
            CborMajor.Tag when reader.TryReadCid(out Cid cid) =>
                new JsonObject { ["/"] = cid.ToString() },
            CborMajor.Simple when reader.TryReadNull() => null,
            CborMajor.Simple when reader.TryReadBool(out bool value) => value,
            CborMajor.Array when depthLeft > 0 && reader.TryReadArrayHeader(out int count) =>
                ReadItems(ref reader, count, depthLeft - 1),
            CborMajor.Map when depthLeft > 0 && reader.TryReadMapHeader(out int count) =>
                ReadMembers(ref reader, count, depthLeft - 1),
            _ => throw Malformed(reader),
        };
    }

    private static JsonArray ReadItems(ref CborReader reader, int count, int depthLeft)
    {
        JsonArray items = [];
        for (int i = 0; i < count; i++)
        {
            items.Add(Read(ref reader, depthLeft));
        }

        return items;
    }

    private static JsonObject ReadMembers(ref CborReader reader, int count, int depthLeft)
    {
        JsonObject members = [];
        for (int i = 0; i < count; i++)
        {
            members[reader.TryReadText(out string key) ? key : throw Malformed(reader)] =
                Read(ref reader, depthLeft);
        }

        return members;
    }

    private static RpcException Malformed(in CborReader reader) => new(
        $"not DAG-CBOR that JSON can show, at byte {reader.Position}: {reader.Error}");
}
