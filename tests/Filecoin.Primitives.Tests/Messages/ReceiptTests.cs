using Filecoin.Ipld;

namespace Filecoin.Primitives.Tests.Messages;

public sealed class ReceiptTests
{
    private static readonly Receipt Empty = new(ExitCode.Ok, default, 0, null);

    [Theory]
    [InlineData(NetworkVersion.V17, "83004000")]
    [InlineData(NetworkVersion.V18, "84004000f6")]
    [InlineData(NetworkVersion.V28, "84004000f6")]
    public void Since_version_18_a_receipt_has_events(NetworkVersion version, string cbor) =>
        Assert.Equal(cbor, Convert.ToHexStringLower(Empty.Encode(version)));

    [Theory]
    [InlineData(NetworkVersion.V17)]
    [InlineData(NetworkVersion.V28)]
    public void A_receipt_survives_cbor(NetworkVersion version)
    {
        Cid? events = version == NetworkVersion.V17 ? null : Cid.Of(Codec.DagCbor, [0x80]);
        Receipt receipt = new(ExitCode.UserForbidden, new byte[] { 1, 2 }, 1_234_567, events);

        Assert.True(Receipt.TryDecode(receipt.Encode(version), out Receipt? read, out _));
        Assert.Equal(receipt.ExitCode, read.ExitCode);
        Assert.Equal(receipt.Return.ToArray(), read.Return.ToArray());
        Assert.Equal(receipt.GasUsed, read.GasUsed);
        Assert.Equal(receipt.EventsRoot, read.EventsRoot);
    }

    [Theory]
    [InlineData("")]
    [InlineData("820040")]
    [InlineData("8500400000f6")]
    [InlineData("84004000")]
    [InlineData("84004000f600")]
    [InlineData("84204000f6")]
    [InlineData("841b00000001000000004000f6")]
    [InlineData("8400400040")]
    public void What_is_no_receipt_is_refused_with_a_reason(string cbor)
    {
        Assert.False(Receipt.TryDecode(Convert.FromHexString(cbor), out _, out CborError error));
        Assert.NotEqual(CborErrorKind.None, error.Kind);
    }

    // Provenance: the v0 AMT of a tipset's receipts with this one receipt.
    [Fact]
    public void A_list_of_receipts_has_its_root()
    {
        MemoryBlockstore store = new();
        Amt<RawCbor> receipts = new(store, format: AmtFormat.V0);
        receipts.Set(0, new RawCbor(Empty.Encode(NetworkVersion.V28)));

        Assert.Equal(
            "bafy2bzaceb7cwbdddvuzb52rtfgm6rw5o5lbk2dzxp4gxriye6qqiapxjxauy",
            receipts.Flush().ToString());
    }
}
