using System.Text;

namespace Filecoin.Fuzz.Primitives;

/// <summary>Addresses as bytes and as text: one form each, and back.</summary>
public static class AddressTargets
{
    public static IEnumerable<byte[]> Seeds() =>
    [
        Address.FromId(new(0)).ToBytes(),
        Address.FromId(new(ulong.MaxValue)).ToBytes(),
        Address.FromActor("actor"u8).ToBytes(),
        Address.FromBls(new byte[48]).ToBytes(),
        Address.FromSecp256k1(new byte[65]).ToBytes(),
        Address.FromDelegated(new(10), new byte[20]).ToBytes(),
        Address.FromDelegated(new(ulong.MaxValue), new byte[54]).ToBytes(),
        Address.FromDelegated(new(32), []).ToBytes(),
    ];

    public static IEnumerable<byte[]> Texts()
    {
        foreach (byte[] seed in Seeds())
        {
            if (Address.TryDecode(seed, out Address address))
            {
                string text = address.ToString();
                yield return Encoding.UTF8.GetBytes(text);
                yield return Encoding.UTF8.GetBytes("t" + text[1..]);
            }
        }
    }

    public static Outcome Bytes(ReadOnlySpan<byte> input)
    {
        if (!Address.TryDecode(input, out Address address))
        {
            return Outcome.Refused("no address");
        }

        Claim.Holds(address.ToBytes().AsSpan().SequenceEqual(input), "bytes in two forms");
        Claim.Holds(address.EncodedLength == input.Length, "another length");
        Claim.Holds(input.Length <= Address.EncodedLengthMax, "too long");
        Claim.Holds(Address.Parse(address.ToString()) == address, "its text is another address");
        Claim.Holds(address.IsId == address.TryGetId(out _), "an id and none");
        bool isDelegated = address.TryGetDelegated(out ulong manager, out ReadOnlySpan<byte> rest);
        Claim.Holds(isDelegated == (address.Protocol == Protocol.Delegated), "delegated or not");
        Claim.Holds(
            !isDelegated || Address.FromDelegated(new(manager), rest) == address,
            "its parts are another address");
        return Outcome.Accepted($"{address.Protocol} {input.Length}");
    }

    public static Outcome Text(ReadOnlySpan<byte> input)
    {
        string text = Encoding.UTF8.GetString(input);
        if (!Address.TryParse(text, out Address address))
        {
            return Outcome.Refused("no address");
        }

        Claim.Holds(address.ToString()[1..] == text[1..], "text in two forms");
        Claim.Holds(
            Address.TryDecode(address.ToBytes(), out Address decoded) && decoded == address,
            "its bytes are another address");
        return Outcome.Accepted($"{text[..2]} {text.Length}");
    }
}
