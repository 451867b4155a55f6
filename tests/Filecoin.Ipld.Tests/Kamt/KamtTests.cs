using CsCheck;

namespace Filecoin.Ipld.Tests.Kamt;

public sealed class KamtTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    /// <summary>The EVM actor's form, and those of ref-fvm ipld/kamt/tests.</summary>
    private static readonly KamtOptions[] Forms =
        [KamtOptions.ContractStorage, new(1, 3), new(4, 3, 1), new(2, 1), new(8, 3), new(5, 1, 2)];

    /// <summary>Keys that are alike in many bits: near zero, near the end, with one byte.</summary>
    private static readonly Gen<byte[]> Keys =
        Gen.Select(Gen.Int[0, 31], Gen.Int[0, 12], Gen.Bool, (place, number, isFar) =>
        {
            byte[] key = new byte[32];
            key[isFar ? place : 31] = (byte)number;
            key[0] |= (byte)(isFar && place % 2 == 0 ? 0x80 : 0);
            return key;
        });

    private readonly MemoryBlockstore store = new();

    [Fact]
    public void A_map_is_a_dictionary_whatever_is_flushed_and_loaded() =>
        Gen.Select(Gen.Int[0, Forms.Length - 1], Gen.Select(Gen.Int[0, 9], Keys).Array[0, 60])
            .Sample(
                (form, steps) => Compare(Forms[form], steps),
                seed: Seed,
                iter: 600,
                threads: 1);

    [Fact]
    public void The_root_depends_on_the_content_only() =>
        Gen.Select(Gen.Int[0, Forms.Length - 1], Keys.Array[1, 30], Keys.Array[0, 30]).Sample(
            (form, kept, removed) =>
            {
                Kamt<RawCbor> first = new(store, Forms[form]);
                Kamt<RawCbor> second = new(store, Forms[form]);
                foreach (byte[] key in kept.Concat(removed))
                {
                    first.Set(key, ValueOf(key));
                }

                foreach (byte[] key in removed)
                {
                    first.Delete(key);
                }

                foreach (byte[] key in kept.Reverse())
                {
                    first.Set(key, ValueOf(key));
                    second.Set(key, ValueOf(key));
                }

                Assert.Equal(second.Flush(), first.Flush());
            },
            seed: Seed,
            iter: 600,
            threads: 1);

    [Fact]
    public void Entries_are_listed_ascending_by_key()
    {
        Kamt<RawCbor> map = new(store, KamtOptions.ContractStorage);
        ulong[] numbers = [700, 3, 1UL << 40, 0, 64, 63];
        foreach (ulong number in numbers)
        {
            map.Set(KamtText.Key(number), ValueOf(KamtText.Key(number)));
        }

        map = Kamt<RawCbor>.Load(store, map.Flush(), KamtOptions.ContractStorage);
        Assert.Equal(
            numbers.Order().Select(number => Convert.ToHexString(KamtText.Key(number))),
            map.Entries().Select(entry => Convert.ToHexString(entry.Key.Span)));
    }

    [Fact]
    public void Setting_if_absent_leaves_what_is_there()
    {
        Kamt<RawCbor> map = new(store, KamtOptions.ContractStorage);
        Assert.True(map.SetIfAbsent(KamtText.Key(7), KamtText.Value("1")));
        Assert.False(map.SetIfAbsent(KamtText.Key(7), KamtText.Value("2")));
        Assert.True(map.TryGet(KamtText.Key(7), out RawCbor value));
        Assert.Equal(KamtText.Value("1"), value);
    }

    [Fact]
    public void A_cleared_map_is_the_empty_map()
    {
        Kamt<RawCbor> map = new(store, KamtOptions.ContractStorage);
        Cid empty = map.Flush();
        map.Set(KamtText.Key(7), KamtText.Value("1"));
        map.Clear();
        Assert.True(map.IsEmpty);
        Assert.Equal(empty, map.Flush());
    }

    [Fact]
    public void A_key_of_another_length_is_refused()
    {
        Kamt<RawCbor> map = new(store, KamtOptions.ContractStorage);
        Assert.Throws<ArgumentOutOfRangeException>(() => map.Has(new byte[31]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => map.Set(new byte[33], KamtText.Value("1")));
    }

    [Fact]
    public void Unknown_roots_are_missing()
    {
        IpldException refusal = Assert.Throws<IpldException>(
            () => Kamt<RawCbor>.Load(
                store, Cid.Of(Codec.DagCbor, [1]), KamtOptions.ContractStorage));
        Assert.Equal(IpldFailure.Missing, refusal.Failure);
    }

    private static RawCbor ValueOf(byte[] key) => KamtText.Value(Convert.ToHexString(key));

    private void Compare(KamtOptions form, (int Kind, byte[] Key)[] steps)
    {
        Kamt<RawCbor> map = new(store, form);
        Dictionary<string, RawCbor> expected = [];
        foreach ((int kind, byte[] key) in steps)
        {
            string name = Convert.ToHexString(key);
            RawCbor value = KamtText.Value($"{kind + 1}");
            switch (kind)
            {
                case 0:
                    map = Kamt<RawCbor>.Load(store, map.Flush(), form);
                    break;
                case 1:
                    map.Flush();
                    break;
                case < 5:
                    Assert.Equal(expected.Remove(name), map.Delete(key));
                    break;
                default:
                    bool isSame = expected.TryGetValue(name, out RawCbor old) && old == value;
                    Assert.Equal(!isSame, map.Set(key, value));
                    expected[name] = value;
                    break;
            }

            Assert.Equal(expected.ContainsKey(name), map.Has(key));
        }

        Assert.Equal(
            expected.OrderBy(entry => entry.Key, StringComparer.Ordinal),
            map.Entries().Select(entry => KeyValuePair.Create(
                Convert.ToHexString(entry.Key.Span), entry.Value)));
    }
}
