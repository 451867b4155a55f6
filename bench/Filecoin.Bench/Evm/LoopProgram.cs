using System.Text.Json;
using Filecoin.TestKit;

namespace Filecoin.Bench.Evm;

/// <summary>A program of Ethereum's vmPerformance whose last argument counts its rounds.</summary>
internal sealed class LoopProgram
{
    private LoopProgram(string name, byte[] code, byte[] input)
    {
        Name = name;
        Code = code;
        Input = input;
    }

    internal string Name { get; }

    internal byte[] Code { get; }

    internal byte[] Input { get; }

    /// <summary>All of them, the loops first.</summary>
    internal static LoopProgram[] ReadAll() =>
    [
        .. Directory.GetFiles(SharedData.Path("vectors/evm/vmtests/vmPerformance"), "*.json")
            .Order(StringComparer.Ordinal)
            .Where(file => Path.GetFileName(file).StartsWith("loop-", StringComparison.Ordinal)
                || Path.GetFileName(file) == "fibonacci16.json")
            .Select(Read),
    ];

    /// <summary>The same with a fraction of its rounds.</summary>
    internal LoopProgram Shortened(ulong divisor)
    {
        byte[] input = [.. Input];
        Span<byte> rounds = input.AsSpan(input.Length - 8);
        ulong count = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(rounds);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(
            rounds, count < 100 ? count : Math.Max(1, count / divisor));
        return new(Name, Code, input);
    }

    private static LoopProgram Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        JsonElement exec = document.RootElement.EnumerateObject().First().Value.GetProperty("exec");
        return new(
            Path.GetFileNameWithoutExtension(file),
            Convert.FromHexString(exec.GetProperty("code").GetString()![2..]),
            Convert.FromHexString(exec.GetProperty("data").GetString()![2..]));
    }
}
