using System.Text.Json.Nodes;
using Filecoin.Wasm;

namespace Filecoin.Node;

/// <summary>Explains values of the protocol, each as a JSON tree.</summary>
/// <remarks>All input is foreign; a refusal is an <see cref="InspectionException"/>.</remarks>
public static class Inspector
{
    /// <summary>A CID from its text.</summary>
    public static JsonObject OfCid(string text)
    {
        Cid cid = ParseCid(text);
        return new()
        {
            ["cid"] = cid.ToString(),
            ["codec"] = $"0x{cid.Codec:x}",
            ["hashFunction"] = $"0x{cid.HashFunction:x}",
            ["digest"] = Convert.ToHexStringLower(cid.Digest),
        };
    }

    /// <summary>An address from its text.</summary>
    public static JsonObject OfAddress(string text)
    {
        Address address = ParseAddress(text);
        JsonObject shown = new()
        {
            ["address"] = address.ToString(),
            ["protocol"] = address.Protocol.ToString(),
            ["bytes"] = Convert.ToHexStringLower(address.ToBytes()),
        };
        if (address.TryGetId(out ActorId id))
        {
            shown["id"] = id.Value;
        }

        if (address.TryGetDelegated(out ulong manager, out ReadOnlySpan<byte> subaddress))
        {
            shown["manager"] = manager;
            shown["subaddress"] = Convert.ToHexStringLower(subaddress);
        }

        return shown;
    }

    /// <summary>An unsigned message from its CBOR.</summary>
    public static JsonObject OfMessage(ReadOnlySpan<byte> data) =>
        Cbor.TryDecode<Message>(data, out Message? message, out CborError error)
            ? new()
            {
                ["cid"] = message.Cid.ToString(),
                ["version"] = message.Version,
                ["to"] = message.To.ToString(),
                ["from"] = message.From.ToString(),
                ["nonce"] = message.Nonce,
                ["valueAtto"] = message.Value.ToString(),
                ["gasLimit"] = message.GasLimit,
                ["gasFeeCapAtto"] = message.GasFeeCap.ToString(),
                ["gasPremiumAtto"] = message.GasPremium.ToString(),
                ["method"] = message.Method.Value,
                ["parameters"] = Convert.ToHexStringLower(message.Parameters.Span),
            }
            : throw new InspectionException($"not a message: {error}");

    /// <summary>A CAR: its roots, and how many blocks of which codec.</summary>
    public static JsonObject OfCar(ReadOnlyMemory<byte> data)
    {
        try
        {
            CarReader reader = new(data);
            SortedDictionary<ulong, int> codecs = [];
            long length = 0;
            while (reader.TryRead(out Cid cid, out ReadOnlyMemory<byte> block))
            {
                codecs[cid.Codec] = codecs.GetValueOrDefault(cid.Codec) + 1;
                length += block.Length;
            }

            JsonObject counts = [];
            foreach ((ulong codec, int count) in codecs)
            {
                counts[$"0x{codec:x}"] = count;
            }

            return new()
            {
                ["roots"] = new JsonArray(
                    [.. reader.Roots.Select(r => JsonValue.Create(r.ToString()))]),
                ["blocks"] = codecs.Values.Sum(),
                ["bytes"] = length,
                ["blocksByCodec"] = counts,
            };
        }
        catch (CarException e)
        {
            throw new InspectionException($"not a CAR: {e.Message}");
        }
    }

    /// <summary>A Wasm module: what it imports and exports.</summary>
    public static JsonObject OfModule(ReadOnlySpan<byte> wasm)
    {
        try
        {
            ModuleInfo module = ModuleInfo.Read(wasm);
            return new()
            {
                ["memoryPagesMin"] = module.MemoryPagesMin,
                ["hasStart"] = module.HasStart,
                ["imports"] = new JsonArray(
                    [.. module.Imports.Select(i => JsonValue.Create($"{i.Module}.{i.Name}"))]),
                ["exports"] = new JsonArray(
                    [.. module.Exports.Select(e => JsonValue.Create(e.Name))]),
            };
        }
        catch (WasmRefusedException e)
        {
            throw new InspectionException($"not an accepted module: {e.Message}");
        }
    }

    internal static Cid ParseCid(string text) => Cid.TryParse(text, out Cid cid)
        ? cid
        : throw new InspectionException($"not a CID: {Excerpt.Of(text)}");

    internal static Address ParseAddress(string text) =>
        Address.TryParse(text, out Address address)
            ? address
            : throw new InspectionException($"not an address: {Excerpt.Of(text)}");
}
