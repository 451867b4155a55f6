using Filecoin.Fuzz.Wasm;
using Filecoin.Vm;

namespace Filecoin.Fuzz.Vm;

/// <summary>Hostile actors: any message gives a receipt.</summary>
public static class ActorTargets
{
    /// <summary>Programs of a few statements of each kind.</summary>
    public static IEnumerable<byte[]> Programs()
    {
        for (byte seed = 0; seed < 24; seed++)
        {
            byte[] program = new byte[8 + (seed * 8)];
            for (int i = 1; i < program.Length; i++)
            {
                program[i] = unchecked((byte)((i * (seed + 3) * 41) ^ (i >> 2)));
            }

            program[0] = seed;
            yield return program;
        }
    }

    /// <summary>Actors to be changed byte by byte.</summary>
    public static IEnumerable<byte[]> Modules()
    {
        foreach (byte[] module in SeedModules.All)
        {
            yield return [0, .. module];
        }

        yield return [0, .. ActorProgram.Build([], ProtocolLine.Watermelon)];
        yield return [1, .. ActorProgram.Build("any bytes are code"u8, ProtocolLine.Hygge)];
    }

    public static Outcome Program(ReadOnlySpan<byte> input)
    {
        NetworkVersion version = MessageRun.VersionOf(input.IsEmpty ? (byte)0 : input[0]);
        ReadOnlySpan<byte> choices = input.IsEmpty ? [] : input[1..];
        byte[] code = ActorProgram.Build(choices, NetworkConfig.LineOf(version));
        return MessageRun.Check(version, code, choices[..Math.Min(64, choices.Length)]);
    }

    public static Outcome Module(ReadOnlySpan<byte> input) => input.IsEmpty
        ? Outcome.Refused("empty")
        : MessageRun.Check(MessageRun.VersionOf(input[0]), input[1..].ToArray(), [0x80]);
}
