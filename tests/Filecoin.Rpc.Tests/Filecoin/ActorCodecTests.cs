using Filecoin.ActorRuntime;
using Filecoin.Actors;
using Filecoin.Actors.Evm;
using Filecoin.Actors.Market;
using Filecoin.Actors.Miner;
using Filecoin.Actors.Multisig;
using Filecoin.Ipld;

namespace Filecoin.Rpc.Tests;

public sealed class ActorCodecTests
{
    private static readonly Address Someone = Address.FromId(new(1234));

    [Fact]
    public void Each_row_of_names_has_all_members_of_its_type() => Assert.All(
        ActorNames.Renamed, type => Assert.NotEmpty(ActorShape.Of(type).Members));

    [Fact]
    public void Parameters_of_all_methods_have_members_that_are_written()
    {
        foreach (ActorMethod method in BuiltinActors.All.SelectMany(actor => actor.Methods))
        {
            if (method.ParametersType is { Type: Type type }
                && type.IsDefined(typeof(CborTupleAttribute), inherit: false))
            {
                Assert.NotEmpty(ActorShape.Of(type).Members);
            }
        }
    }

    [Fact]
    public void Members_have_the_names_of_lotus_and_amounts_are_digits() => Assert.Equal(
        """{"To":"t01234","Value":"5","Method":7,"Params":"AQI="}""",
        Write(new ProposeParams(Someone, TokenAmount.FromAtto(5), new(7), new byte[] { 1, 2 })));

    [Fact]
    public void What_is_empty_is_null() => Assert.Equal(
        """{"Sectors":null,"AggregateProof":null,"SealProofType":0,"AggregateProofType":0,"""
            + "\"ProvingDeadline\":0,\"RequireActivationSuccess\":false}",
        Write(new ProveCommitSectorsNonInteractiveParams([], default, 0, 0, 0, false)));

    [Theory]
    [InlineData(new ulong[0], "[0]")]
    [InlineData(new ulong[] { 0 }, "[0,1]")]
    [InlineData(new ulong[] { 5 }, "[5,1]")]
    [InlineData(new ulong[] { 0, 1, 4 }, "[0,2,2,1]")]
    public void Sets_of_bits_are_the_lengths_of_runs(ulong[] bits, string json)
    {
        BitField set = BitField.Of(bits);

        Assert.Equal(json, Write(set));
        Assert.Equal(set, ActorCodec.Parse(typeof(BitField), Json(json)));
    }

    [Fact]
    public void A_word_of_a_contract_is_its_numbers()
    {
        string json = Write(new GetStorageAtParams(new(7)));

        Assert.Equal("""{"StorageKey":[7]}""", json);
        Assert.Equal(
            new GetStorageAtParams(new(7)),
            ActorCodec.Parse(typeof(GetStorageAtParams), Json(json)));
    }

    [Fact]
    public void A_label_of_bytes_is_written_as_nothing()
    {
        Assert.Equal("\"\"", Write(DealLabel.Of((ReadOnlySpan<byte>)[1, 2])));
        Assert.Equal("\"a\"", Write(DealLabel.Of("a")));
    }

    [Fact]
    public void Parameters_come_back_from_json_and_from_cbor()
    {
        PieceActivationManifest piece = new(
            Cid.Of(Codec.Raw, "piece"u8), 2048, new(new(100), 3), [new(Someone, new byte[] { 9 })]);
        SectorActivationManifest sector = new(17, [piece]);

        object parsed = ActorCodec.Parse(typeof(SectorActivationManifest), Json(Write(sector)));

        CborType type = CborType.Of<SectorActivationManifest>();
        Assert.Equal(Cbor.Encode(sector), type.Encode(parsed));
        Assert.Equal(
            Write(sector), Write(ActorCodec.Decode(type, Cbor.Encode(sector))));
    }

    [Theory]
    [InlineData("""{"To":"nobody"}""")]
    [InlineData("""{"Value":5}""")]
    [InlineData("""{"Method":-1}""")]
    [InlineData("""{"Params":"?"}""")]
    [InlineData("[]")]
    public void What_is_not_of_the_type_is_refused(string json) => Assert.Equal(
        RpcError.InvalidParametersCode,
        Assert.Throws<RpcException>(
            () => ActorCodec.Parse(typeof(ProposeParams), Json(json))).Error.Code);

    [Fact]
    public void Cbor_that_is_not_of_the_type_is_refused() => Assert.Throws<RpcException>(
        () => ActorCodec.Decode(CborType.Of<ProposeParams>(), [0x80]));

    private static string Write(object value) =>
        JsonSerializer.SerializeToElement(new ActorValue(value)).GetRawText();

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
