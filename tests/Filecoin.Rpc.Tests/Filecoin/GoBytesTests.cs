namespace Filecoin.Rpc.Tests;

/// <summary>No bytes are null, as lotus has them, and are taken in either form.</summary>
public sealed class GoBytesTests
{
    private readonly RpcNetwork network = new();

    [Fact]
    public void No_bytes_of_a_header_are_null()
    {
        HeaderView view = HeaderView.Of(network.Node.Chain.Head.Blocks[0] with
        {
            Ticket = new Ticket(default),
            ElectionProof = new(1, default),
            BeaconEntries = [new(1, default)],
        });

        Assert.Null(view.Ticket!.VrfProof);
        Assert.Null(view.ElectionProof!.VrfProof);
        Assert.Null(Assert.Single(view.BeaconEntries).Data);
    }

    [Fact]
    public void A_block_of_no_bytes_is_null_and_keeps_its_codec()
    {
        Assert.Null(GoBytes.Of((IpldBlock?)null));
        Assert.Null(GoBytes.Of(new IpldBlock(0x55, default)));
        Assert.Equal([1], GoBytes.Of(new IpldBlock(0x55, new byte[] { 1 })));
    }

    [Fact]
    public void Parameters_of_a_method_that_takes_none_are_null()
    {
        JsonElement codes = network.Call("Filecoin.StateActorCodeCIDs", 28);

        Assert.Equal(JsonValueKind.Null, network.Call(
            "Filecoin.StateEncodeParams", codes.GetProperty("reward"), 3, null).ValueKind);
        Assert.Equal(JsonValueKind.Null, network.Call(
            "Filecoin.StateEncodeParams", codes.GetProperty("account"), 0, null).ValueKind);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void A_message_without_parameters_is_taken_in_either_form(string? parameters)
    {
        JsonElement signed = network.Call(
            "Filecoin.WalletSignMessage",
            network.OwnAddress,
            network.MessageTo("t0100", "1", parameters: parameters));
        JsonElement complete = network.Call(
            "Filecoin.GasEstimateMessageGas",
            network.MessageTo("t0100", "1", parameters: parameters), null, null);
        JsonElement found = network.Push("t0100", "5", parameters: parameters);

        // As it was given, for it was not decoded.
        Assert.Equal(
            parameters, signed.GetProperty("Message").GetProperty("Params").GetString());
        Assert.Equal(parameters, complete.GetProperty("Params").GetString());
        Assert.Equal(
            JsonValueKind.Null, found.GetProperty("Receipt").GetProperty("Return").ValueKind);
        JsonElement trace = network.Call("Filecoin.StateReplay", null, found.GetProperty("Message"))
            .GetProperty("ExecutionTrace");
        Assert.Equal(
            JsonValueKind.Null, trace.GetProperty("Msg").GetProperty("Params").ValueKind);
        Assert.Equal(
            JsonValueKind.Null, trace.GetProperty("MsgRct").GetProperty("Return").ValueKind);
    }
}
