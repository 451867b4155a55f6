using CsCheck;
using Nested = Filecoin.ActorRuntime.StateMapOfMaps<
    ulong, Filecoin.ActorRuntime.UInt64Key,
    ulong, Filecoin.ActorRuntime.UInt64Key,
    Filecoin.ActorId>;

namespace Filecoin.Actors.Tests;

/// <summary>Maps and lists of actors' state.</summary>
public sealed class StateContainerTests
{
    private readonly MemoryRuntime runtime = new();

    [Fact]
    public void A_map_of_maps_holds_no_empty_map()
    {
        Cid empty = Nested.StoreEmpty(runtime);
        Nested map = Nested.Load(runtime, empty, "test");
        map.Set(1, 10, new(100));
        map.Set(1, 11, new(101));
        Assert.False(map.SetIfAbsent(1, 11, new(102)));
        Assert.True(map.SetIfAbsent(2, 11, new(103)));
        map = Nested.Load(runtime, map.Flush(), "test");

        Assert.True(map.TryGet(1, 11, out ActorId value));
        Assert.Equal(new ActorId(101), value);
        Assert.False(map.TryGet(3, 10, out _));
        List<ulong> keys = [];
        map.ForEach(1, (key, _) => keys.Add(key));
        keys.Sort();
        Assert.Equal(new ulong[] { 10, 11 }, keys);

        Assert.True(map.Delete(1, 10, out _));
        Assert.True(map.Delete(1, 11, out _));
        Assert.False(map.Delete(1, 11, out _));
        Assert.True(map.Delete(2, 11, out _));
        Assert.Equal(empty, map.Flush());
    }

    [Fact]
    public void Containers_that_are_broken_are_an_illegal_state()
    {
        Cid missing = Cid.Of(Codec.DagCbor, [9]);
        Action[] attempts =
        [
            () => Nested.Load(runtime, missing, "map"),
            () => StateArray<ActorId>.Load(runtime, missing, "list"),
            () => StateArray<ActorId>.Empty(runtime, "list", 3).Set(ulong.MaxValue, default),
            () => StateArray<ActorId>.Empty(runtime, "list", 3).DeleteAll([4]),
        ];

        Assert.All(attempts, attempt => Assert.Equal(
            ExitCode.UserIllegalState, Assert.Throws<ActorAbortException>(attempt).ExitCode));
    }

    [Fact]
    public void A_malformed_list_ends_an_actor_as_its_owner_says()
    {
        Cid malformed = StateAccess.EmptyRoot;
        Assert.Equal(
            ExitCode.UserSerialization,
            Assert.Throws<ActorAbortException>(
                () => StateArray<ActorId>.Load(runtime, malformed, "list")).ExitCode);
        Assert.Equal(
            ExitCode.UserIllegalState,
            Assert.Throws<ActorAbortException>(() => StateArray<ActorId>.Load(
                runtime, malformed, "list", ExitCode.UserIllegalState)).ExitCode);
    }

    [Fact]
    public void A_list_keeps_what_is_set_and_not_deleted()
    {
        StateArray<ActorId> list = StateArray<ActorId>.Empty(runtime, "list", 5);
        foreach (ulong index in new ulong[] { 3, 1, 900 })
        {
            list.Set(index, new(index));
        }

        list = StateArray<ActorId>.Load(runtime, list.Flush(), "list");
        list.DeleteAll([900, 1]);

        Assert.Equal(1UL, list.Count);
        Assert.Equal([3UL], list.Entries().Select(entry => entry.Key));
        Assert.True(list.TryGet(3, out _));
        Assert.False(list.TryGet(1, out _));
    }

    [Fact]
    public void Keys_are_read_as_they_are_written() =>
        Gen.Select(Gen.ULong, Gen.Long).Sample((natural, signed) =>
            UInt64Key.TryParse(UInt64Key.ToBytes(natural), out ulong n) && n == natural
            && Int64Key.TryParse(Int64Key.ToBytes(signed), out long s) && s == signed);

    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(1, "02")]
    [InlineData(2, "04")]
    [InlineData(-65, "8101")]
    public void Signed_keys_alternate(long key, string hex) =>
        Assert.Equal(Convert.FromHexString(hex), Int64Key.ToBytes(key));

    [Fact]
    public void A_batch_tells_its_failures_in_order()
    {
        BatchReturn batch = BatchReturn.Of(
            [ExitCode.Ok, ExitCode.UserNotFound, ExitCode.Ok, ExitCode.UserForbidden]);

        Assert.Equal(new(2, [new(1, 17), new(3, 18)]), batch);
        Assert.Equal("820282820111820312", Convert.ToHexString(Cbor.Encode(batch)));
        Assert.Equal(["a", "c"], batch.Successes(["a", "b", "c", "d"]));
        Assert.True(BatchReturn.Ok(3).AllOk);
        Assert.Equal(
            ExitCode.UserAssertionFailed,
            Assert.Throws<ActorAbortException>(() => batch.Successes(["a"])).ExitCode);
    }

    [Fact]
    public void An_event_has_its_type_first_and_its_values_as_CBOR()
    {
        new EventBuilder("verifier-balance")
            .Indexed("verifier", 100)
            .Field("balance", new BigInt(5))
            .Field("link", (Cid?)null)
            .Emit(runtime);

        EventEntry[] entries = Assert.Single(runtime.Events);
        Assert.Equal(
            ["$type", "verifier", "balance", "link"], entries.Select(entry => entry.Key));
        Assert.Equal([3UL, 3, 1, 1], entries.Select(entry => entry.Flags));
        Assert.All(entries, entry => Assert.Equal(Codec.Cbor, entry.Codec));
        Assert.Equal([0x18, 100], entries[1].Value.ToArray());
        Assert.Equal([0x42, 0, 5], entries[2].Value.ToArray());
        Assert.Equal([0xf6], entries[3].Value.ToArray());

        runtime.IsReadOnly = true;
        Assert.Equal(
            ExitCode.UserAssertionFailed,
            Assert.Throws<ActorAbortException>(
                () => new EventBuilder("none").Emit(runtime)).ExitCode);
    }

    [Fact]
    public void Randomness_is_mixed_with_purpose_epoch_and_entropy()
    {
        // builtin-actors runtime/src/runtime/randomness.rs has its own draw; ours is held by
        // RandomnessDraw, which machines before version 21 used.
        runtime.Epoch = new(9);
        byte[] expected = new byte[32];
        byte[] digest = new byte[32];
        digest.AsSpan().Fill(7);
        RandomnessDraw.Compute(5, digest, 7, [1, 2, 3], expected);

        Assert.Equal(
            expected,
            runtime.DrawFromTickets(RandomnessPurpose.SealRandomness, new(7), [1, 2, 3]));
        Assert.Equal(
            expected,
            runtime.DrawFromBeacon(RandomnessPurpose.SealRandomness, new(7), [1, 2, 3]));
        Assert.Equal(
            ExitCode.UserIllegalArgument,
            Assert.Throws<ActorAbortException>(() => runtime.DrawFromBeacon(
                RandomnessPurpose.SealRandomness, new(10), default)).ExitCode);
    }
}
