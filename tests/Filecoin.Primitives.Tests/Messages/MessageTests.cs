using Filecoin.Ipld;

namespace Filecoin.Primitives.Tests.Messages;

public sealed class MessageTests
{
    // Provenance: ChainSafe/forest, message_signing.json, first vector.
    private const string ForestMessage =
        "8a0044009f8d06583103938c9a503bf9a33d4e95aaee1401933dae469743b1a1e937e67a7fa175cc37cce4a5"
        + "eb90e4ea9a1e36c0035891518f3d18374200011a000f42404200644200010040";

    [Fact]
    public void A_message_of_another_implementation_is_read_and_named_as_there()
    {
        Message message = Read(ForestMessage);

        Assert.Equal("f099999", message.To.ToString());
        Assert.Equal(Protocol.Bls, message.From.Protocol);
        Assert.Equal((0UL, 55UL), (message.Version, message.Nonce));
        Assert.Equal(TokenAmount.FromAtto(1), message.Value);
        Assert.Equal(1_000_000UL, message.GasLimit);
        Assert.Equal(TokenAmount.FromAtto(100), message.GasFeeCap);
        Assert.Equal(TokenAmount.FromAtto(1), message.GasPremium);
        Assert.Equal(MethodNumber.Send, message.Method);
        Assert.True(message.Parameters.IsEmpty);
        Assert.Equal(
            "bafy2bzacedhl5cowfmp7hq2ke3irf7indry55px44cbbjthazwvpm7ktf676w",
            message.Cid.ToString());
        Assert.Equal(ForestMessage, Convert.ToHexStringLower(Cbor.Encode(message)));
    }

    [Fact]
    public void A_message_cut_short_anywhere_is_refused()
    {
        byte[] encoded = Convert.FromHexString(ForestMessage);
        for (int length = 0; length < encoded.Length; length++)
        {
            Assert.False(Cbor.TryDecode<Message>(encoded.AsSpan(0, length), out _, out _));
        }
    }

    // Provenance: the vector above in a v0 AMT of links, which is the BLS list of a block.
    [Fact]
    public void A_list_of_messages_has_its_root()
    {
        MemoryBlockstore store = new();
        Amt<Cid> list = new(store, format: AmtFormat.V0);
        list.Set(0, Read(ForestMessage).Cid);

        Assert.Equal(
            "bafy2bzacea5efr2lqxqhflvy6v3ipau3uplxihdcjlvtxgalz5zb3apxi26ju",
            list.Flush().ToString());
    }

    internal static Message Read(string hex)
    {
        Assert.True(Cbor.TryDecode<Message>(
            Convert.FromHexString(hex), out Message? message, out _));
        return message;
    }
}
