using System.Text.Json.Nodes;

namespace Filecoin.Node;

/// <summary>A node's answer is an error.</summary>
/// <param name="code">Its number; 3 where a contract reverted.</param>
/// <param name="message">The node's words.</param>
/// <param name="data">What came with them.</param>
public sealed class NodeException(int code, string message, JsonNode? data)
    : Exception(message)
{
    /// <summary>Its number.</summary>
    public int Code { get; } = code;

    /// <summary>What came with it; null for nothing.</summary>
    public JsonNode? Detail { get; } = data;
}
