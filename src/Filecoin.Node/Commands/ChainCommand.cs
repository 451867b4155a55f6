using System.CommandLine;
using System.Text.Json.Nodes;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary><c>fvm chain</c>: blocks, messages, receipts and logs of a node.</summary>
internal static class ChainCommand
{
    public static Command Create() => new(
        "chain",
        "Show blocks, messages, receipts and logs; write a chain to a file, or take one up.")
    {
        Head(), Block(), Message(), Receipt(), LogsCommand.Create(), Follow(),
        ChainFiles.Export(), ChainFiles.Import(),
    };

    private static Command Head() => ClientCommand.Create(
        "head",
        "The latest tipset.",
        [],
        (node, _, asJson) => ShowBlock(node, "latest", asJson));

    private static Command Block()
    {
        Argument<string> block = new("BLOCK") { Description = "An epoch, a hash or latest." };
        return ClientCommand.Create(
            "block",
            "A tipset and its messages.",
            [block.WithoutOptions()],
            (node, parsed, asJson) => ShowBlock(node, parsed.GetValue(block)!, asJson));
    }

    private static int ShowBlock(NodeClient node, string text, bool asJson)
    {
        string name = NodeAnswers.Block(text);
        const int HashLetters = 66;
        string method = name.Length == HashLetters
            ? "eth_getBlockByHash"
            : "eth_getBlockByNumber";
        JsonNode block = node.Call(method, name, false)
            ?? throw new ClientException($"the node has no block {Excerpt.Of(text)}");
        long epoch = (long)block.Number("number");
        JsonNode tipset = node.Call("Filecoin.ChainGetTipSetByHeight", epoch, null)!;
        return HeaderOf(block)
            .Add("parent", block.Text("parentHash"))
            .Add("miner", tipset["Blocks"]?[0]?["Miner"]?.DeepClone())
            .Add("blocks", new JsonArray([.. tipset["Cids"]!.AsArray().Select(
                link => link!["/"]?.DeepClone())]))
            .Add("transactions", block["transactions"]?.DeepClone())
            .Show(asJson);
    }

    /// <summary>What a block and the notice of one have.</summary>
    private static Answer HeaderOf(JsonNode block)
    {
        long seconds = (long)block.Number("timestamp");
        return new Answer()
            .Add("epoch", (long)block.Number("number"))
            .Add("hash", block.Text("hash"))
            .Add("timestamp", seconds, $"{DateTimeOffset.FromUnixTimeSeconds(seconds):u}")
            .Add("baseFee", block.Amount("baseFeePerGas"))
            .Add("gasUsed", (long)block.Number("gasUsed"));
    }

    private static Command Message()
    {
        Argument<string> message = new("MESSAGE")
        {
            Description = "A transaction's hash, or a message's CID.",
        };
        return ClientCommand.Create(
            "message",
            "A message of the chain.",
            [message.WithoutOptions()],
            (node, parsed, asJson) =>
            {
                string hash = node.HashOf(parsed.GetValue(message)!);
                JsonNode found = node.Call("eth_getTransactionByHash", hash)
                    ?? throw Unknown(hash);
                CidLink link = node.Ask<CidLink>(
                    "Filecoin.EthGetMessageCidByTransactionHash", hash);
                MessageView view = node.Ask<MessageView>(
                    "Filecoin.ChainGetMessage", NodeAnswers.Link(link.Cid));
                return new Answer()
                    .Add("hash", hash)
                    .Add("message", $"{link.Cid}")
                    .Add("from", view.From.Address)
                    .Add("to", view.To.Address)
                    .Add("nonce", view.Nonce)
                    .Add("value", view.Value.Amount)
                    .Add("method", view.Method)
                    .Add("parameters", Hex.OfBytes(view.Params))
                    .Add("gasLimit", view.GasLimit)
                    .Add("gasFeeCap", view.GasFeeCap.Amount)
                    .Add("gasPremium", view.GasPremium.Amount)
                    .Add("epoch", found["blockNumber"] is null
                        ? null
                        : (long)found.Number("blockNumber"))
                    .Show(asJson);
            });
    }

    private static Command Receipt()
    {
        Argument<string> message = new("MESSAGE")
        {
            Description = "A transaction's hash, or a message's CID.",
        };
        return ClientCommand.Create(
            "receipt",
            "What a message has led to.",
            [message.WithoutOptions()],
            (node, parsed, asJson) =>
            {
                string hash = node.HashOf(parsed.GetValue(message)!);
                Delivery delivery = Delivery.Find(node, hash) ?? throw Unknown(hash);
                Answer answer = delivery.ToAnswer()
                    .Add("returned", Hex.OfBytes(delivery.Outcome.Return))
                    .Add("value", delivery.Returned?.DeepClone())
                    .Add("logs", LogsCommand.Of(delivery.Receipt["logs"]));
                return answer.Show(asJson);
            });
    }

    private static ClientException Unknown(string hash) =>
        new($"no block of the node has {hash}, or not yet");

    private static Command Follow()
    {
        Option<string> url = ClientCommand.Url();
        Option<bool> json = new(ClientCommand.JsonName)
        {
            Description = "One JSON object a line.",
        };
        Command command = new("follow", "Show each tipset as it comes, until Ctrl-C.")
        {
            url, json,
        };
        command.SetAction(parsed =>
        {
            using NodeClient node = new(parsed.GetValue(url)!, token: null);
            NodeEvents.Follow(node.Url, "newHeads", told =>
            {
                Answer head = HeaderOf(told);
                Console.WriteLine(parsed.GetValue(json)
                    ? head.ToLine()
                    : $"{told.Number("number"),8}  {told.Text("hash")}"
                        + $"  {told.Number("gasUsed"),12} gas");
            });
            return FvmCommand.Success;
        });
        return command;
    }
}
