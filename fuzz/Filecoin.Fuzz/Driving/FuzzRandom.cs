namespace Filecoin.Fuzz.Driving;

/// <summary>Random numbers that a seed and a name fix (SplitMix64).</summary>
internal sealed class FuzzRandom
{
    private ulong state;

    public FuzzRandom(ulong seed, string name)
    {
        state = seed;
        foreach (char letter in name)
        {
            state = Next() ^ letter;
        }
    }

    public ulong Next()
    {
        unchecked
        {
            state += 0x9e3779b97f4a7c15;
            ulong mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>A number from 0 to one less than the limit.</summary>
    public int Below(int limit) => (int)(Next() % (uint)limit);

    public byte Byte() => unchecked((byte)Next());

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
