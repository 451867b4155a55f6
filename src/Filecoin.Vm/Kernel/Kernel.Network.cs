using System.Runtime.InteropServices;

namespace Filecoin.Vm;

/// <content>The chain.</content>
internal sealed partial class Kernel
{
    /// <summary>Epochs that may be looked back in versions 18 to 20.</summary>
    private const long TipsetLookbackMax = 900;

    private const int RandomnessLength = 32;

    private long Epoch => Machine.Context.Epoch.Value;

    public ErrorNumber NetworkContext(out NetworkContextData context)
    {
        Charge(PriceList.Free("OnNetworkContext"));
        context = new()
        {
            Epoch = Epoch,
            Timestamp = Machine.Context.Timestamp,
            BaseFee = AmountData.Of(Machine.Context.BaseFee),
            ChainId = Machine.Config.ChainId,
            NetworkVersion = (uint)Machine.Config.Version,
        };
        return ErrorNumber.None;
    }

    public ErrorNumber BaseFee(out AmountData fee)
    {
        fee = AmountData.Of(Machine.Context.BaseFee);
        return ErrorNumber.None;
    }

    public ErrorNumber CirculatingSupply(out AmountData supply)
    {
        supply = AmountData.Of(Machine.Context.CirculatingSupply);
        return ErrorNumber.None;
    }

    /// <summary>
    /// An earlier tipset's CID. Errors: IllegalArgument, no epoch before this one.
    /// </summary>
    public ErrorNumber TipsetCid(long epoch, out Cid cid)
    {
        cid = default;
        if (epoch < 0 || epoch >= Epoch)
        {
            return ErrorNumber.IllegalArgument;
        }

        long lookback = Epoch - epoch;
        if (Line == ProtocolLine.Hygge && lookback >= TipsetLookbackMax)
        {
            return ErrorNumber.IllegalArgument;
        }

        Charge(Prices.OnTipsetCid(lookback));
        return Machine.Externs.TryGetTipsetCid(new(epoch), out cid)
            ? ErrorNumber.None
            : throw new FatalException($"no tipset of epoch {epoch}");
    }

    /// <summary>Randomness of an epoch as it is; since version 21.</summary>
    /// <remarks>Errors: IllegalArgument, there is none.</remarks>
    public ErrorNumber Randomness(bool fromBeacon, long epoch, out RandomnessData result)
    {
        result = default;
        long lookback = unchecked(Epoch - epoch);
        bool overflows = ((Epoch ^ epoch) & (Epoch ^ lookback)) < 0;
        if (overflows)
        {
            return ErrorNumber.IllegalArgument;
        }

        Charge(Prices.OnGetRandomness(lookback));
        return TryDraw(fromBeacon, epoch, ref result)
            ? ErrorNumber.None
            : ErrorNumber.IllegalArgument;
    }

    /// <summary>Randomness mixed with a purpose and entropy; up to version 20.</summary>
    /// <remarks>Errors: IllegalArgument, there is none.</remarks>
    public ErrorNumber MixedRandomness(
        bool fromBeacon,
        long personalization,
        long epoch,
        ReadOnlySpan<byte> entropy,
        out RandomnessData result)
    {
        result = default;
        Charge(Prices.OnGetRandomnessMixed(entropy.Length));
        RandomnessData drawn = default;
        if (!TryDraw(fromBeacon, epoch, ref drawn))
        {
            return ErrorNumber.IllegalArgument;
        }

        RandomnessDraw.Compute(personalization, drawn, epoch, entropy, result);
        return ErrorNumber.None;
    }

    private bool TryDraw(bool fromBeacon, long epoch, ref RandomnessData target) => fromBeacon
        ? Machine.Externs.TryGetBeaconRandomness(new(epoch), target)
        : Machine.Externs.TryGetChainRandomness(new(epoch), target);
}

/// <summary>32 bytes of randomness.</summary>
[System.Runtime.CompilerServices.InlineArray(32)]
internal struct RandomnessData
{
    private byte first;
}

/// <summary>See syscalls 4.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct NetworkContextData
{
    public long Epoch;
    public ulong Timestamp;
    public AmountData BaseFee;
    public ulong ChainId;
    public uint NetworkVersion;
}
