using System.Text.Json.Nodes;
using Filecoin.Ipld;

namespace Filecoin.Node.Tests.Inspection;

public sealed class ActorInspectorTests
{
    private static readonly byte[] Head = [0x82, 0x01, 0xf6];

    [Fact]
    public void An_actor_is_shown_with_the_head_of_its_state()
    {
        JsonObject shown = ActorInspector.OfActor(StateCar(), null, Address.Parse("f01000"));

        Assert.Equal(1000UL, (ulong)shown["id"]!);
        Assert.Equal(7UL, (ulong)shown["nonce"]!);
        Assert.Equal("0", (string?)shown["balanceAtto"]);
        Assert.Equal("[1,null]", shown["head"]!.ToJsonString());
    }

    [Fact]
    public void An_actor_that_is_not_there_is_refused()
    {
        InspectionException refusal = Assert.Throws<InspectionException>(
            () => ActorInspector.OfActor(StateCar(), null, Address.Parse("f01001")));
        Assert.Contains("f01001", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_car_without_a_state_is_refused() =>
        Assert.Throws<InspectionException>(() => ActorInspector.OfActor(
            Bundles.SyntheticBundle.Car(), null, Address.Parse("f01000")));

    private static byte[] StateCar()
    {
        TrackedBlocks blocks = new();
        Cid head = blocks.Put(Codec.DagCbor, (ReadOnlyMemory<byte>)Head);
        ActorState actor = new(head, head, 7, default, null);
        Hamt<ActorState> actors = new(blocks, new HamtOptions(BitWidth: 5));
        _ = actors.Set(Address.FromId(new(1000)).ToBytes(), actor);
        CborWriter root = new(128);
        root.WriteArrayHeader(3);
        root.WriteUInt64(5);
        root.WriteCid(actors.Flush());
        root.WriteCid(blocks.Put(Codec.DagCbor, (ReadOnlyMemory<byte>)new byte[] { 0x80 }));
        Cid state = blocks.Put(Codec.DagCbor, (ReadOnlyMemory<byte>)root.Written.ToArray());
        using MemoryStream target = new();
        CarWriter car = new(target, state);
        foreach ((Cid cid, ReadOnlyMemory<byte> block) in blocks.All)
        {
            car.Write(cid, block.Span);
        }

        return target.ToArray();
    }

    private sealed class TrackedBlocks : IBlockstore
    {
        public Dictionary<Cid, ReadOnlyMemory<byte>> All { get; } = [];

        public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block) =>
            All.TryGetValue(cid, out block);

        public bool Has(Cid cid) => All.ContainsKey(cid);

        public void Put(Cid cid, ReadOnlyMemory<byte> block) => All[cid] = block;
    }
}
