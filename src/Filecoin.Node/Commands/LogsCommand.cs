using System.CommandLine;
using System.Text.Json.Nodes;

namespace Filecoin.Node;

/// <summary><c>fvm chain logs</c>: what contracts have told.</summary>
internal static class LogsCommand
{
    private const string Any = "any";

    public static Command Create()
    {
        Option<string[]> address = new("--address")
        {
            Description = "Who tells; may be given several times. Else all.",
        };
        Option<string[]> topic = new("--topic")
        {
            Description = $"A topic in its place, or {Any}; up to four.",
        };
        Option<string?> from = new("--from-block") { Description = "The first; else the latest." };
        Option<string?> to = new("--to-block") { Description = "The last; else the latest." };
        return ClientCommand.Create(
            "logs",
            "Logs of contracts.\n\n  fvm chain logs --from-block 0 --address 0xTOKEN",
            [address, topic, from, to],
            (node, parsed, asJson) =>
            {
                JsonObject filter = new()
                {
                    ["fromBlock"] = NodeAnswers.Block(parsed.GetValue(from)),
                    ["toBlock"] = NodeAnswers.Block(parsed.GetValue(to)),
                    ["address"] = new JsonArray([.. (parsed.GetValue(address) ?? [])
                        .Select(text => (JsonNode)(AddressArgument.EthereumText(
                            AddressArgument.Parse(text))
                            ?? throw new ClientException($"no contract's address: {text}")))]),
                    ["topics"] = new JsonArray([.. (parsed.GetValue(topic) ?? [])
                        .Select(text => text == Any ? null : (JsonNode)text)]),
                };
                JsonNode? found = node.Call("eth_getLogs", filter);
                if (asJson)
                {
                    return Answer.Show(found!, asJson);
                }

                foreach (Answer log in Of(found))
                {
                    _ = log.Show(asJson);
                    Console.WriteLine();
                }

                return FvmCommand.Success;
            });
    }

    /// <summary>Logs as a node gives them.</summary>
    public static IReadOnlyList<Answer> Of(JsonNode? logs)
    {
        List<Answer> found = [];
        foreach (JsonNode? log in logs as JsonArray ?? [])
        {
            found.Add(new Answer()
                .Add("address", AddressArgument.Parse(log!.Text("address")))
                .Add("topics", log!["topics"]?.DeepClone())
                .Add("data", log.Text("data"))
                .Add("epoch", (long)log.Number("blockNumber"))
                .Add("hash", log.Text("transactionHash"))
                .Add("index", (long)log.Number("logIndex")));
        }

        return found;
    }
}
