using System.Text.Json;
using System.Text.Json.Nodes;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>Values of the network as JSON.</summary>
internal static class FilecoinForm
{
    /// <summary>A value as the network's methods take it.</summary>
    public static JsonNode? Json<T>(T value)
    {
        System.Buffers.ArrayBufferWriter<byte> bytes = new(1024);
        using (Utf8JsonWriter writer = new(bytes))
        {
            RpcJson.Write(writer, value);
        }

        return JsonNode.Parse(bytes.WrittenSpan);
    }
}
