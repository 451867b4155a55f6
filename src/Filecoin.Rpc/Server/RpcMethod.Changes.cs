namespace Filecoin.Rpc;

/// <content>Methods that only change something.</content>
/// <remarks>
/// Hardhat answers true to them, anvil null, and clients in Rust take nothing else.
/// </remarks>
public sealed partial class RpcMethod
{
    private const string AnsweredTrue = "hardhat_";

    private readonly bool isChange;

    /// <summary>A change without parameters.</summary>
    public static RpcMethod Change(string name, string summary, Action<RpcCall> body) =>
        new(ChangeOf(name, summary, null), body, AnswerTo(name), (call, _, _) => body(call));

    /// <summary>A change with a parameter.</summary>
    public static RpcMethod Change<T1>(
        string name, string summary, Action<RpcCall, T1> body, int? required = null) => new(
            ChangeOf(name, summary, required), body, AnswerTo(name), (call, a, _) =>
                body(call, Get<T1>(a, 0)));

    /// <summary>A change with two parameters.</summary>
    public static RpcMethod Change<T1, T2>(
        string name, string summary, Action<RpcCall, T1, T2> body, int? required = null) => new(
            ChangeOf(name, summary, required), body, AnswerTo(name), (call, a, _) =>
                body(call, Get<T1>(a, 0), Get<T2>(a, 1)));

    /// <summary>A change with three parameters.</summary>
    public static RpcMethod Change<T1, T2, T3>(
        string name, string summary, Action<RpcCall, T1, T2, T3> body) => new(
            ChangeOf(name, summary, null), body, AnswerTo(name), (call, a, _) =>
                body(call, Get<T1>(a, 0), Get<T2>(a, 1), Get<T3>(a, 2)));

    /// <summary>A change with four parameters.</summary>
    public static RpcMethod Change<T1, T2, T3, T4>(
        string name, string summary, Action<RpcCall, T1, T2, T3, T4> body) => new(
            ChangeOf(name, summary, null), body, AnswerTo(name), (call, a, _) =>
                body(call, Get<T1>(a, 0), Get<T2>(a, 1), Get<T3>(a, 2), Get<T4>(a, 3)));

    /// <summary>The method, and the same under other names.</summary>
    public IReadOnlyList<RpcMethod> And(params string[] names) =>
        [this, .. Array.ConvertAll(names, As)];

    private static RpcMethodDescription ChangeOf(string name, string summary, int? required) =>
        new(name, Permission.Admin, summary, required, IsChange: true);

    private static Type AnswerTo(string name) =>
        name.StartsWith(AnsweredTrue, StringComparison.Ordinal) ? typeof(bool) : typeof(void);

    private void WriteDone(Utf8JsonWriter writer)
    {
        if (Result == typeof(bool))
        {
            writer.WriteBooleanValue(true);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
