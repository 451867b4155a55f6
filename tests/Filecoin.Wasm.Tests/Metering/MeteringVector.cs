using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Filecoin.Wasm.Tests.Metering;

/// <summary>One script of the metering vectors.</summary>
internal sealed record MeteringVector(
    [property: JsonPropertyName("max_wasm_stack")] int StackSlotsMax,
    [property: JsonPropertyName("modules")] MeteredModule[] Modules)
{
    public static MeteringVector Load(string path)
    {
        using FileStream file = File.OpenRead(path);
        using GZipStream json = new(file, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<MeteringVector>(json)!;
    }
}

internal sealed record MeteredModule(
    [property: JsonPropertyName("line")] int Line,
    [property: JsonPropertyName("wasm")] byte[] Wasm,
    [property: JsonPropertyName("refused_by")] string? RefusedBy,
    [property: JsonPropertyName("not_run")] string? NotRun,
    [property: JsonPropertyName("instantiate")] MeteredRun? Instantiate,
    [property: JsonPropertyName("calls")] MeteredRun[]? Calls);

/// <summary>A call, or an instantiation, which has no export, arguments and results.</summary>
internal sealed record MeteredRun(
    [property: JsonPropertyName("export")] string? Export,
    [property: JsonPropertyName("args")] JsonElement[]? Arguments,
    [property: JsonPropertyName("results")] JsonElement[]? Results,
    [property: JsonPropertyName("trap")] string? Trap,
    [property: JsonPropertyName("gas")] long Gas);
