using System.Reflection;
using System.Text;
using Filecoin.Ipld;
using Filecoin.TestKit;

namespace Filecoin.Rpc.Tests.Methods;

/// <summary>All methods as OpenRPC, so that a review sees each that changes.</summary>
public sealed class MethodTableTests
{
    private static readonly Dictionary<string, string[]> Examples = new()
    {
        ["string"] = ["\"0x0\"", "\"0x00\"", $"\"0x{Zeros(40)}\"", $"\"0x{Zeros(64)}\"",
            "\"f01\"", "\"1\"", "\"latest\"", "\"AA==\""],
        ["integer"] = ["1"],
        ["number"] = ["1.5"],
        ["boolean"] = ["true"],
        ["array"] = ["[]"],
        ["object"] = ["{}", $"{{\"/\":\"{Cid.Of(Codec.Raw, [1])}\"}}",
            $"{{\"blockHash\":\"0x{Zeros(64)}\"}}",
            """
            {"Version":0,"To":"f01","From":"f01","Nonce":0,"Value":"0","GasLimit":0,
             "GasFeeCap":"0","GasPremium":"0","Method":0,"Params":null}
            """],
    };

    private readonly RpcNetwork network = new();

    [Theory]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[[null]]")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("true")]
    [InlineData("\"\"")]
    [InlineData("\"x\"")]
    [InlineData("\"0x\"")]
    public void Nothing_given_to_a_method_is_a_defect_or_told_of_in_names_of_dotnet(string value)
    {
        RpcNetwork network = new();
        List<string> wrong = [];
        foreach (RpcMethod method in MethodTable.Devnet)
        {
            for (int count = 1; count <= method.Parameters.Count; count++)
            {
                string given = string.Join(',', Enumerable.Repeat(value, count));
                string answer = network.Answer(
                    $$"""{"id":1,"method":"{{method.Name}}","params":[{{given}}]}""");
                if (answer.Contains("a defect", StringComparison.Ordinal)
                    || (answer.Contains("\"error\"", StringComparison.Ordinal)
                        && (answer.Contains("System.", StringComparison.Ordinal)
                            || answer.Contains("Filecoin.Rpc.", StringComparison.Ordinal)
                            || answer.Contains("(Parameter '", StringComparison.Ordinal))))
                {
                    wrong.Add($"{method.Name} {given}: {answer}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_methods_are_those_that_were_reviewed()
    {
        JsonElement document = network.Call("rpc.discover");
        StringBuilder text = new($"{{\"openrpc\":{document.GetProperty("openrpc")
            .GetRawText()},\"info\":{document.GetProperty("info").GetRawText()},\"methods\":[\n");
        text.AppendJoin(",\n", document.GetProperty("methods").EnumerateArray()
            .OrderBy(method => method.GetProperty("name").GetString(), StringComparer.Ordinal)
            .Select(method => method.GetRawText()));

        Assert.Null(ReviewedText.Difference(
            text.Append("\n]}\n").ToString(), "Methods/openrpc.json"));
    }

    [Fact]
    public void What_the_document_says_of_a_parameter_is_what_the_method_takes()
    {
        List<string> wrong = [];
        Dictionary<string, JsonElement> described = network.Call("rpc.discover")
            .GetProperty("methods").EnumerateArray()
            .ToDictionary(method => method.GetProperty("name").GetString()!);
        foreach (RpcMethod method in MethodTable.Devnet)
        {
            JsonElement[] documented =
                [.. described[method.Name].GetProperty("params").EnumerateArray()];
            foreach ((RpcParameter taken, JsonElement said) in method.Parameters.Zip(documented))
            {
                string[] kinds = KindsOf(said.GetProperty("schema"));
                wrong.AddRange(Examples.Keys
                    .Where(kind => IsNamed(kind, kinds)
                        != Examples[kind].Any(text => Takes(taken, text)))
                    .Select(kind => $"{method.Name} {taken.Name} {taken.Type.Name}: {kind}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void The_document_says_how_many_parameters_a_method_takes()
    {
        foreach (JsonElement method in network.Call("rpc.discover")
            .GetProperty("methods").EnumerateArray())
        {
            string name = method.GetProperty("name").GetString()!;
            int most = method.GetProperty("params").GetArrayLength();
            int least = method.GetProperty("params").EnumerateArray()
                .Count(parameter => parameter.GetProperty("required").GetBoolean());

            Assert.True(IsArity(most + 1), name);
            Assert.True(least == 0 || IsArity(least - 1), name);

            bool IsArity(int count) => network.Fail(name, new object?[count])
                .GetProperty("message").GetString()!
                .StartsWith($"{name} takes ", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_name_is_twice_in_the_table_and_each_row_says_what_it_does()
    {
        Assert.All(MethodTable.Devnet, row => Assert.EndsWith(".", row.Summary));
        Assert.Equal(
            MethodTable.Devnet.Count,
            MethodTable.Devnet.Select(row => row.Name).Distinct().Count());
    }

    [Fact]
    public void Whoever_has_less_than_a_method_asks_for_is_refused_by_each()
    {
        string before = Head();

        foreach (RpcMethod row in MethodTable.Devnet.Where(row => row.Permission > 0))
        {
            string answer = network.Answer(
                $$"""{"id":1,"method":"{{row.Name}}","params":[]}""", row.Permission - 1);
            Assert.StartsWith(
                $"missing permission to invoke '{row.Name}'",
                JsonDocument.Parse(answer).RootElement.GetProperty("error")
                    .GetProperty("message").GetString());
        }

        Assert.Equal(before, Head());
        Assert.Equal(0, network.Node.Chain.Pool.Count);
    }

    [Fact]
    public void Each_type_of_a_method_has_its_json()
    {
        string[] missing =
        [
            .. from method in (RpcMethod[])[.. MethodTable.Devnet, .. OldMethods.All]
               from type in method.Parameters.Select(parameter => parameter.Type)
                   .Append(method.Result)
               where type != typeof(void) && !RpcJson.Knows(type)
               select $"{method.Name} {type}",
        ];

        Assert.Empty(missing);
    }

    [Fact]
    public void The_first_version_has_the_same_methods_and_some_in_another_form()
    {
        IReadOnlyList<RpcMethod> old = MethodTable.Old(MethodTable.Devnet);

        Assert.Equal(old.Count, old.Select(method => method.Name).Distinct().Count());
        Assert.Equal(1, Arity("Filecoin.StateSearchMsg"));
        Assert.Equal(2, Arity("Filecoin.StateWaitMsg"));
        Assert.Equal(3, Arity("Filecoin.PaychGet"));
        Assert.Contains(old, method => method.Name == "eth_call");

        int Arity(string name) => old.Single(method => method.Name == name).Parameters.Count;
    }

    private string Head() => network.Call("eth_getBlockByNumber", "latest", false).GetRawText();

    private static string Zeros(int count) => new('0', count);

    private static string[] KindsOf(JsonElement schema) =>
        schema.TryGetProperty("oneOf", out JsonElement several)
            ? [.. several.EnumerateArray().SelectMany(KindsOf)]
            : schema.TryGetProperty("type", out JsonElement kind) ? [kind.GetString()!]
            : [.. Examples.Keys];

    /// <summary>An integer is a number too.</summary>
    private static bool IsNamed(string kind, string[] kinds) =>
        kinds.Contains(kind) || (kind == "integer" && kinds.Contains("number"));

    private static bool Takes(RpcParameter parameter, string text)
    {
        try
        {
            _ = typeof(RpcJson).GetMethod(nameof(RpcJson.Read), [typeof(JsonElement)])!
                .MakeGenericMethod(parameter.Type)
                .Invoke(null, [JsonDocument.Parse(text).RootElement]);
            return true;
        }
        catch (TargetInvocationException refusal) when (refusal.InnerException
            is JsonException or InvalidOperationException or FormatException or OverflowException
            or ArgumentException or RpcException)
        {
            return false;
        }
    }
}
