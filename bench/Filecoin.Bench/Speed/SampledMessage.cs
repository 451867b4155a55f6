using System.Globalization;
using System.IO.Compression;
using Filecoin.ActorRuntime;

namespace Filecoin.Bench;

/// <summary>One invocation that was sampled.</summary>
/// <param name="Type">The actor.</param>
/// <param name="Method">Its method.</param>
/// <param name="IsWhole">Whether it came to its end with gas left.</param>
/// <param name="Paid">Milligas that its Wasm paid for instructions and memory.</param>
/// <param name="Work">Kinds of work and how much was done of each.</param>
internal sealed record SampledCall(
    BuiltinType Type, ulong Method, bool IsWhole, double Paid, (int Kind, double Units)[] Work)
{
    /// <summary>The same for calls that are alike.</summary>
    internal (BuiltinType Type, ulong Method, double Paid, string Work) Kind =>
        (Type, Method, Paid, string.Join(' ', Work));
}

/// <summary>One message that was sampled.</summary>
/// <param name="File">The sequence's file.</param>
/// <param name="Place">The message's place there.</param>
/// <param name="All">Milligas that it paid in all.</param>
/// <param name="Execution">Milligas of these for instructions and memory.</param>
/// <param name="Calls">Its invocations of actors that are written in C#.</param>
internal sealed record SampledMessage(
    string File, int Place, double All, double Execution, List<SampledCall> Calls)
{
    /// <summary>Whether all that it paid for instructions is known call by call.</summary>
    internal bool IsWhole => All > 0
        && Calls.Count > 0
        && Calls.All(call => call.IsWhole)
        && Math.Abs(Calls.Sum(call => call.Paid) - Execution) < 1;

    /// <summary>Reads what <see cref="ExecutionSampling"/> has written.</summary>
    internal static List<SampledMessage> Read(string path)
    {
        List<SampledMessage> messages = [];
        using StreamReader reader = new(new GZipStream(
            System.IO.File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is string line)
        {
            string[] words = line.Split(' ');
            if (words[0] == "M")
            {
                messages.Add(new(
                    words[1], (int)Number(words[2]), Number(words[4]), Number(words[5]), []));
                continue;
            }

            messages[^1].Calls.Add(new(
                Enum.Parse<BuiltinType>(words[1]),
                ulong.Parse(words[2], CultureInfo.InvariantCulture),
                words[3] == "1",
                Number(words[4]),
                [.. words[5..].Select(Work).Where(work => work.Units != 0)]));
        }

        return messages;
    }

    private static (int Kind, double Units) Work(string word)
    {
        int colon = word.IndexOf(':');
        return ((int)Number(word[..colon]), Number(word[(colon + 1)..]));
    }

    private static double Number(string word) =>
        double.Parse(word, CultureInfo.InvariantCulture);
}
