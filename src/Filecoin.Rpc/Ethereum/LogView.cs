using Filecoin.Crypto;

namespace Filecoin.Rpc;

/// <summary>A log of a contract.</summary>
public sealed record LogView(
    string Address,
    IReadOnlyList<string> Topics,
    string Data,
    string BlockNumber,
    string BlockHash,
    string TransactionHash,
    string TransactionIndex,
    string LogIndex,
    bool Removed);

/// <summary>A set of addresses and topics that may have more in it than was put there.</summary>
/// <remarks>Spec: Ethereum's yellow paper 4.3.1.</remarks>
internal sealed class LogBloom
{
    private const int Length = 256;
    private const int BitsMask = (Length * 8) - 1;

    private readonly byte[] bits = new byte[Length];

    public static string Full { get; } = Hex.OfBytes(Filled());

    public void Add(LogView log)
    {
        Add(Convert.FromHexString(log.Address.AsSpan(2)));
        foreach (string topic in log.Topics)
        {
            Add(Convert.FromHexString(topic.AsSpan(2)));
        }
    }

    public override string ToString() => Hex.OfBytes(bits);

    private void Add(ReadOnlySpan<byte> item)
    {
        Span<byte> hash = stackalloc byte[Keccak256.DigestLength];
        Keccak256.Hash(item, hash);
        for (int i = 0; i < 6; i += 2)
        {
            int bit = ((hash[i] << 8) | hash[i + 1]) & BitsMask;
            bits[Length - 1 - (bit / 8)] |= (byte)(1 << (bit % 8));
        }
    }

    private static byte[] Filled()
    {
        byte[] full = new byte[Length];
        full.AsSpan().Fill(byte.MaxValue);
        return full;
    }
}
