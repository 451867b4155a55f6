using System.Reflection;
using System.Text;
using Filecoin.TestKit;

namespace Filecoin.Vm.Tests;

/// <summary>All price lists as text, so that a review sees every price that changes.</summary>
public sealed class PriceListSnapshotTests
{
    private const string Snapshot = "Gas/price-lists.txt";

    [Fact]
    public void The_price_lists_are_those_that_were_reviewed() =>
        Assert.Null(ReviewedText.Difference(Write(), Snapshot));

    [Fact]
    public void Every_version_has_prices()
    {
        NetworkVersion[] versions = Enum.GetValues<NetworkVersion>();
        Assert.Equal(Enumerable.Range(17, 12), versions.Select(version => (int)version));
        Assert.Equal(4, versions.Select(PriceList.For).Distinct().Count());
    }

    private static string Write()
    {
        StringBuilder text = new();
        foreach (IGrouping<PriceList, NetworkVersion> group in
            Enum.GetValues<NetworkVersion>().GroupBy(PriceList.For))
        {
            string separator = text.Length == 0 ? "" : "\n";
            text.Append(separator).AppendJoin(' ', group).Append('\n');
            WriteMembers(text, "", group.Key);
        }

        return text.ToString();
    }

    private static void WriteMembers(StringBuilder text, string prefix, object record)
    {
        foreach (PropertyInfo member in record.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(member => member.GetIndexParameters().Length == 0)
            .OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            WriteValue(text, prefix + member.Name, member.GetValue(record));
        }
    }

    private static void WriteValue(StringBuilder text, string name, object? value)
    {
        switch (value)
        {
            case HashPrices or AggregatePrices:
                WriteMembers(text, name + ".", value);
                break;
            case AggregatePrice aggregate:
                text.Append($"  {name} = {aggregate.PerSeal} each\n");
                foreach ((int from, Gas price) in aggregate.Steps)
                {
                    text.Append($"    from {from}: {price}\n");
                }

                break;
            case LinearPrice linear:
                text.Append($"  {name} = {linear.Flat} + {linear.PerUnit} each\n");
                break;
            case Gas gas:
                text.Append($"  {name} = {gas}\n");
                break;
            case null:
                text.Append($"  {name} = none\n");
                break;
            default:
                throw new NotSupportedException($"{name} is a {value.GetType()}");
        }
    }
}
