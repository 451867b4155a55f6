using System.Text;

namespace Filecoin.Flood;

/// <summary>Requests that are none, or too much.</summary>
internal static class HostileTexts
{
    /// <summary>A contract that never ends: the node must have it.</summary>
    private const string Endless = "0x4444444444444444444444444444444444444444";

    /// <summary>A contract that answers with 16 KiB: the node must have it.</summary>
    private const string Large = "0x6666666666666666666666666666666666666666";

    private const int BodyBytes = 15 << 20;
    private const int CallsMax = 1_000;
    private const int ValuesMax = 200_000;

    public static byte[][] Malformed { get; } = Texts(
        "", "{", "\u0001", "nul", """{"id":1,"method":"eth_call","params":[{"to":""",
        "[]", "7", """{"id":1,"method":7}""", """{"id":1,"method":"eth_none"}""",
        """{"id":1,"method":"eth_getBalance","params":{"a":1}}""");

    public static byte[][] Nesting { get; } = Texts(
        new string('[', 10_000), Repeat("""{"a":""", 10_000, ""), new string('[', 1 << 20));

    public static byte[][] Batches { get; } = Texts(
        Batch("""{"id":1,"method":"eth_chainId"}""", CallsMax),
        Batch("""{"id":1,"method":"eth_chainId"}""", CallsMax + 1),
        Batch(Call(Endless), CallsMax),
        Batch("1", CallsMax));

    /// <summary>What takes long to come, and what has come soon and has too many values.</summary>
    public static byte[][] Wide { get; } = Texts(
        new string(' ', BodyBytes),
        $"[{Repeat("1", BodyBytes / 2, ",")}]",
        $"[{Repeat("1", ValuesMax + 1, ",")}]");

    public static byte[][] Calls { get; } = Texts(
        Call(Endless),
        $$"""{"id":1,"method":"eth_estimateGas","params":[{"to":"{{Endless}}"}]}""");

    public static byte[][] LargeAnswers { get; } = Texts(Batch(Call(Large), CallsMax));

    public static byte[][] SocketCalls { get; } =
        [.. Batches, .. Malformed[1..], .. Calls];

    public static byte[] Subscribe { get; } = Texts(Batch(
        """{"id":1,"method":"eth_subscribe","params":["newHeads"]}""", 100))[0];

    private static string Call(string contract) =>
        $$"""{"id":1,"method":"eth_call","params":[{"to":"{{contract}}"},"latest"]}""";

    private static string Batch(string call, int count) => $"[{Repeat(call, count, ",")}]";

    private static string Repeat(string text, int count, string between) =>
        string.Join(between, Enumerable.Repeat(text, count));

    private static byte[][] Texts(params string[] texts) =>
        Array.ConvertAll(texts, Encoding.UTF8.GetBytes);
}
