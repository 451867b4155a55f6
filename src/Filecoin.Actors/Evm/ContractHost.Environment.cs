using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <content>The message, the chain and events.</content>
internal sealed partial class ContractHost
{
    private const ulong KeyAndValueIndexed = 3;
    private const string DataKey = "d";

    private static readonly string[] TopicKeys = ["t1", "t2", "t3", "t4"];

    // The same throughout an epoch, so that it is drawn once.
    private U256? randomness;

    /// <inheritdoc/>
    public EthAddress Origin => EthAddresses.Of(runtime, runtime.Origin);

    /// <inheritdoc/>
    public U256 GasPrice => U256.FromTokenAmount(runtime.BaseFee + runtime.GasPremium);

    /// <inheritdoc/>
    public U256 BaseFee => U256.FromTokenAmount(runtime.BaseFee);

    /// <inheritdoc/>
    public ChainEpoch Epoch => runtime.Epoch;

    /// <inheritdoc/>
    public ulong Timestamp => runtime.Timestamp;

    /// <inheritdoc/>
    public ulong ChainId => runtime.ChainId;

    /// <inheritdoc/>
    public U256 SelfBalance => U256.FromTokenAmount(runtime.CurrentBalance());

    /// <inheritdoc/>
    public U256 BlockHash(ChainEpoch epoch)
    {
        if (runtime.TipsetCid(epoch, out Cid tipset) != ErrorNumber.None)
        {
            return U256.Zero;
        }

        ReadOnlySpan<byte> digest = tipset.Digest;
        return U256.FromBigEndian(digest[..Math.Min(digest.Length, U256.Length)]);
    }

    /// <inheritdoc/>
    public ExitCode PrevRandao(out U256 value)
    {
        randomness ??= U256.FromBigEndian(runtime.DrawFromBeacon(
            RandomnessPurpose.EvmPrevRandao, runtime.Epoch, "prevrandao"u8));
        value = randomness.Value;
        return ExitCode.Ok;
    }

    /// <inheritdoc/>
    public ExitCode Log(ReadOnlySpan<U256> topics, ReadOnlySpan<byte> data)
    {
        EventEntry[] entries = new EventEntry[topics.Length + (data.IsEmpty ? 0 : 1)];
        for (int i = 0; i < topics.Length; i++)
        {
            entries[i] =
                new(KeyAndValueIndexed, TopicKeys[i], Codec.Raw, topics[i].ToBigEndian());
        }

        if (!data.IsEmpty)
        {
            entries[^1] = new(KeyAndValueIndexed, DataKey, Codec.Raw, data.ToArray());
        }

        return runtime.EmitEvent(entries) == ErrorNumber.None
            ? ExitCode.Ok
            : ExitCode.UserAssertionFailed;
    }
}
