using CsCheck;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner.Tests;

/// <summary>A miner's sectors through 100,000 changes, against a plain dictionary.</summary>
public sealed class SectorArrayModelTests
{
    private const int Steps = 500;
    private const int Sequences = 200;

    /// <summary>
    /// After each change those are compared that were named, all of them only so often.
    /// </summary>
    private const int FullEvery = 10;

    /// <summary>Numbers that are near each other, and the largest.</summary>
    private static readonly Gen<ulong[]> Numbers = Gen.OneOf(
        Gen.ULong[0, 80],
        Gen.ULong[1_000_000, 1_000_040],
        Gen.ULong[StoragePolicy.SectorNumberMax - 3, StoragePolicy.SectorNumberMax])
        .Array[1, 8];

    private enum Kind
    {
        Set,
        SetMore,
        Delete,
        GetAll,
        Prove,
        Select,
    }

    [Fact]
    public void They_are_the_plain_dictionary_after_each_of_100_000_changes() =>
        Gen.Select(Gen.Enum<Kind>(), Numbers, Gen.Long[1, 50_000]).Array[Steps].Sample(
            steps =>
            {
                MemoryRuntime runtime = new();
                SortedDictionary<ulong, SectorOnChainInfo> model = [];
                Cid root = StateArray<SectorOnChainInfo>.StoreEmpty(
                    runtime, MinerState.SectorBits);
                int step = 0;
                foreach ((Kind kind, ulong[] numbers, long expiration) in steps)
                {
                    SectorArray sectors = SectorArray.Load(runtime, root);
                    if (Step(sectors, model, kind, [.. numbers.Distinct().Order()], expiration))
                    {
                        root = sectors.Flush();
                    }

                    Compare(runtime, root, model, numbers, isFull: ++step % FullEvery == 0);
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: Sequences);

    [Fact]
    public void A_number_that_is_too_large_is_refused()
    {
        MemoryRuntime runtime = new();
        SectorArray sectors = TestSectors.Store(runtime, [], out _);
        ActorAbortException failure = Assert.Throws<ActorAbortException>(
            () => sectors.Set([TestSectors.Of(StoragePolicy.SectorNumberMax + 1, 9)]));
        Assert.Equal(ExitCode.UserIllegalState, failure.ExitCode);
    }

    private static void Compare(
        MemoryRuntime runtime,
        Cid root,
        SortedDictionary<ulong, SectorOnChainInfo> model,
        ulong[] numbers,
        bool isFull)
    {
        Amt<SectorOnChainInfo> list = Amt<SectorOnChainInfo>.Load(runtime.Memory, root);
        Assert.Equal((ulong)model.Count, list.Count);
        foreach (ulong number in numbers)
        {
            SectorOnChainInfo? found =
                list.TryGet(number, out SectorOnChainInfo? sector) ? sector : null;
            Assert.Equal(model.GetValueOrDefault(number), found);
        }

        Assert.True(!isFull
            || model.Values.SequenceEqual(list.Entries().Select(pair => pair.Value)));
    }

    /// <summary>Changes or asks; false if nothing may be written since it was refused.</summary>
    private static bool Step(
        SectorArray sectors,
        SortedDictionary<ulong, SectorOnChainInfo> model,
        Kind kind,
        ulong[] numbers,
        long expiration)
    {
        BitField field = BitField.Of(numbers);
        ulong[] known = [.. numbers.Where(model.ContainsKey)];
        switch (kind)
        {
            case Kind.Set or Kind.SetMore:
                SectorOnChainInfo[] added =
                    [.. numbers.Select(number => TestSectors.Of(number, expiration))];
                sectors.Set(added);
                Array.ForEach(added, sector => model[sector.SectorNumber] = sector);
                return true;
            case Kind.Delete:
                return Try(known.Length == numbers.Length, () =>
                {
                    sectors.Delete(field);
                    Array.ForEach(numbers, number => model.Remove(number));
                });
            case Kind.GetAll:
                return Try(known.Length == numbers.Length, () => Assert.True(
                    numbers.Select(n => model[n]).SequenceEqual(sectors.GetAll(field))));
            case Kind.Prove:
                // The first that is known stands in for those that are ignored.
                BitField ignored = field.Except(BitField.Of(known));
                Assert.Equal(
                    known.Length == 0
                        ? []
                        : numbers.Select(n => model.GetValueOrDefault(n, model[known[0]])),
                    sectors.GetForProof(field, ignored));
                return true;
            default:
                List<SectorOnChainInfo> all = [.. model.Values];
                if (known.Length == numbers.Length)
                {
                    Assert.Equal(sectors.GetAll(field), SectorArray.Select(all, field));
                }
                else
                {
                    ActorAbortException failure = Assert.Throws<ActorAbortException>(
                        () => SectorArray.Select(all, field));
                    Assert.Equal(ExitCode.UserIllegalState, failure.ExitCode);
                }

                return true;
        }
    }

    private static bool Try(bool isExpected, Action action)
    {
        if (isExpected)
        {
            action();
            return true;
        }

        ActorAbortException failure = Assert.Throws<ActorAbortException>(action);
        Assert.Equal(ExitCode.UserNotFound, failure.ExitCode);
        return false;
    }
}
