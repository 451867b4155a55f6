using System.Text.Json.Nodes;

namespace Filecoin.Node.Tests.Inspection;

public sealed class InspectorTests
{
    [Theory]
    [InlineData("83010203", "[1,2,3]")]
    [InlineData("a16161f6", """{"map":[["a",null]]}""")]
    [InlineData("8220f5", "[-1,true]")]
    [InlineData("42dead", """{"hex":"dead"}""")]
    public void Cbor_is_shown_as_json(string hex, string json) =>
        Assert.Equal(json, CborTree.Read(Convert.FromHexString(hex))!.ToJsonString());

    [Theory]
    [InlineData("")]
    [InlineData("8301")]
    [InlineData("0000")]
    [InlineData("9bffffffffffffffff")]
    public void Broken_cbor_is_refused(string hex) =>
        Assert.Throws<InspectionException>(() => CborTree.Read(Convert.FromHexString(hex)));

    [Fact]
    public void Deep_nesting_is_shown_as_bytes_and_can_be_written()
    {
        byte[] deep = [.. Enumerable.Repeat((byte)0x81, 100), 0];
        Assert.Contains("\"cbor\":", CborTree.Read(deep)!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_maps_can_be_written()
    {
        byte[] deep = [.. Enumerable.Repeat<byte[]>([0xa1, 0x00], 100).SelectMany(b => b), 0];
        Assert.Contains("\"cbor\":", CborTree.Read(deep)!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_tells_its_fields()
    {
        Message message = new(
            0, Address.FromId(new(5)), Address.FromId(new(6)), 9, default, 100, default, default,
            new(2), new byte[] { 0x80 });
        JsonObject shown = Inspector.OfMessage(Ipld.Cbor.Encode(message));
        Assert.Equal("f05", (string?)shown["to"]);
        Assert.Equal("f06", (string?)shown["from"]);
        Assert.Equal(9UL, (ulong)shown["nonce"]!);
        Assert.Equal(message.Cid.ToString(), (string?)shown["cid"]);
    }

    [Fact]
    public void An_id_address_tells_its_id()
    {
        JsonObject shown = Inspector.OfAddress("f01000");
        Assert.Equal(1000UL, (ulong)shown["id"]!);
        Assert.Equal("00e807", (string?)shown["bytes"]);
    }

    [Fact]
    public void A_car_tells_its_blocks()
    {
        JsonObject shown = Inspector.OfCar(Bundles.SyntheticBundle.Car(3));
        Assert.Equal(5, (int)shown["blocks"]!);
        Assert.Equal(3, (int)shown["blocksByCodec"]!["0x55"]!);
    }

    [Fact]
    public void Foreign_input_is_refused_in_one_kind_of_error()
    {
        byte[] junk = [1, 2, 3];
        _ = Assert.Throws<InspectionException>(() => Inspector.OfCid("x"));
        _ = Assert.Throws<InspectionException>(() => Inspector.OfAddress("f9"));
        _ = Assert.Throws<InspectionException>(() => Inspector.OfMessage(junk));
        _ = Assert.Throws<InspectionException>(() => Inspector.OfCar(junk));
        _ = Assert.Throws<InspectionException>(() => Inspector.OfModule(junk));
    }
}
