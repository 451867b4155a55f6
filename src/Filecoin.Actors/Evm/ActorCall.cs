using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <summary>A call of any actor by a contract, as its language encodes arguments.</summary>
/// <remarks>
/// Spec: actors/evm 13.2; builtin-actors actors/evm/src/interpreter/precompiles/fvm.rs,
/// call_actor_shared.
/// </remarks>
internal readonly record struct ActorCall(
    Address Target, MethodNumber Method, U256 Value, ulong Flags, IpldBlock? Parameters)
{
    private const ulong FlagsMax = 1;
    private const int HeadWords = 4;

    /// <summary>Reads a call; false if it is malformed, or not allowed.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> input, bool byId, out ActorCall call)
    {
        call = default;
        AbiReader reader = new(input);
        if (!reader.TryReadUInt64(out ulong method))
        {
            return false;
        }

        U256 value = reader.ReadWord();
        if (!reader.TryReadUInt64(out ulong flags)
            || flags > FlagsMax
            || !reader.TryReadUInt64(out ulong codec)
            || !reader.TryReadUInt32(out uint parametersOffset)
            || !reader.TryReadUInt64(out ulong targetOrOffset))
        {
            return false;
        }

        reader.Seek(parametersOffset);
        if (!reader.TryReadBytes(out byte[] parameters)
            || !TryReadTarget(ref reader, byId, targetOrOffset, out Address target)
            || (method <= EvmActor.ReservedMethodMax && method != MethodNumber.Send.Value)
            || !(codec == Codec.Cbor || (codec == 0 && parameters.Length == 0)))
        {
            return false;
        }

        call = new(
            target,
            new(method),
            value,
            flags,
            codec == 0 ? null : new(codec, parameters));
        return true;
    }

    /// <summary>Exit code or negative error number, codec, and the bytes that came back.</summary>
    internal static byte[] WriteResult(in SendResult sent)
    {
        ReadOnlySpan<byte> data = sent.Value is null ? default : sent.Value.Data.Span;
        int words = HeadWords + ((data.Length + U256.Length - 1) / U256.Length);
        byte[] result = new byte[words * U256.Length];
        U256 code = sent.Error == ErrorNumber.None
            ? (U256)sent.ExitCode.Value
            : U256.Zero - (U256)(uint)sent.Error;
        Write(0, code);
        Write(1, sent.Value?.Codec ?? 0);
        Write(2, (HeadWords - 1) * U256.Length);
        Write(3, (ulong)data.Length);
        data.CopyTo(result.AsSpan(HeadWords * U256.Length));
        return result;

        void Write(int word, U256 value) =>
            value.WriteBigEndian(result.AsSpan(word * U256.Length));
    }

    private static bool TryReadTarget(
        ref AbiReader reader, bool byId, ulong idOrOffset, out Address target)
    {
        target = Address.FromId(new(idOrOffset));
        if (byId)
        {
            return true;
        }

        if (idOrOffset > uint.MaxValue)
        {
            return false;
        }

        reader.Seek((uint)idOrOffset);
        return reader.TryReadBytes(out byte[] bytes) && Address.TryDecode(bytes, out target);
    }
}
