namespace Filecoin.Rpc.Tests.Methods;

public sealed class MethodTableTests
{
    [Fact]
    public void Each_type_of_a_method_has_its_json()
    {
        string[] missing =
        [
            .. from method in (RpcMethod[])[.. MethodTable.Devnet, .. OldMethods.All]
               from type in method.Parameters.Select(parameter => parameter.Type)
                   .Append(method.Result)
               where !IsChange(type) && !RpcJson.Knows(type)
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
        Assert.Contains(old, method => method.Name == "eth_call");

        int Arity(string name) => old.Single(method => method.Name == name).Parameters.Count;
    }

    /// <summary>Whether it is what methods give that only change something.</summary>
    private static bool IsChange(Type result) =>
        result == typeof(void) || result.DeclaringType == typeof(RpcMethod);
}
