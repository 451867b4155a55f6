using System.Text;

namespace Filecoin.Rpc.Tests;

/// <summary>Contracts of a few instructions, in hexadecimal without prefix.</summary>
internal static class Programs
{
    /// <summary>The selector that <see cref="Call"/> and its like call with.</summary>
    public const string Selector = "a9059cbb";

    /// <summary>Counts slot 0 up, and reads it.</summary>
    public const string Counter = "600054600101600055600054505b00";

    /// <summary>Runs until gas is gone.</summary>
    public const string Endless = "5b600056";

    /// <summary>The same, and takes a fraction of a second on any machine.</summary>
    public const string Laborious = "5b600f67ffffffffffffffff0a505f56";

    /// <summary>Gives the block's number.</summary>
    public const string Number = "4360005260206000f3";

    /// <summary>Gives slot 7.</summary>
    public const string SlotSeven = "60075460005260206000f3";

    /// <summary>Gives its caller's balance.</summary>
    public const string CallerBalance = "333160005260206000f3";

    /// <summary>Emits a log with the topic 1.</summary>
    public const string Logs = "600160006000a100";

    /// <summary>Emits such a log, and reverts.</summary>
    public const string LogsAndReverts = "600160006000a160006000fd";

    /// <summary>Emits a log without topics, calls another, and emits one more.</summary>
    public static string LogsAround(string other) =>
        $"60006000a060006000600060006000{Push(other)}5af15060006000a000";

    /// <summary>Gives bytes, at most 255.</summary>
    public static string Returns(string data) => Ending("f3", data);

    /// <summary>Reverts with bytes, at most 255.</summary>
    public static string Reverts(string data) => Ending("fd", data);

    /// <summary>Reverts as a failed <c>require</c> does, with at most 32 letters.</summary>
    public static string Requires(string reason) => Reverts(
        "08c379a0" + Word(32) + Word(reason.Length)
            + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(reason)).PadRight(64, '0'));

    /// <summary>Calls another with <see cref="Selector"/>, and ends as that ended.</summary>
    public static string Call(string other) => Forwarding(
        $"60006000600460006000{Push(other)}5af1");

    /// <summary>The same with no right to change anything.</summary>
    public static string StaticCall(string other) => Forwarding(
        $"6000600060046000{Push(other)}5afa");

    /// <summary>Runs another's code on its own slots.</summary>
    public static string DelegateCall(string other) => Forwarding(
        $"6000600060046000{Push(other)}5af4");

    /// <summary>Code that makes a contract of code.</summary>
    public static string Making(string code) => Returns(code);

    public static string Word(int number) => $"{number:x64}";

    private static string Push(string address) => $"73{address[2..]}";

    private static string Ending(string opcode, string data) =>
        $"60{data.Length / 2:x2}600c60003960{data.Length / 2:x2}6000{opcode}{data}";

    /// <summary>The selector in memory, the call, and its end passed on.</summary>
    private static string Forwarding(string call)
    {
        string start = $"63{Selector}60e01b600052{call}3d600060003e";
        int good = (start.Length / 2) + 7;
        return $"{start}60{good:x2}573d6000fd5b3d6000f3";
    }
}
