using Filecoin.Ipld;

namespace Filecoin.Fuzz.Ipld;

/// <summary>
/// Parameters from outside: what the lenient reader takes, the writer writes canonically, and then
/// the strict reader takes it; what the strict one takes, the lenient one takes as the same.
/// </summary>
public static class LenientTarget
{
    private static readonly Cid Link = Cid.Of(Codec.DagCbor, [0x80]);

    public static IEnumerable<byte[]> Seeds()
    {
        Message message = new(
            0, Address.FromActor("to"u8), Address.FromSecp256k1(new byte[65]), 3,
            TokenAmount.FromFil(2), 1_000_000, TokenAmount.FromAtto(200), TokenAmount.FromAtto(1),
            new(2), "params"u8.ToArray());
        yield return [0, .. Cbor.Encode(message)];
        yield return [1, .. Cbor.Encode(new EventEntry(3, "key", Codec.Raw, new byte[] { 1, 2 }))];
        yield return [2, .. Cbor.Encode(new PieceInfo(2_048, Link))];
        yield return [2, 0x02, 0x05, 0x18, 42, 0x5f, 0x41, 0x00, 0xff];
        yield return [3, 0x5f, 0x5f, 0x41, 0x00, 0xff, 0x02, 0x64, 0x01, 0xff];
        yield return [4, 0x5f, 0x42, 0x00, 0x07, 0xff];
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return Outcome.Refused("empty");
        }

        ReadOnlySpan<byte> item = input[1..];
        return (input[0] % 5) switch
        {
            0 => Read<Message>(item),
            1 => Read<EventEntry>(item),
            2 => Read<PieceInfo>(item),
            3 => Read<Address>(item),
            _ => Read<TokenAmount>(item),
        };
    }

    private static Outcome Read<T>(ReadOnlySpan<byte> item)
        where T : ICbor<T>
    {
        bool isStrict = Cbor.TryDecode<T>(item, out T? strict, out _);
        CborReader reader = CborReader.Lenient(item);
        if (!T.TryRead(ref reader, out T? value) || !reader.TryEnd())
        {
            Claim.Holds(!isStrict, "the strict reader takes more");
            Claim.Holds(reader.Error.Kind != CborErrorKind.None, "a refusal without a reason");
            return Outcome.Refused($"{typeof(T).Name} {reader.Error.Kind}");
        }

        byte[] written = Cbor.Encode(value);
        Claim.Holds(
            !isStrict || written.AsSpan().SequenceEqual(Cbor.Encode(strict!)), "two values");
        Claim.Holds(Cbor.TryDecode<T>(written, out T? again, out _), "what was written is refused");
        Claim.Holds(
            Cbor.Encode(again!).AsSpan().SequenceEqual(written), "what was written is another");
        return Outcome.Accepted($"{typeof(T).Name} strict {isStrict}");
    }
}
