using System.Buffers.Binary;
using System.Text;
using Filecoin.Crypto;

namespace Filecoin.Node;

/// <summary>Answers about the chain by a rule, where there is none.</summary>
/// <remarks>Spec: vectors/reference/FORMAT; message-execution 15.4.</remarks>
public sealed class RuledChain(MessageSequence sequence) : IExterns
{
    private const string ByEpochPrefix = "fvm-sequence/1/";

    private static ReadOnlySpan<byte> UnrecordedRandomness => "i_am_random_____i_am_random_____"u8;

    /// <inheritdoc/>
    public bool TryGetChainRandomness(ChainEpoch epoch, Span<byte> randomness) =>
        TryDraw(false, epoch.Value, randomness);

    /// <inheritdoc/>
    public bool TryGetBeaconRandomness(ChainEpoch epoch, Span<byte> randomness) =>
        TryDraw(true, epoch.Value, randomness);

    /// <inheritdoc/>
    public bool TryGetTipsetCid(ChainEpoch epoch, out Cid tipset)
    {
        tipset = default;
        if (sequence.Rule == ChainRule.Recorded)
        {
            return false;
        }

        string prefix = sequence.Rule == ChainRule.Constant ? "tipset" : ByEpochPrefix + "tipset/";
        tipset = Cid.Of(Codec.DagCbor, Seed(prefix, epoch.Value));
        return true;
    }

    /// <inheritdoc/>
    public bool TryFindConsensusFault(
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second,
        ReadOnlySpan<byte> extra,
        out ConsensusFault? fault)
    {
        fault = null;
        return true;
    }

    private bool TryDraw(bool fromBeacon, long epoch, Span<byte> randomness)
    {
        switch (sequence.Rule)
        {
            case ChainRule.Recorded:
                ReadOnlySpan<byte> drawn =
                    sequence.Randomness.TryGetValue((fromBeacon, epoch), out byte[]? recorded)
                        ? recorded
                        : UnrecordedRandomness;
                drawn.CopyTo(randomness);
                break;
            case ChainRule.Constant:
                for (int i = 0; i < randomness.Length; i++)
                {
                    randomness[i] = (byte)(i + 1);
                }

                break;
            case ChainRule.ByEpoch or ChainRule.ByEpochSigned:
                string source = fromBeacon ? "beacon" : "chain";
                Blake2b.Hash256(Seed($"{ByEpochPrefix}rand/{source}", epoch), randomness);
                break;
        }

        return true;
    }

    private static byte[] Seed(string prefix, long epoch)
    {
        byte[] seed = [.. Encoding.ASCII.GetBytes(prefix), .. new byte[sizeof(long)]];
        BinaryPrimitives.WriteInt64BigEndian(seed.AsSpan(prefix.Length), epoch);
        return seed;
    }
}
