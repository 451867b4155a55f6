using Filecoin.Ipld;

namespace Filecoin.Fuzz.Primitives;

/// <summary>Every type with a CBOR form: read, written and read again as the same.</summary>
public static class TupleTarget
{
    private delegate Outcome Check(ReadOnlySpan<byte> input);

    private static readonly Cid Link = Cid.Of(Codec.DagCbor, [0x80]);

    private static readonly Check[] Types =
    [
        Read<Message>, Read<ActorState>, Read<LegacyActorState>, Read<EventEntry>,
        Read<StampedEvent>, Read<PostProof>, Read<PostSector>, Read<WindowPostVerifyInfo>,
        Read<SectorId>, Read<PieceInfo>, Read<SealVerifyInfo>, Read<AggregateSealVerifyInfo>,
        Read<AggregateSealVerifyProofAndInfos>, Read<ReplicaUpdateInfo>, Read<ActorId>,
        Read<ChainEpoch>, Read<MethodNumber>, Read<Address>, Read<Cid>, Read<RawCbor>,
        Read<SignedMessage>, Read<Signature>, ReadReceipt,
    ];

    public static IEnumerable<byte[]> Seeds()
    {
        byte[][] values =
        [
            Cbor.Encode(MessageSeed), Cbor.Encode(new ActorState(
                Link, Link, 7, TokenAmount.FromFil(3),
                Address.FromDelegated(new(10), new byte[20]))),
            Cbor.Encode(new LegacyActorState(Link, Link, 7, TokenAmount.FromFil(3))),
            Cbor.Encode(Entry), Cbor.Encode(new StampedEvent(new(1_000), [Entry, Entry])),
            Cbor.Encode(new PostProof(3, new byte[8])), Cbor.Encode(new PostSector(8, 77, Link)),
            Cbor.Encode(new WindowPostVerifyInfo(
                new byte[32], [new(3, new byte[8])], [new(8, 77, Link)], new(1_000))),
            Cbor.Encode(new SectorId(new(1_000), 5)), Cbor.Encode(new PieceInfo(2_048, Link)),
            Cbor.Encode(new SealVerifyInfo(
                8, new(new(1_000), 5), [1, 2],
                new byte[32], new byte[32], new byte[8], Link, Link)),
            Cbor.Encode(Aggregated), Cbor.Encode(new AggregateSealVerifyProofAndInfos(
                new(1_000), 8, 0, new byte[8], [Aggregated])),
            Cbor.Encode(new ReplicaUpdateInfo(3, Link, Link, Link, [1, 2, 255])),
            Cbor.Encode(new ActorId(1_000)), Cbor.Encode(new ChainEpoch(-5)),
            Cbor.Encode(new MethodNumber(2)), Cbor.Encode(Address.FromId(new(1_024))),
            Cbor.Encode(Link), [0x83, 1, 0x81, 2, 0xf6],
            Cbor.Encode(new SignedMessage(MessageSeed, Signed)), Cbor.Encode(Signed),
            new Receipt(ExitCode.Ok, new byte[] { 1 }, 1_000, Link).Encode(NetworkVersion.V28),
        ];
        for (int i = 0; i < Types.Length; i++)
        {
            yield return [(byte)i, .. values[i]];
        }
    }

    private static Message MessageSeed => new(
        0, Address.FromActor("to"u8), Address.FromSecp256k1(new byte[65]), 3,
        TokenAmount.FromFil(2), 1_000_000, TokenAmount.FromAtto(200), TokenAmount.FromAtto(1),
        new(2), "params"u8.ToArray());

    private static Signature Signed => new(SignatureType.Secp256k1, new byte[65]);

    private static EventEntry Entry => new(3, "key", Codec.Raw, new byte[] { 1, 2, 3 });

    private static AggregateSealVerifyInfo Aggregated =>
        new(5, new byte[32], new byte[32], Link, Link);

    public static Outcome Run(ReadOnlySpan<byte> input) => input.IsEmpty
        ? Outcome.Refused("empty")
        : Types[input[0] % Types.Length](input[1..]);

    private static Outcome ReadReceipt(ReadOnlySpan<byte> input)
    {
        if (!Receipt.TryDecode(input, out Receipt? receipt, out CborError error))
        {
            Claim.Holds(error.Kind != CborErrorKind.None, "a refusal without a reason");
            return Outcome.Refused($"Receipt {error.Kind}");
        }

        byte[] written = receipt.Encode(NetworkVersion.V28);
        Claim.Holds(
            Receipt.TryDecode(written, out Receipt? again, out _), "what was written is refused");
        Claim.Holds(
            again.Encode(NetworkVersion.V28).AsSpan().SequenceEqual(written),
            "what was written is another receipt");
        return Outcome.Accepted($"Receipt {input[0]:x} {Outcome.Size(input.Length)}");
    }

    private static Outcome Read<T>(ReadOnlySpan<byte> input)
        where T : ICbor<T>
    {
        if (!Cbor.TryDecode<T>(input, out T? value, out CborError error))
        {
            Claim.Holds(error.Kind != CborErrorKind.None, "a refusal without a reason");
            Claim.Holds(
                error.Offset >= 0 && error.Offset <= input.Length, "an error outside the input");
            return Outcome.Refused($"{typeof(T).Name} {error.Kind}");
        }

        byte[] written = Cbor.Encode<T>(value);
        Claim.Holds(written.Length <= input.Length, "the canonical form is longer");
        Claim.Holds(
            Cbor.TryDecode<T>(written, out T? again, out _), "what was written is refused");
        Claim.Holds(
            Cbor.Encode<T>(again).AsSpan().SequenceEqual(written),
            "what was written is another value");
        return Outcome.Accepted(
            $"{typeof(T).Name} {Outcome.Size(input.Length)} {written.Length == input.Length}");
    }
}
