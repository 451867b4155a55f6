namespace Filecoin.Vm;

/// <summary>A price with a fixed part and one for each unit.</summary>
public readonly record struct LinearPrice(Gas Flat, Gas PerUnit)
{
    /// <summary>A price that does not depend on the size.</summary>
    public static LinearPrice Fixed(long gas) => new(Gas.Of(gas), Gas.Zero);

    /// <summary>A price of whole gas for each unit.</summary>
    public static LinearPrice Each(long gas) => new(Gas.Zero, Gas.Of(gas));

    /// <summary>The price of a number of units.</summary>
    public Gas Apply(ulong units) => Flat + (PerUnit * units);

    /// <summary>The price of a number of units, not below zero.</summary>
    public Gas Apply(int units) => Apply((ulong)units);
}
