using System.IO.Compression;
using System.Text;
using Filecoin.Ipld;

namespace Filecoin.Rpc.Tests.Methods;

public sealed class StateDumpTests
{
    private const string Contract = "0x3333333333333333333333333333333333333333";

    private readonly RpcNetwork network = new();
    private readonly RpcNetwork other = new();

    private string First => RpcNetwork.Ethereum(network.Keys[0]);

    [Fact]
    public void A_dumped_state_goes_on_in_a_fresh_network()
    {
        _ = network.Call("hardhat_setCode", Contract, "0x335f5500");
        _ = network.Call("hardhat_mine", 5);
        _ = network.Call("evm_increaseTime", 1_000);
        Pay(network);

        Assert.True(other.Call("anvil_loadState", Dump()).GetBoolean());

        Assert.Equal("0x6", other.Call("eth_blockNumber").GetString());
        Assert.Equal("0x1", other.Call("eth_getTransactionCount", First, "latest").GetString());
        Pay(other);
        Assert.EndsWith(
            First[2..], other.Call("eth_getStorageAt", Contract, "0x0", "latest").GetString());
        Assert.True(other.Node.Chain.Head.Timestamp > network.Node.Chain.Head.Timestamp);
    }

    [Fact]
    public void A_dump_is_taken_back_where_it_was_made()
    {
        string dump = Dump();
        Pay(network);

        _ = network.Call("hardhat_loadState", dump);

        Assert.Equal("0x1", network.Call("eth_blockNumber").GetString());
        Assert.Equal("0x0", network.Call("eth_getTransactionCount", First, "latest").GetString());
    }

    [Fact]
    public void Bytes_that_are_no_dump_are_refused()
    {
        foreach (string bytes in (string[])["0x", "0x00", "0xff", "0x0a", "0x1f8b", Dump()[..900]])
        {
            Refused(bytes);
        }
    }

    [Theory]
    [InlineData("{\"block\":{},\"accounts\":{}}", false)]
    [InlineData("{\"block\":{},\"accounts\":{}}", true)]
    public void A_dump_of_anvil_itself_is_told_apart(string json, bool isPacked)
    {
        using MemoryStream dump = new();
        using (Stream target = isPacked ? new GZipStream(dump, CompressionLevel.Fastest) : dump)
        {
            target.Write(Encoding.UTF8.GetBytes(json));
        }

        Assert.Contains(
            "the dumps of anvil itself are: this node loads only its own",
            other.Fail("anvil_loadState", Hex.OfBytes(dump.ToArray()))
                .GetProperty("message").GetString());
    }

    [Fact]
    public void A_dump_that_lacks_a_block_is_refused()
    {
        byte[] dump = Convert.FromHexString(Dump()[2..]);
        CarReader car = new(dump);
        using MemoryStream cut = new();
        CarWriter writer = new(cut, [.. car.Roots]);
        List<(Cid Cid, ReadOnlyMemory<byte> Block)> blocks = [];
        while (car.TryRead(out Cid cid, out ReadOnlyMemory<byte> block))
        {
            blocks.Add((cid, block));
        }

        blocks.RemoveAt(blocks.Count - 1);
        blocks.ForEach(block => writer.Write(block.Cid, block.Block.Span));

        Refused(Hex.OfBytes(cut.ToArray()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70)]
    [InlineData(200)]
    public void A_dump_with_a_bit_changed_is_refused(int place)
    {
        byte[] dump = Convert.FromHexString(Dump()[2..]);
        dump[place] ^= 1;

        Refused(Hex.OfBytes(dump));
    }

    [Fact]
    public void A_state_with_history_is_not_dumped() => Assert.Contains(
        "states of the past",
        network.Fail("anvil_dumpState", true).GetProperty("message").GetString());

    private void Refused(string dump)
    {
        Cid before = other.Node.Chain.ContextAfter(other.Node.Chain.Head).StateRoot;

        string message = other.Fail("anvil_loadState", dump).GetProperty("message").GetString()!;

        Assert.StartsWith("snapshot: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.Equal(0, other.Node.Chain.Head.Epoch.Value);
        Assert.Equal(before, other.Node.Chain.ContextAfter(other.Node.Chain.Head).StateRoot);
    }

    private string Dump() => network.Call("anvil_dumpState").GetString()!;

    private void Pay(RpcNetwork on) => on.Call(
        "eth_sendTransaction", new { from = First, to = Contract, value = "0x1" });
}
