using System.Reflection;

namespace Filecoin.Rpc;

/// <summary>A parameter of a method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsRequired">Whether it must be given.</param>
public readonly record struct RpcParameter(string Name, Type Type, bool IsRequired);

/// <summary>A row of the table of methods: all that is known of one.</summary>
public sealed partial class RpcMethod
{
    private delegate void Body(RpcCall call, Given arguments, Utf8JsonWriter writer);

    private readonly Body body;
    private readonly ParameterInfo[] declared;

    private RpcMethod(RpcMethodDescription row, Delegate typed, Type result, Body body)
    {
        (Name, Permission, Summary, Result) = (row.Name, row.Permission, row.Summary, result);
        (this.body, isChange) = (body, row.IsChange);
        declared = typed.Method.GetParameters()[1..];
        int required = row.Required ?? declared.Length;
        Parameters = Array.ConvertAll(declared, parameter => new RpcParameter(
            parameter.Name!, parameter.ParameterType, parameter.Position <= required));
        RequiredCount = required;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What a caller must be allowed to do.</summary>
    public Permission Permission { get; }

    /// <summary>What it does, in a sentence.</summary>
    public string Summary { get; }

    /// <summary>Its parameters in order.</summary>
    public IReadOnlyList<RpcParameter> Parameters { get; }

    /// <summary>How many of them must be given.</summary>
    public int RequiredCount { get; }

    /// <summary>The type of its result.</summary>
    public Type Result { get; }

    /// <summary>A method without parameters.</summary>
    public static RpcMethod Of<TResult>(
        string name, Permission permission, string summary, Func<RpcCall, TResult> body) =>
        new(new(name, permission, summary, null), body, typeof(TResult), (call, _, writer) =>
            RpcJson.Write(writer, body(call)));

    /// <summary>A method with a parameter.</summary>
    public static RpcMethod Of<T1, TResult>(
        string name,
        Permission permission,
        string summary,
        Func<RpcCall, T1, TResult> body,
        int? required = null) =>
        new(new(name, permission, summary, required), body, typeof(TResult), (call, a, writer) =>
            RpcJson.Write(writer, body(call, Get<T1>(a, 0))));

    /// <summary>A method with two parameters.</summary>
    public static RpcMethod Of<T1, T2, TResult>(
        string name,
        Permission permission,
        string summary,
        Func<RpcCall, T1, T2, TResult> body,
        int? required = null) =>
        new(new(name, permission, summary, required), body, typeof(TResult), (call, a, writer) =>
            RpcJson.Write(writer, body(call, Get<T1>(a, 0), Get<T2>(a, 1))));

    /// <summary>A method with three parameters.</summary>
    public static RpcMethod Of<T1, T2, T3, TResult>(
        string name,
        Permission permission,
        string summary,
        Func<RpcCall, T1, T2, T3, TResult> body,
        int? required = null) =>
        new(new(name, permission, summary, required), body, typeof(TResult), (call, a, writer) =>
            RpcJson.Write(writer, body(call, Get<T1>(a, 0), Get<T2>(a, 1), Get<T3>(a, 2))));

    /// <summary>A method with four parameters.</summary>
    public static RpcMethod Of<T1, T2, T3, T4, TResult>(
        string name,
        Permission permission,
        string summary,
        Func<RpcCall, T1, T2, T3, T4, TResult> body,
        int? required = null) =>
        new(new(name, permission, summary, required), body, typeof(TResult), (call, a, writer) =>
            RpcJson.Write(
                writer,
                body(call, Get<T1>(a, 0), Get<T2>(a, 1), Get<T3>(a, 2), Get<T4>(a, 3))));

    /// <summary>A method with five parameters.</summary>
    public static RpcMethod Of<T1, T2, T3, T4, T5, TResult>(
        string name,
        Permission permission,
        string summary,
        Func<RpcCall, T1, T2, T3, T4, T5, TResult> body,
        int? required = null) =>
        new(new(name, permission, summary, required), body, typeof(TResult), (call, a, writer) =>
            RpcJson.Write(
                writer,
                body(
                    call, Get<T1>(a, 0), Get<T2>(a, 1), Get<T3>(a, 2), Get<T4>(a, 3),
                    Get<T5>(a, 4))));

    /// <summary>A method with six parameters.</summary>
    public static RpcMethod Of<T1, T2, T3, T4, T5, T6, TResult>(
        string name,
        Permission permission,
        string summary,
        Func<RpcCall, T1, T2, T3, T4, T5, T6, TResult> body,
        int? required = null) =>
        new(new(name, permission, summary, required), body, typeof(TResult), (call, a, writer) =>
            RpcJson.Write(
                writer,
                body(
                    call, Get<T1>(a, 0), Get<T2>(a, 1), Get<T3>(a, 2), Get<T4>(a, 3),
                    Get<T5>(a, 4), Get<T6>(a, 5))));

    /// <summary>A method with seven parameters.</summary>
    public static RpcMethod Of<T1, T2, T3, T4, T5, T6, T7, TResult>(
        string name,
        Permission permission,
        string summary,
        Func<RpcCall, T1, T2, T3, T4, T5, T6, T7, TResult> body,
        int? required = null) =>
        new(new(name, permission, summary, required), body, typeof(TResult), (call, a, writer) =>
            RpcJson.Write(
                writer,
                body(
                    call, Get<T1>(a, 0), Get<T2>(a, 1), Get<T3>(a, 2), Get<T4>(a, 3),
                    Get<T5>(a, 4), Get<T6>(a, 5), Get<T7>(a, 6))));

    /// <summary>A method with eight parameters.</summary>
    public static RpcMethod Of<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        string name,
        Permission permission,
        string summary,
        Func<RpcCall, T1, T2, T3, T4, T5, T6, T7, T8, TResult> body,
        int? required = null) =>
        new(new(name, permission, summary, required), body, typeof(TResult), (call, a, writer) =>
            RpcJson.Write(
                writer,
                body(
                    call, Get<T1>(a, 0), Get<T2>(a, 1), Get<T3>(a, 2), Get<T4>(a, 3),
                    Get<T5>(a, 4), Get<T6>(a, 5), Get<T7>(a, 6), Get<T8>(a, 7))));

    /// <summary>The same method under another name.</summary>
    public RpcMethod As(string name) => new(this, name);

    private RpcMethod(RpcMethod other, string name)
    {
        (Name, Permission, Summary) = (name, other.Permission, other.Summary);
        isChange = other.isChange;
        Result = isChange ? AnswerTo(name) : other.Result;
        (Parameters, RequiredCount, body) = (other.Parameters, other.RequiredCount, other.body);
        declared = other.declared;
    }

    /// <summary>Runs it, and writes its result.</summary>
    /// <exception cref="RpcException">It has none.</exception>
    internal void Invoke(RpcCall call, JsonElement[] arguments, Utf8JsonWriter writer)
    {
        if (arguments.Length < RequiredCount || arguments.Length > Parameters.Count)
        {
            throw RpcException.BadParameters(
                $"{Name} takes {Arity()}, not {arguments.Length}");
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            RequireNotNull(arguments[i], i);
        }

        body(call, new(this, arguments), writer);
        if (isChange)
        {
            WriteDone(writer);
        }
    }

    private void RequireNotNull(JsonElement argument, int index)
    {
        if (argument.ValueKind == JsonValueKind.Null)
        {
            // What may be left out may be null as well.
            if (index < RequiredCount && !MayBeNull(new NullabilityInfoContext()
                .Create(declared[index])))
            {
                throw RpcException.BadParameters($"{Name}: {Parameters[index].Name} is null");
            }
        }
        else if (argument.ValueKind == JsonValueKind.Array
            && argument.EnumerateArray().Any(static item => item.ValueKind == JsonValueKind.Null)
            && PartOf(new NullabilityInfoContext().Create(declared[index])) is { } part
            && !MayBeNull(part))
        {
            throw RpcException.BadParameters(
                $"{Name}: one of {Parameters[index].Name} is null");
        }
    }

    private static bool MayBeNull(NullabilityInfo info) =>
        info.ReadState != NullabilityState.NotNull;

    private static NullabilityInfo? PartOf(NullabilityInfo list) => list.ElementType
        ?? (list.GenericTypeArguments is [NullabilityInfo part] ? part : null);

    private string Arity() => RequiredCount == Parameters.Count
        ? $"{RequiredCount} parameters"
        : $"{RequiredCount} to {Parameters.Count} parameters";

    private static T Get<T>(Given given, int index)
    {
        JsonElement[] arguments = given.Arguments;
        if (index >= arguments.Length || arguments[index].ValueKind == JsonValueKind.Null)
        {
            return default!;
        }

        try
        {
            return RpcJson.Read<T>(arguments[index])!;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException
            or FormatException or OverflowException)
        {
            throw RpcException.BadParameters(
                $"parameter {index + 1}, {given.Method.Parameters[index].Name}: "
                    + WordsOf(failure));
        }
    }

    /// <summary>What a method is called with.</summary>
    private readonly record struct Given(RpcMethod Method, JsonElement[] Arguments);

    /// <summary>Why a value is refused, without names that callers do not know.</summary>
    private static string WordsOf(Exception failure)
    {
        const string NoConversion = "The JSON value could not be converted to ";
        const string Missing = "including: ";
        string text = failure.Message;
        string place = failure is JsonException { Path: string path and not "$" }
            ? $" at {path}"
            : "";
        int missing = text.IndexOf(Missing, StringComparison.Ordinal);
        int details = text.IndexOf(" Path: ", StringComparison.Ordinal);
        return text.StartsWith(NoConversion, StringComparison.Ordinal)
                ? $"a value of another kind is expected{place}"
            : missing >= 0 ? $"there is no {text[(missing + Missing.Length)..].TrimEnd('.')}{place}"
            : details >= 0 ? text[..details] + place
            : text + place;
    }
}

/// <summary>What a row says beside its body.</summary>
internal readonly record struct RpcMethodDescription(
    string Name, Permission Permission, string Summary, int? Required, bool IsChange = false);
