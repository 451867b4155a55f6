using System.Text.Json;

namespace Filecoin.Node;

/// <summary>Reads both forms of vectors, and files of messages with a CAR beside them.</summary>
/// <remarks>
/// Spec: vectors/README, vectors/reference/FORMAT; message-execution 15. A file may be gzipped.
/// All of it is foreign: sizes, counts and depth are bounded, and a refusal names the place.
/// </remarks>
public static partial class SequenceReader
{
    private const int FileBytesMax = 256 << 20;
    private const int DocumentBytesMax = 128 << 20;
    private const int CarBytesMax = 512 << 20;
    private const int BlocksMax = 1_000_000;
    private const int MessagesMax = 100_000;
    private const int ActorsVersionMax = 1_000;

    /// <summary>Gas of all messages of a block: no message on a chain has a higher limit.</summary>
    /// <remarks>Spec: message-execution 4; lotus build/buildconstants, BlockGasLimit.</remarks>
    private const ulong BlockGasLimit = 10_000_000_000;

    /// <summary>What the network gives to cron, the highest of its own limits.</summary>
    /// <remarks>Spec: lotus chain/consensus/compute_state.go, runCron.</remarks>
    private const ulong ImplicitGasLimit = BlockGasLimit * 10_000;

    /// <summary>Reads a file.</summary>
    /// <exception cref="SequenceException">It is missing or malformed.</exception>
    public static MessageSequence Read(string path)
    {
        byte[] content;
        try
        {
            content = InputFile.Read(path, FileBytesMax);
        }
        catch (IOException failure)
        {
            throw new SequenceException(failure.Message, failure);
        }

        try
        {
            using JsonDocument document =
                JsonPlace.Parse(Gzip.Unpack(content, DocumentBytesMax), out JsonPlace top);
            return Read(top, path);
        }
        catch (SequenceException failure)
        {
            throw new SequenceException(
                $"{path}: {failure.Message}", failure.InnerException ?? failure);
        }
    }

    private static MessageSequence Read(JsonPlace top, string path) =>
        top.Has("steps") ? ReadReference(top)
        : top.Has("class") ? ReadMainnet(top, path)
        : top.Has("messages") ? ReadMessages(top, path)
        : throw new SequenceException("no `steps`, `class` or `messages`: no file of messages");

    private static MemoryBlockstore ReadBlocks(JsonPlace value)
    {
        MemoryBlockstore store = new();
        byte[] packed = value.Bytes();
        try
        {
            _ = CopyBlocks(Gzip.Unpack(packed, CarBytesMax), store);
            return store;
        }
        catch (Exception failure) when (failure is SequenceException or CarException)
        {
            throw value.Refuse($"holds no CAR: {failure.Message}", failure);
        }
    }

    /// <summary>Reads a CAR of a bounded number of blocks, and gives its roots.</summary>
    private static IReadOnlyList<Cid> CopyBlocks(byte[] car, MemoryBlockstore store)
    {
        CarReader reader = new(car);
        int count = 0;
        while (reader.TryRead(out Cid cid, out ReadOnlyMemory<byte> block))
        {
            if (++count > BlocksMax)
            {
                throw new SequenceException($"more than {BlocksMax} blocks");
            }

            store.Put(cid, block);
        }

        return reader.Roots;
    }

    private static Message ReadMessage(JsonPlace value) => DecodeMessage(value, value.Bytes());

    private static Message DecodeMessage(JsonPlace value, byte[] encoded) =>
        Cbor.TryDecode<Message>(encoded, out Message? message, out CborError error)
            ? message
            : throw value.Refuse($"is not a message: {error}");

    /// <summary>Refuses a message that no chain holds and that could run for years.</summary>
    private static Message BoundGas(JsonPlace place, Message message, ApplyKind kind)
    {
        (ulong limitMax, string of) = kind == ApplyKind.Explicit
            ? (BlockGasLimit, "a block")
            : (ImplicitGasLimit, "an implicit message");
        return message.GasLimit <= limitMax ? message : throw place.Refuse(
            $"has a gas limit of {message.GasLimit}, more than the {limitMax} of {of}");
    }

    private static NetworkVersion ReadVersion(JsonPlace value)
    {
        NetworkVersion version = (NetworkVersion)value.UInt32();
        return Enum.IsDefined(version)
            ? version
            : throw value.Refuse($"is {(uint)version}, not a network version from 17 to 28");
    }

    private static TokenAmount ReadAmount(JsonPlace value)
    {
        string text = value.TextOrNumber();
        return TokenAmount.TryParse(text, out TokenAmount amount)
            ? amount
            : throw value.Refuse($"is not an amount: {Excerpt.Of(text)}");
    }

    private static TokenAmount ReadStock(JsonPlace value)
    {
        TokenAmount amount = ReadAmount(value);
        return amount.IsNegative ? throw value.Refuse("is negative") : amount;
    }

    private static TokenAmount ReadOptionalStock(
        JsonPlace parent, string name, TokenAmount absent) =>
        parent.TryMember(name, out JsonPlace value) ? ReadStock(value) : absent;

    private static Cid ReadCid(JsonPlace value)
    {
        JsonPlace place = value.IsObject ? value.Member("/") : value;
        string text = place.Text();
        return Cid.TryParse(text, out Cid cid)
            ? cid
            : throw place.Refuse($"is not a CID: {Excerpt.Of(text)}");
    }

    private static ApplyKind ReadKind(JsonPlace value) => value.Text() switch
    {
        "explicit" => ApplyKind.Explicit,
        "implicit" => ApplyKind.Implicit,
        string other => throw value.Refuse(
            $"is {Excerpt.Of(other)}, not explicit or implicit"),
    };

    /// <summary>The number in a bundle's name: 16 of <c>v16</c>.</summary>
    private static int ReadActorsVersion(JsonPlace value)
    {
        string name = value.Text();
        return BundleName.TryVersionOf(name, out int version) && version <= ActorsVersionMax
            ? version
            : throw value.Refuse($"is not a bundle's version, as v16: {Excerpt.Of(name)}");
    }
}
