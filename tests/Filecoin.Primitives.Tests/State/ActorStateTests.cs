using Filecoin.Ipld;

namespace Filecoin.Primitives.Tests.State;

public sealed class ActorStateTests
{
    // Provenance: f00 of the mainnet genesis and of the butterfly genesis, as lotus ships them.
    private const string FourFields =
        "84d82a51000155000c66696c2f312f73797374656dd82a5827000171a0e4022045b0cfc220ceec5b7c1c62c4"
        + "d4193d38e4eba48e8815729ce75f9c0ab0e4c1c00040";

    private const string FiveFields =
        "85d82a5827000155a0e40220516af6e2540049126c2e2b57cdd213738db0fba8c36ab0f9eb0bd137681a3761"
        + "d82a5827000171a0e40220805e14b40cf22aea1a5931520053c417761762160c6b37ea7ad8ef092bbed0bf00"
        + "40f6";

    [Fact]
    public void A_record_with_four_fields_is_read_and_written()
    {
        Assert.True(Cbor.TryDecode(
            Convert.FromHexString(FourFields), out LegacyActorState actor, out _));
        Assert.Equal("fil/1/system"u8.ToArray(), actor.Code.Digest.ToArray());
        Assert.Equal(FourFields, Convert.ToHexStringLower(Cbor.Encode(actor)));
        Assert.False(Cbor.TryDecode<ActorState>(Convert.FromHexString(FourFields), out _, out _));
    }

    [Fact]
    public void A_record_with_five_fields_is_read_and_written()
    {
        Assert.True(Cbor.TryDecode(Convert.FromHexString(FiveFields), out ActorState actor, out _));
        Assert.Null(actor.DelegatedAddress);
        Assert.Equal(FiveFields, Convert.ToHexStringLower(Cbor.Encode(actor)));
        Assert.False(
            Cbor.TryDecode<LegacyActorState>(Convert.FromHexString(FiveFields), out _, out _));
    }

    [Fact]
    public void A_delegated_address_is_kept()
    {
        Cid link = Cid.Of(Codec.DagCbor, [0x80]);
        Address address = Address.FromDelegated(new(10), new byte[20]);
        ActorState actor = new(link, link, 5, TokenAmount.FromFil(1), address);

        Assert.True(Cbor.TryDecode(Cbor.Encode(actor), out ActorState read, out _));
        Assert.Equal(actor, read);
    }
}
