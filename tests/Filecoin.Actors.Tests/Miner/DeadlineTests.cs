using CsCheck;

namespace Filecoin.Actors.Miner.Tests;

/// <summary>A deadline through faults, proofs, ends and compaction, against plain sets.</summary>
public sealed class DeadlineTests
{
    /// <summary>actors/miner-state 1.3: fresh objects.</summary>
    [Fact]
    public void Fresh_objects_have_the_references_names()
    {
        MemoryRuntime runtime = new();
        Assert.Equal(
            "bafy2bzacecnivdqqznbrqamywij5tr5ic7fe47524ncgoiqevp2e7ylz4q7gc",
            runtime.PutBlock(Partition.Create(runtime)).ToString());
        Cid deadline = runtime.PutBlock(Deadline.Create(runtime));
        Assert.Equal(
            "bafy2bzacedwxfniftcr5fna2mtdy4klkkcrbhzhbh4avjvznn5tueobgdkxas", deadline.ToString());
        Assert.Equal(
            "bafy2bzacea7crkj7k6zqyzjdaqpepuyf5bp2dgleclpxse7pujbkoz5k7gdz4",
            runtime.PutBlock(DeadlineTable.Create(deadline)).ToString());
    }

    [Fact]
    public void Sectors_are_where_plain_sets_have_them_after_each_of_100_000_changes() =>
        Gen.Select(Gen.Enum<DeadlineWorld.Kind>(), Gen.Long[1, 40], Gen.ULong[1, 255])
            .Array[100].Sample(
            steps =>
            {
                DeadlineWorld world = new();
                foreach ((DeadlineWorld.Kind kind, long days, ulong mask) in steps)
                {
                    world.Step(kind, days, mask);
                    world.Check();
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: 1_000);

    [Fact]
    public void A_partition_is_proven_once_and_comes_once()
    {
        DeadlineWorld world = new();
        world.Step(DeadlineWorld.Kind.Add, 30, 255);
        Assert.Equal(16u, world.Refuse(new(0, default), new(0, default)));
        Assert.Equal(17u, world.Refuse(new PostPartition(9, default)));
        Assert.Equal(16u, world.Refuse(new PostPartition(ulong.MaxValue, default)));
        Assert.Equal(16u, world.Refuse(new PostPartition(0, BitField.Of(77))));
        world.Step(DeadlineWorld.Kind.Prove, 1, 255);
        Assert.Equal(16u, world.Refuse(new PostPartition(0, default)));
    }
}
