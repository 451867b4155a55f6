namespace Filecoin.Ipld.Tests.Kamt;

/// <summary>Numbers of a KAMT as hexadecimal text.</summary>
internal static class KamtText
{
    internal static byte[] Key(string hex) => Convert.FromHexString(hex.PadLeft(64, '0'));

    internal static byte[] Key(ulong number) =>
        Key(number.ToString("x", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A number as the EVM actor stores it: bytes without leading zeros.</summary>
    internal static RawCbor Value(string hex)
    {
        CborWriter writer = new(40);
        writer.WriteBytes(Key(hex).AsSpan().TrimStart((byte)0));
        RawCbor value = new(writer.ToArray());
        writer.Dispose();
        return value;
    }
}
