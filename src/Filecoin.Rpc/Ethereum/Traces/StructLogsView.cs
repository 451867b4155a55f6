using System.Numerics;

namespace Filecoin.Rpc;

/// <summary>The instructions of a transaction, as geth's tracer of opcodes shows them.</summary>
[JsonConverter(typeof(StructLogsConverter))]
public sealed record StructLogsView
{
    /// <summary>Gas that the transaction used.</summary>
    public required long Gas { get; init; }

    /// <summary>Whether it failed.</summary>
    public required bool Failed { get; init; }

    /// <summary>What it returned, or reverted with.</summary>
    public required ReadOnlyMemory<byte> ReturnValue { get; init; }

    /// <summary>Its instructions in order.</summary>
    internal IReadOnlyList<StructLog> Steps { get; init; } = [];
}

/// <summary>Writes instructions.</summary>
/// <remarks>
/// Shape: geth eth/tracers/logger, structLogLegacy. Numbers are JSON numbers, words of the stack
/// have the least digits, words of memory and storage have 64 without prefix.
/// </remarks>
internal sealed class StructLogsConverter : JsonConverter<StructLogsView>
{
    private const int WordLength = 32;

    public override StructLogsView Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("traces are written only");

    public override void Write(
        Utf8JsonWriter writer, StructLogsView value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("gas", value.Gas);
        writer.WriteBoolean("failed", value.Failed);
        writer.WriteString("returnValue", Convert.ToHexStringLower(value.ReturnValue.Span));
        writer.WriteStartArray("structLogs");
        foreach (StructLog step in value.Steps)
        {
            Write(writer, step);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, StructLog step)
    {
        writer.WriteStartObject();
        writer.WriteNumber("pc", step.Position);
        writer.WriteString("op", step.Name);
        writer.WriteNumber("gas", step.Gas);
        writer.WriteNumber("gasCost", step.Cost);
        writer.WriteNumber("depth", step.Depth);
        if (step.Error is not null)
        {
            writer.WriteString("error", step.Error);
        }

        if (step.Stack is byte[] stack)
        {
            writer.WriteStartArray("stack");
            for (int i = 0; i < stack.Length; i += WordLength)
            {
                writer.WriteStringValue(Hex.Of(
                    new BigInteger(stack.AsSpan(i, WordLength), isUnsigned: true)));
            }

            writer.WriteEndArray();
        }

        if (step.ReturnData is { Length: > 0 } returned)
        {
            writer.WriteString("returnData", Hex.OfBytes(returned));
        }

        WriteMemory(writer, step.Memory);
        WriteStorage(writer, step.Storage);
        writer.WriteEndObject();
    }

    private static void WriteMemory(Utf8JsonWriter writer, byte[]? memory)
    {
        if (memory is null)
        {
            return;
        }

        writer.WriteStartArray("memory");
        for (int i = 0; i < memory.Length; i += WordLength)
        {
            writer.WriteStringValue(
                Convert.ToHexStringLower(memory.AsSpan(i, WordLength)));
        }

        writer.WriteEndArray();
    }

    private static void WriteStorage(
        Utf8JsonWriter writer, IReadOnlyDictionary<string, string>? storage)
    {
        if (storage is null)
        {
            return;
        }

        writer.WriteStartObject("storage");
        foreach ((string key, string value) in storage)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }
}
