using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Filecoin.Chain;

/// <summary>A store in memory, for a network that is thrown away.</summary>
public sealed class MemoryOrderedStore : IOrderedStore
{
    private readonly Family[] families = [new(false), new(true), new(false), new(true)];

    /// <inheritdoc/>
    public bool TryGet(
        StoreFamily family, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value) =>
        families[(int)family].TryGet(key, out value);

    /// <inheritdoc/>
    public bool TryGetAtOrBefore(
        StoreFamily family, ReadOnlySpan<byte> key, out byte[] foundKey, out byte[] value) =>
        families[(int)family].TryGetNear(key.ToArray(), true, out foundKey, out value);

    /// <inheritdoc/>
    public bool TryGetAtOrAfter(
        StoreFamily family, ReadOnlySpan<byte> key, out byte[] foundKey, out byte[] value) =>
        families[(int)family].TryGetNear(key.ToArray(), false, out foundKey, out value);

    /// <inheritdoc/>
    public IEnumerable<(byte[] Key, byte[] Value)> Scan(StoreFamily family) =>
        families[(int)family].Scan();

    /// <inheritdoc/>
    public void Write(StoreBatch batch)
    {
        foreach (StoreChange change in batch.Changes)
        {
            families[(int)change.Family].Change(change.Key, change.Value);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Family
    {
        private readonly Lock gate = new();
        private readonly Dictionary<byte[], ReadOnlyMemory<byte>> values =
            new(new KeyEquality());

        private readonly Dictionary<byte[], ReadOnlyMemory<byte>>
            .AlternateLookup<ReadOnlySpan<byte>> lookup;

        /// <summary>The keys in order, where somebody asks for it.</summary>
        private readonly SortedSet<byte[]>? order;

        public Family(bool isOrdered)
        {
            lookup = values.GetAlternateLookup<ReadOnlySpan<byte>>();
            order = isOrdered ? new(Comparer<byte[]>.Create(Compare)) : null;
        }

        public bool TryGet(ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
        {
            lock (gate)
            {
                return lookup.TryGetValue(key, out value);
            }
        }

        public bool TryGetNear(byte[] key, bool isBefore, out byte[] foundKey, out byte[] value)
        {
            (foundKey, value) = ([], []);
            SortedSet<byte[]> keys = order
                ?? throw new NotSupportedException("a family whose keys have no order");
            lock (gate)
            {
                if (keys.Count == 0
                    || Compare(isBefore ? keys.Min! : key, isBefore ? key : keys.Max!) > 0)
                {
                    return false;
                }

                foundKey = isBefore
                    ? keys.GetViewBetween(keys.Min, key).Max!
                    : keys.GetViewBetween(key, keys.Max).Min!;
                value = values[foundKey].ToArray();
                return true;
            }
        }

        public List<(byte[] Key, byte[] Value)> Scan()
        {
            List<(byte[] Key, byte[] Value)> entries = [];
            lock (gate)
            {
                foreach ((byte[] key, ReadOnlyMemory<byte> value) in values)
                {
                    entries.Add((key, value.ToArray()));
                }
            }

            entries.Sort(static (left, right) => Compare(left.Key, right.Key));
            return entries;
        }

        public void Change(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte>? value)
        {
            lock (gate)
            {
                byte[] kept = ArrayOf(key);
                if (value is ReadOnlyMemory<byte> present)
                {
                    values[kept] = present;
                    _ = order?.Add(kept);
                }
                else
                {
                    _ = values.Remove(kept);
                    _ = order?.Remove(kept);
                }
            }
        }

        /// <summary>The key's own array if it is all of it, for it does not change.</summary>
        private static byte[] ArrayOf(ReadOnlyMemory<byte> key) =>
            MemoryMarshal.TryGetArray(key, out ArraySegment<byte> segment)
            && segment.Array!.Length == key.Length
                ? segment.Array
                : key.ToArray();

        private static int Compare(byte[] left, byte[] right) =>
            left.AsSpan().SequenceCompareTo(right);
    }

    private sealed class KeyEquality
        : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) =>
            alternate.SequenceEqual(other);

        [SuppressMessage("", "RS0030", Justification = "Equality's hash, never an order.")]
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            HashCode hash = default;
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
