namespace Filecoin.Vm.Tests;

/// <summary>Holds charges against the table of a range of network versions.</summary>
internal static class ChargeAssert
{
    /// <summary>A charge has a name and a price, in milligas, in all of a range.</summary>
    public static void Costs(
        int first, int last, string name, long milligas, Func<PriceList, GasCharge> charge)
    {
        for (int version = first; version <= last; version++)
        {
            GasCharge actual = charge(PriceList.For((NetworkVersion)version));
            Assert.Equal(
                (version, name, milligas), (version, actual.Name, actual.Total.Milligas));
        }
    }

    /// <summary>A charge has a price, in milligas, whatever traces call it.</summary>
    public static void CostsTotal(
        int first, int last, long milligas, Func<PriceList, GasCharge> charge)
    {
        for (int version = first; version <= last; version++)
        {
            Gas actual = charge(PriceList.For((NetworkVersion)version)).Total;
            Assert.Equal((version, milligas), (version, actual.Milligas));
        }
    }
}
