namespace Filecoin.Evm;

/// <summary>Codes already analysed, by their hash; used by several threads at once.</summary>
/// <remarks>
/// It holds between half of its limit and the limit: when the newer half is full, the older is
/// forgotten. What a code's blocks take counts once it is asked for again. What it holds never
/// changes a result.
/// </remarks>
public sealed class EvmCodeCache(int bytesMax = 64 << 20)
{
    private readonly Lock gate = new();
    private Dictionary<U256, EvmCode> newer = [];
    private Dictionary<U256, EvmCode> older = [];
    private int newerBytes;

    /// <summary>The code with this hash, analysed now if it is not held.</summary>
    /// <param name="hash">Keccak-256 of the code, or anything else that is as good a name.</param>
    /// <param name="code">The code itself.</param>
    public EvmCode Get(in U256 hash, ReadOnlySpan<byte> code)
    {
        lock (gate)
        {
            if (newer.TryGetValue(hash, out EvmCode? held))
            {
                newerBytes += held.CountGrowth();
                return held;
            }

            EvmCode found = older.GetValueOrDefault(hash) ?? new EvmCode(code);
            if (newerBytes > bytesMax / 2)
            {
                (older, newer, newerBytes) = (newer, [], 0);
            }

            newer.Add(hash, found);
            _ = found.CountGrowth();
            newerBytes += found.Size;
            return found;
        }
    }
}
