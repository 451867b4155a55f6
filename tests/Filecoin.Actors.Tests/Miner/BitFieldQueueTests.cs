using CsCheck;

namespace Filecoin.Actors.Miner.Tests;

/// <summary>The queue against a sorted list of sets.</summary>
public sealed class BitFieldQueueTests
{
    private static readonly Quantization FiveFromTwo = new(5, 2);

    [Fact]
    public void It_holds_what_was_put_in_and_not_taken_out() =>
        Gen.Select(Gen.Int[0, 3], Gen.Long[0, 60], Gen.ULong[0, 40]).Array[500].Sample(
            steps =>
            {
                MemoryRuntime runtime = new();
                SortedDictionary<long, SortedSet<ulong>> model = [];
                Cid root = StateArray<BitField>.StoreEmpty(runtime, 3);
                foreach ((int kind, long epoch, ulong value) in steps)
                {
                    BitFieldQueue queue = BitFieldQueue.Load(runtime, root, FiveFromTwo);
                    Step(queue, model, kind, epoch, value);
                    root = queue.Flush();
                    Assert.Equal(Of(model), Read(runtime, root));
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: 200);

    [Fact]
    public void A_set_that_is_too_large_cannot_be_written()
    {
        MemoryRuntime runtime = new();
        BitFieldQueue queue = BitFieldQueue.Load(
            runtime, StateArray<BitField>.StoreEmpty(runtime, 3), Quantization.None);
        queue.AddEach(Enumerable.Range(0, 40_000).Select(i => (7L, (ulong)i * 100_000)));
        ActorAbortException failure = Assert.Throws<ActorAbortException>(() => queue.Flush());
        Assert.Equal(ExitCode.UserSerialization, failure.ExitCode);
    }

    [Fact]
    public void No_epoch_is_negative()
    {
        MemoryRuntime runtime = new();
        BitFieldQueue queue = BitFieldQueue.Load(
            runtime, StateArray<BitField>.StoreEmpty(runtime, 3), Quantization.None);
        ActorAbortException failure =
            Assert.Throws<ActorAbortException>(() => queue.Add(-1, BitField.Of(1)));
        Assert.Equal(ExitCode.UserIllegalState, failure.ExitCode);
    }

    private static void Step(
        BitFieldQueue queue,
        SortedDictionary<long, SortedSet<ulong>> model,
        int kind,
        long epoch,
        ulong value)
    {
        switch (kind)
        {
            case 0:
                queue.AddEach([(epoch, value), (epoch + 1, value), (epoch, value)]);
                Put(model, FiveFromTwo.Up(epoch), value);
                Put(model, FiveFromTwo.Up(epoch + 1), value);
                break;
            case 1:
                (BitField popped, bool isModified) = queue.PopUntil(epoch);
                long[] due = [.. model.Keys.Where(key => key <= epoch)];
                Assert.Equal(due.Length > 0, isModified);
                Assert.Equal(BitField.Of([.. due.SelectMany(key => model[key])]), popped);
                Array.ForEach(due, key => model.Remove(key));
                break;
            case 2:
                queue.Cut(BitField.Of(value));
                Cut(model, value);
                break;
            default:
                Take(queue, model, value);
                break;
        }
    }

    private static void Take(
        BitFieldQueue queue, SortedDictionary<long, SortedSet<ulong>> model, ulong countMax)
    {
        // Nobody asks for nothing.
        countMax++;
        (SortedDictionary<long, BitField> taken, ulong count) = queue.Take(countMax);
        (long Key, ulong Value)[] expected =
        [
            .. model.SelectMany(pair => pair.Value.Select(value => (pair.Key, value)))
                .Take((int)countMax),
        ];
        Assert.Equal((ulong)expected.Length, count);
        Assert.Equal(
            expected,
            taken.SelectMany(pair => pair.Value.Each().Select(value => (pair.Key, value))));
        foreach ((long key, ulong value) in expected)
        {
            model[key].Remove(value);
            if (model[key].Count == 0)
            {
                model.Remove(key);
            }
        }
    }

    private static void Cut(SortedDictionary<long, SortedSet<ulong>> model, ulong place)
    {
        foreach (long key in model.Keys.ToArray())
        {
            model[key] =
            [
                .. model[key].Where(value => value != place)
                    .Select(value => value > place ? value - 1 : value),
            ];
            if (model[key].Count == 0)
            {
                model.Remove(key);
            }
        }
    }

    private static void Put(
        SortedDictionary<long, SortedSet<ulong>> model, long epoch, ulong value)
    {
        model.TryAdd(epoch, []);
        model[epoch].Add(value);
    }

    private static string Of(SortedDictionary<long, SortedSet<ulong>> model) =>
        string.Join(';', model.Select(pair => $"{pair.Key}:{string.Join(',', pair.Value)}"));

    private static string Read(MemoryRuntime runtime, Cid root) => string.Join(
        ';',
        Amt<BitField>.Load(runtime.Memory, root).Entries()
            .Select(pair => $"{pair.Key}:{string.Join(',', pair.Value.Each())}"));
}
