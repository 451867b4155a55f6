namespace Filecoin.Rpc;

/// <summary>Randomness as actors draw it: what seals and proofs of storage are made from.</summary>
/// <remarks>
/// Spec: lotus node/impl/full/state.go, StateGetRandomness*; chain/rand/rand.go. Personalization
/// is the purpose of <c>RandomnessPurpose</c>; bytes are base64. Epochs without tipset have what
/// actors get for them.
/// </remarks>
public static class RandomnessMethods
{
    private delegate bool Source(IExterns chain, ChainEpoch epoch, Span<byte> digest);

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<long, long, byte[]?, TipsetLinks?, byte[]>(
            "Filecoin.StateGetRandomnessFromTickets", Permission.Read,
            "Randomness for a purpose, from an epoch's ticket.", DrawFromTickets, 2),
        RpcMethod.Of<long, long, byte[]?, TipsetLinks?, byte[]>(
            "Filecoin.StateGetRandomnessFromBeacon", Permission.Read,
            "Randomness for a purpose, from what the beacon said of an epoch.",
            DrawFromBeacon, 2),
        RpcMethod.Of<long, TipsetLinks?, byte[]>(
            "Filecoin.StateGetRandomnessDigestFromTickets", Permission.Read,
            "What is drawn from an epoch's ticket.", GetTicketDigest, 1),
        RpcMethod.Of<long, TipsetLinks?, byte[]>(
            "Filecoin.StateGetRandomnessDigestFromBeacon", Permission.Read,
            "What is drawn from the beacon's entry of an epoch.", GetBeaconDigest, 1),
    ];

    private static byte[] DrawFromTickets(
        RpcCall call, long personalization, long epoch, byte[]? entropy, TipsetLinks? key) =>
        Mix(personalization, GetTicketDigest(call, epoch, key), epoch, entropy);

    private static byte[] DrawFromBeacon(
        RpcCall call, long personalization, long epoch, byte[]? entropy, TipsetLinks? key) =>
        Mix(personalization, GetBeaconDigest(call, epoch, key), epoch, entropy);

    private static byte[] GetTicketDigest(RpcCall call, long epoch, TipsetLinks? key) =>
        Read(call, epoch, key, static (chain, at, digest) =>
            chain.TryGetChainRandomness(at, digest));

    private static byte[] GetBeaconDigest(RpcCall call, long epoch, TipsetLinks? key) =>
        Read(call, epoch, key, static (chain, at, digest) =>
            chain.TryGetBeaconRandomness(at, digest));

    private static byte[] Read(RpcCall call, long epoch, TipsetLinks? key, Source source)
    {
        Tipset last = call.TipsetOf(key);
        byte[] digest = new byte[RandomnessDraw.Length];
        return source(call.Node.Chain.ExternsOf(last), new(epoch), digest)
            ? digest
            : throw new RpcException(
                $"cannot draw randomness of epoch {epoch} from a chain of epoch {last.Epoch}");
    }

    private static byte[] Mix(long purpose, byte[] digest, long epoch, byte[]? entropy)
    {
        byte[] drawn = new byte[RandomnessDraw.Length];
        RandomnessDraw.Compute(purpose, digest, epoch, entropy, drawn);
        return drawn;
    }
}
