using Filecoin.Ipld;

namespace Filecoin.Primitives.Tests.State;

/// <summary>A state that an actor of the reference wrote, read by generated code.</summary>
public sealed class TupleTests
{
    // Provenance: head of f07 in the butterfly genesis, as lotus ships it.
    private const string DatacapHead =
        "824200068440d82a5827000171a0e4022018fe6acc61a3a36b0c373c4a3a8ea64b812bf2ca9b528050909c78"
        + "d408558a0cd82a5827000171a0e4022035ffbbcac0685ce6fe7ab25a27967fb08e8c250ed798f855c24ce97d"
        + "6e02016a03";

    [Fact]
    public void A_tuple_in_a_tuple_is_read_and_written_as_the_reference_has_it()
    {
        Assert.True(Cbor.TryDecode<GovernedToken>(
            Convert.FromHexString(DatacapHead), out GovernedToken? state, out _));

        Assert.Equal("f06", state.Governor.ToString());
        Assert.Equal(TokenAmount.Zero, state.Token.Supply);
        Assert.Equal(3UL, state.Token.BitWidth);
        Assert.Equal(DatacapHead, Convert.ToHexStringLower(Cbor.Encode(state)));
    }
}

[CborTuple]
internal sealed partial record GovernedToken(Address Governor, TokenState Token);

[CborTuple]
internal sealed partial record TokenState(
    TokenAmount Supply, Cid Balances, Cid Allowances, ulong BitWidth);
