using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Filecoin.Node;

/// <summary>Hears what a node tells of by itself, over WebSocket.</summary>
internal static class NodeEvents
{
    private const int NoticeBytesMax = 4 << 20;
    private const int ReadBytes = 64 << 10;

    /// <summary>Follows a subscription until the connection or the program ends.</summary>
    /// <exception cref="ClientException">The node cannot be heard, or stops.</exception>
    public static void Follow(Uri node, string what, Action<JsonNode> tell) =>
        FollowAsync(node, what, tell).GetAwaiter().GetResult();

    private static async Task FollowAsync(Uri node, string what, Action<JsonNode> tell)
    {
        UriBuilder address = new(node)
        {
            Scheme = node.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
        };
        using ClientWebSocket socket = new();
        try
        {
            await socket.ConnectAsync(address.Uri, default).ConfigureAwait(false);
            byte[] request = Encoding.UTF8.GetBytes(
                $$"""{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["{{what}}"]}""");
            await socket.SendAsync(request, WebSocketMessageType.Text, true, default)
                .ConfigureAwait(false);
            while (await Receive(socket).ConfigureAwait(false) is JsonNode notice)
            {
                Hear(notice, tell);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or JsonException)
        {
            throw new ClientException(
                $"no node is heard at {address.Uri} ({failure.Message})", failure);
        }

        throw new ClientException($"the node at {address.Uri} ended the connection");
    }

    private static void Hear(JsonNode notice, Action<JsonNode> tell)
    {
        if (notice["error"] is JsonObject error)
        {
            throw new NodeException(
                (int?)error["code"] ?? 0, (string?)error["message"] ?? "", error["data"]);
        }

        if (notice["params"]?["result"] is JsonNode told)
        {
            tell(told);
        }
    }

    private static async Task<JsonNode?> Receive(ClientWebSocket socket)
    {
        byte[] part = new byte[ReadBytes];
        using MemoryStream whole = new();
        while (true)
        {
            ValueWebSocketReceiveResult read =
                await socket.ReceiveAsync(part.AsMemory(), default).ConfigureAwait(false);
            whole.Write(part.AsSpan(0, read.Count));
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (whole.Length > NoticeBytesMax)
            {
                throw new ClientException($"the node tells of more than {NoticeBytesMax} bytes");
            }

            if (read.EndOfMessage)
            {
                return JsonNode.Parse(whole.ToArray());
            }
        }
    }
}
