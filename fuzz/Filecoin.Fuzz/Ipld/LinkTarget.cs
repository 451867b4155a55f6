using Filecoin.Ipld;
using Filecoin.Vm;

namespace Filecoin.Fuzz.Ipld;

/// <summary>The links of a block, as the machine, the store and the reader find them.</summary>
public static class LinkTarget
{
    private const long AvailableGas = 20_000_000;

    private static readonly PriceList Prices = PriceList.For(NetworkVersion.V28);

    public static IEnumerable<byte[]> Seeds()
    {
        foreach (byte[] seed in CborTarget.Seeds())
        {
            yield return seed;
        }

        CborWriter writer = new(256);
        writer.WriteArrayHeader(5);
        writer.WriteCid(Cid.Create(Codec.Raw, Multihash.Identity, "inline"u8));
        writer.WriteCid(Cid.Create(Codec.DagCbor, Multihash.Identity, [0x81, 0x01]));
        writer.WriteCid(Cid.Create(Codec.FilCommitmentSealed, Multihash.Sha2_256, new byte[32]));
        writer.WriteCid(Cid.Of(Codec.Raw, "raw"u8));
        writer.WriteMapHeader(1);
        writer.WriteText("link");
        writer.WriteCid(Cid.Of(Codec.Cbor, [0x80]));
        yield return writer.ToArray();
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        LinkScanner scanner = new(Prices, Gas.Of(AvailableGas));
        ErrorNumber error = scanner.Scan(Codec.DagCbor, input);
        Claim.Holds(scanner.Used >= Gas.Zero && scanner.Used <= Gas.Of(AvailableGas), "gas");
        foreach (Cid link in scanner.Links)
        {
            Claim.Holds(
                link.HashFunction == Multihash.Blake2b256 && link.Digest.Length == 32,
                "a link that no store can have");
        }

        bool isLenient = TryScan(new(input, strict: false), out int lenient);
        bool isStrict = TryScan(new(input, strict: true), out int strict);
        Claim.Holds(isLenient || !isStrict, "strict, but not lenient");
        Claim.Holds(!isStrict || strict == lenient, "two scans of different links");
        CborReader reader = new(input);
        if (reader.TrySkip())
        {
            Claim.Holds(isLenient, "an item is read, but not scanned");
        }

        string line = $"{error} {scanner.IsOutOfGas} links {scanner.Links.Length} {isLenient}"
            + $" {isStrict} {Outcome.Size(lenient)}";
        return error == ErrorNumber.None ? Outcome.Accepted(line) : Outcome.Refused(line);
    }

    private static bool TryScan(LinkScan scan, out int count)
    {
        count = 0;
        while (scan.TryNext(out ReadOnlySpan<byte> link, out _))
        {
            Claim.Holds(Cid.TryDecode(link, out _), "a link that is no CID");
            count++;
        }

        return !scan.HasFailed;
    }
}
