using System.Text;
using Filecoin.Ipld;

namespace Filecoin.Fuzz.Ipld;

/// <summary>CIDs as bytes and as text: one form each, and back.</summary>
public static class CidTargets
{
    public static IEnumerable<byte[]> Seeds() =>
    [
        Cid.Of(Codec.DagCbor, [0x80]).Bytes.ToArray(),
        Cid.Of(Codec.Raw, "fuzz"u8).Bytes.ToArray(),
        Cid.Create(Codec.Raw, Multihash.Identity, "inline"u8).Bytes.ToArray(),
        Cid.Create(Codec.FilCommitmentSealed, Multihash.PoseidonBls12381A2Fc1, new byte[32]).Bytes
            .ToArray(),
        [0x12, 0x20, .. new byte[32]],
    ];

    public static IEnumerable<byte[]> Texts()
    {
        foreach (byte[] seed in Seeds())
        {
            if (Cid.TryDecode(seed, out Cid cid))
            {
                yield return Encoding.UTF8.GetBytes(cid.ToString());
            }
        }

        yield return "z6Mk"u8.ToArray();
    }

    public static Outcome Bytes(ReadOnlySpan<byte> input)
    {
        bool isRead = Cid.TryRead(input, out Cid cid, out int consumed);
        bool isWhole = Cid.TryDecode(input, out Cid whole);
        Claim.Holds(
            isWhole == (isRead && consumed == input.Length), "a part was read as the whole");
        if (!isRead)
        {
            return Outcome.Refused("no CID");
        }

        Claim.Holds(cid.Bytes.SequenceEqual(input[..consumed]), "other bytes than were read");
        Claim.Holds(cid.Digest.Length <= Cid.DigestLengthMax, "a digest that is too long");
        Claim.Holds(!isWhole || whole == cid, "two readings of one CID");
        bool isVersion0 = input[0] == 0x12;
        Claim.Holds(
            isVersion0 || Cid.Create(cid.Codec, cid.HashFunction, cid.Digest) == cid,
            "a CID of version 1 in another form than the shortest");
        Claim.Holds(Cid.Parse(cid.ToString()) == cid, "its text is another CID");
        return Outcome.Accepted(
            $"version 0 {isVersion0} digest {cid.Digest.Length} head {consumed - cid.Digest.Length}"
            + $" rest {consumed < input.Length}");
    }

    public static Outcome Text(ReadOnlySpan<byte> input)
    {
        string text = Encoding.UTF8.GetString(input);
        if (!Cid.TryParse(text, out Cid cid))
        {
            return Outcome.Refused("no CID");
        }

        string written = cid.ToString();
        Claim.Holds(written == text || text[0] == 'z', "a text in another form than its own");
        Claim.Holds(Cid.Parse(written) == cid, "its text is another CID");
        return Outcome.Accepted($"{text[0]} {cid.Bytes.Length}");
    }
}
