using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Filecoin.Node;

/// <summary>A file is no sequence of messages: what is wrong, and where.</summary>
public sealed class SequenceException : Exception
{
    /// <summary>A defect.</summary>
    public SequenceException(string message)
        : base(message)
    {
    }

    /// <summary>A defect with its cause.</summary>
    public SequenceException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

/// <summary>Reads both forms of vectors, and files of messages with a CAR beside them.</summary>
/// <remarks>
/// Spec: vectors/README, vectors/reference/FORMAT; message-execution 15. A file may be gzipped.
/// </remarks>
public static partial class SequenceReader
{
    private const int FileBytesMax = 1 << 30;

    /// <summary>Reads a file.</summary>
    /// <exception cref="SequenceException">It is missing or malformed.</exception>
    public static MessageSequence Read(string path)
    {
        try
        {
            byte[] content = Unzip(File.ReadAllBytes(path), path);
            using JsonDocument document = JsonDocument.Parse(content);
            JsonElement root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object
                ? throw new SequenceException("not an object")
                : root.TryGetProperty("steps", out _)
                ? ReadReference(root)
                : root.TryGetProperty("class", out _)
                ? ReadMainnet(root, path)
                : root.TryGetProperty("messages", out _)
                ? ReadMessages(root, path)
                : throw new SequenceException(
                    "no `steps`, `class` or `messages`: not a file of messages");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
            or InvalidDataException or JsonException or FormatException or CarException
            or KeyNotFoundException or InvalidOperationException or OverflowException
            or SequenceException)
        {
            throw new SequenceException(
                $"{path}: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }

    private static byte[] Unzip(byte[] content, string what)
    {
        if (content.Length < 2 || content[0] != 0x1f || content[1] != 0x8b)
        {
            return content;
        }

        using GZipStream zip = new(new MemoryStream(content), CompressionMode.Decompress);
        using MemoryStream target = new();
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = zip.Read(buffer)) > 0)
        {
            target.Write(buffer, 0, read);
            if (target.Length > FileBytesMax)
            {
                throw new SequenceException($"{what} unpacks to more than {FileBytesMax} bytes");
            }
        }

        return target.ToArray();
    }

    private static MemoryBlockstore ReadBlocks(string base64)
    {
        MemoryBlockstore store = new();
        new CarReader(Unzip(Convert.FromBase64String(base64), "the CAR")).CopyTo(store);
        return store;
    }

    private static Message ReadMessage(byte[] encoded)
    {
        return Cbor.TryDecode<Message>(encoded, out Message? message, out CborError error)
            ? message
            : throw new SequenceException($"a message is malformed: {error}");
    }

    private static NetworkVersion ReadVersion(JsonElement number)
    {
        NetworkVersion version = (NetworkVersion)number.GetUInt32();
        return Enum.IsDefined(version)
            ? version
            : throw new SequenceException($"network version {(uint)version} is not one of 17 to 28");
    }

    private static TokenAmount ReadAmount(JsonElement value)
    {
        string text = value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : value.GetRawText();
        return TokenAmount.TryParse(text, out TokenAmount amount)
            ? amount
            : throw new SequenceException($"not an amount: {text}");
    }

    private static Cid ReadCid(JsonElement value)
    {
        string text = value.ValueKind == JsonValueKind.Object
            ? value.GetProperty("/").GetString()!
            : value.GetString()!;
        return Cid.TryParse(text, out Cid cid)
            ? cid
            : throw new SequenceException($"not a CID: {text}");
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : value.GetRawText();

    private static int ActorsVersionOf(string name) =>
        name.StartsWith('v')
        && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            ? version
            : throw new SequenceException($"not a bundle's version: {name}");
}
