using System.Numerics;
using System.Text.Json.Nodes;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>What several commands ask a node for.</summary>
internal static class NodeAnswers
{
    /// <summary>A member of an answer that is a number of Ethereum.</summary>
    /// <exception cref="ClientException">It is none.</exception>
    public static BigInteger Number(this JsonNode answer, string name) =>
        Hex.TryReadNumber(answer.Text(name), out BigInteger value)
            ? value
            : throw new ClientException($"the node answers {name} with no number");

    /// <summary>A member of an answer that is a number of Ethereum and an amount.</summary>
    public static TokenAmount Amount(this JsonNode answer, string name) =>
        TokenAmount.FromAtto(answer.Number(name));

    /// <summary>A member of an answer that is a text.</summary>
    /// <exception cref="ClientException">It is none.</exception>
    public static string Text(this JsonNode answer, string name) =>
        answer[name] is JsonValue value && value.TryGetValue(out string? text)
            ? text
            : throw new ClientException($"the node's answer has no {name}");

    /// <summary>The id of an address; null if no actor has it.</summary>
    public static Address? LookupId(this NodeClient node, Address address)
    {
        if (address.IsId)
        {
            return address;
        }

        try
        {
            return node.Ask<AddressView>("Filecoin.StateLookupID", $"{address}", null).Address;
        }
        catch (NodeException refusal) when (IsMissing(refusal))
        {
            return null;
        }
    }

    /// <summary>Whether an error says that there is no such actor.</summary>
    public static bool IsMissing(NodeException refusal) =>
        refusal.Code == RpcError.ActorNotFoundCode
        || refusal.Message.Contains("not found", StringComparison.OrdinalIgnoreCase);

    /// <summary>The hash of a transaction, from itself or from the CID of its message.</summary>
    /// <exception cref="ClientException">It is neither, or the node does not know it.</exception>
    public static string HashOf(this NodeClient node, string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            const int HashLength = 32;
            return Hex.TryReadBytes(text, out byte[] bytes) && bytes.Length == HashLength
                ? text
                : throw new ClientException($"no hash: {Excerpt.Of(text)}: 0x and 64 digits");
        }

        return Cid.TryParse(text, out Cid cid)
            ? (string?)node.Call("Filecoin.EthGetTransactionHashByCid", Link(cid))
                ?? throw new ClientException($"the node knows no message {cid}")
            : throw new ClientException(
                $"neither a hash (0x…) nor a message's CID: {Excerpt.Of(text)}");
    }

    /// <summary>A link as the network's methods take it.</summary>
    public static JsonObject Link(Cid cid) => new() { ["/"] = $"{cid}" };

    /// <summary>A block as Ethereum's methods take it: a number, a tag or a hash.</summary>
    /// <exception cref="ClientException">It is none.</exception>
    public static string Block(string? text) => text switch
    {
        null => "latest",
        "latest" or "earliest" or "pending" or "safe" or "finalized" => text,
        _ when text.StartsWith("0x", StringComparison.Ordinal) => text,
        _ when ulong.TryParse(text, out ulong number) => Hex.Of(number),
        _ => throw new ClientException($"no block: {Excerpt.Of(text)}: a number, a hash or latest"),
    };

    /// <summary>The key of an epoch's tipset, as methods take it; null for the latest.</summary>
    /// <exception cref="ClientException">It is no epoch.</exception>
    public static JsonNode? TipsetAt(this NodeClient node, string? epoch) => epoch is null
        ? null
        : long.TryParse(epoch, out long number) && number >= 0
            ? node.Call("Filecoin.ChainGetTipSetByHeight", number, null)?["Cids"]?.DeepClone()
            : throw new ClientException($"no epoch: {Excerpt.Of(epoch)}");
}
