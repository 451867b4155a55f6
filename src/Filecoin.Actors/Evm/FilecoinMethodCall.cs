using System.Buffers.Binary;
using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <summary>A call of a contract by a method's number, as a call of one of its functions.</summary>
/// <remarks>
/// Spec: actors/evm 14; builtin-actors actors/evm/src/lib.rs. The function is
/// handle_filecoin_method(uint64 method, uint64 codec, bytes parameters).
/// </remarks>
internal static class FilecoinMethodCall
{
    private const uint Selector = 0x868e10c4;
    private const int SelectorLength = sizeof(uint);
    private const int HeadWords = 4;

    /// <summary>The function's arguments.</summary>
    internal static byte[] WriteInput(MethodNumber method, IpldBlock? parameters)
    {
        ReadOnlySpan<byte> data = parameters is null ? default : parameters.Data.Span;
        int words = HeadWords + ((data.Length + U256.Length - 1) / U256.Length);
        byte[] input = new byte[SelectorLength + (words * U256.Length)];
        BinaryPrimitives.WriteUInt32BigEndian(input, Selector);
        Write(0, method.Value);
        Write(1, parameters?.Codec ?? 0);
        Write(2, (HeadWords - 1) * U256.Length);
        Write(3, (ulong)data.Length);
        data.CopyTo(input.AsSpan(SelectorLength + (HeadWords * U256.Length)));
        return input;

        void Write(int word, U256 value) =>
            value.WriteBigEndian(input.AsSpan(SelectorLength + (word * U256.Length)));
    }

    /// <summary>What the function gave: exit code, codec and bytes; no block if nothing.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_SERIALIZATION, malformed. Any other code, as the function wants it.
    /// </exception>
    internal static IpldBlock? ReadOutput(ReadOnlySpan<byte> output)
    {
        if (output.IsEmpty)
        {
            return null;
        }

        AbiReader reader = new(output);
        if (!reader.TryReadUInt32(out uint exitCode)
            || !reader.TryReadUInt64(out ulong codec)
            || !reader.TryReadUInt32(out uint offset))
        {
            throw Abort.Serialization("exit code, codec or offset is too large");
        }

        reader.Seek(offset);
        if (!reader.TryReadBytes(out byte[] data))
        {
            throw Abort.Serialization("return length is too large");
        }

        bool isEmpty = codec == 0 && data.Length == 0;
        if (!isEmpty && codec != Codec.Cbor)
        {
            throw Abort.Serialization($"unsupported codec {codec} of {data.Length} bytes");
        }

        IpldBlock? block = isEmpty ? null : new(codec, data);
        return exitCode == 0
            ? block
            : throw new ActorAbortException(
                new(exitCode), "contract ended with an exit code of its own", block);
    }
}
