using System.Xml.Linq;
using Filecoin.TestKit;

namespace Filecoin.Conformance.House;

/// <summary>Projects refer to one another only as docs/architecture.md says.</summary>
public sealed class ProjectArrowTests
{
    [Theory]
    [InlineData("Filecoin.Crypto", "")]
    [InlineData("Filecoin.Ipld", "Filecoin.Crypto")]
    [InlineData("Filecoin.Primitives", "Filecoin.Crypto Filecoin.Ipld")]
    [InlineData("Filecoin.Wasm", "")]
    [InlineData("Filecoin.Evm", "Filecoin.Crypto Filecoin.Primitives")]
    [InlineData("Filecoin.ActorRuntime", "Filecoin.Ipld Filecoin.Primitives")]
    [InlineData(
        "Filecoin.Actors",
        "Filecoin.ActorRuntime Filecoin.Evm Filecoin.Ipld Filecoin.Primitives")]
    [InlineData(
        "Filecoin.Vm",
        "Filecoin.ActorRuntime Filecoin.Crypto Filecoin.Ipld Filecoin.Primitives Filecoin.Wasm")]
    [InlineData(
        "Filecoin.Chain", "Filecoin.Actors Filecoin.Ipld Filecoin.Primitives Filecoin.Vm")]
    [InlineData("Filecoin.Rpc", "Filecoin.Chain Filecoin.Primitives")]
    [InlineData(
        "Filecoin.Node",
        "Filecoin.ActorRuntime Filecoin.Actors Filecoin.Chain Filecoin.Rpc Filecoin.Vm")]
    public void A_project_refers_to_what_it_may(string project, string allowed)
    {
        string file = Path.Combine(Repository.Root, "src", project, $"{project}.csproj");

        IEnumerable<string> references = XDocument.Load(file).Descendants("ProjectReference")
            .Where(reference => reference.Attribute("OutputItemType") is null)
            .Select(reference =>
                Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Equal(
            allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            references.Order(StringComparer.Ordinal));
    }
}
