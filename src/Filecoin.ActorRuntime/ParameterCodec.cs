namespace Filecoin.ActorRuntime;

/// <summary>Parameters and returned values of methods.</summary>
/// <remarks>
/// Spec: actors/common 5.2; ref-fvm ipld/encoding/src/ipld_block.rs. What comes from outside is
/// read as leniently as the reference does, see <see cref="CborReader.Lenient"/>.
/// </remarks>
public static class ParameterCodec
{
    private const int HeaderBytesMax = 9;

    /// <summary>Encodes as plain CBOR: links in it give nobody access.</summary>
    public static IpldBlock Encode<T>(T value)
        where T : ICbor<T> => new(Codec.Cbor, Cbor.Encode(value));

    /// <summary>Decodes a block by its codec.</summary>
    /// <exception cref="ActorAbortException">USR_SERIALIZATION.</exception>
    public static T Decode<T>(IpldBlock block)
        where T : ICbor<T> => block.Codec switch
        {
            Codec.Cbor or Codec.DagCbor => DecodeCbor<T>(block.Data.Span),
            Codec.Raw => DecodeRaw<T>(block.Data.Span),
            _ => throw Abort.Serialization($"codec 0x{block.Codec:x} is not supported"),
        };

    /// <summary>Decodes CBOR from outside.</summary>
    /// <exception cref="ActorAbortException">USR_SERIALIZATION.</exception>
    public static T DecodeCbor<T>(ReadOnlySpan<byte> data)
        where T : ICbor<T>
    {
        CborReader reader = CborReader.Lenient(data);
        return T.TryRead(ref reader, out T? value) && reader.TryEnd()
            ? value
            : throw Abort.Serialization(reader.Error.ToString());
    }

    /// <summary>Raw bytes stand for a byte string, which few types are.</summary>
    private static T DecodeRaw<T>(ReadOnlySpan<byte> data)
        where T : ICbor<T>
    {
        CborWriter writer = new(HeaderBytesMax + data.Length);
        try
        {
            writer.WriteBytes(data);
            return DecodeCbor<T>(writer.ToArray());
        }
        finally
        {
            writer.Dispose();
        }
    }
}
