namespace Filecoin;

/// <summary>A message as the chain stores it, without its signature.</summary>
/// <remarks>
/// Spec: message-execution 4; ref-fvm shared/src/message.rs. CBOR: an array of the members in
/// order.
/// </remarks>
/// <param name="Version">Always 0; the machine does not look at it.</param>
/// <param name="To">The receiver.</param>
/// <param name="From">The sender.</param>
/// <param name="Nonce">How many messages the sender has sent before (sequence in ref-fvm).</param>
/// <param name="Value">What the receiver is given.</param>
/// <param name="GasLimit">What the message may use, in gas.</param>
/// <param name="GasFeeCap">What a unit of gas may cost in all.</param>
/// <param name="GasPremium">What a unit of gas pays to the miner.</param>
/// <param name="Method">The method called.</param>
/// <param name="Parameters">Its parameters, encoded; empty for none.</param>
public sealed record Message(
    ulong Version,
    Address To,
    Address From,
    ulong Nonce,
    TokenAmount Value,
    ulong GasLimit,
    TokenAmount GasFeeCap,
    TokenAmount GasPremium,
    MethodNumber Method,
    ReadOnlyMemory<byte> Parameters) : ICbor<Message>
{
    private const int FieldCount = 10;

    /// <summary>The CID of its CBOR form.</summary>
    public Cid Cid => Cid.Of(Codec.DagCbor, Cbor.Encode(this));

    /// <inheritdoc/>
    public static bool TryRead(
        ref CborReader reader,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Message? value)
    {
        value = null;
        if (!reader.TryReadArrayOf(FieldCount)
            || !reader.TryReadUInt64(out ulong version)
            || !Address.TryRead(ref reader, out Address to)
            || !Address.TryRead(ref reader, out Address from)
            || !reader.TryReadUInt64(out ulong nonce)
            || !TokenAmount.TryRead(ref reader, out TokenAmount amount)
            || !reader.TryReadUInt64(out ulong gasLimit)
            || !TokenAmount.TryRead(ref reader, out TokenAmount feeCap)
            || !TokenAmount.TryRead(ref reader, out TokenAmount premium)
            || !reader.TryReadUInt64(out ulong method)
            || !reader.TryReadBytes(out ReadOnlySpan<byte> parameters))
        {
            return false;
        }

        value = new(
            version, to, from, nonce, amount, gasLimit, feeCap, premium, new(method),
            parameters.ToArray());
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer)
    {
        writer.WriteArrayHeader(FieldCount);
        writer.WriteUInt64(Version);
        To.WriteTo(ref writer);
        From.WriteTo(ref writer);
        writer.WriteUInt64(Nonce);
        Value.WriteTo(ref writer);
        writer.WriteUInt64(GasLimit);
        GasFeeCap.WriteTo(ref writer);
        GasPremium.WriteTo(ref writer);
        writer.WriteUInt64(Method.Value);
        writer.WriteBytes(Parameters.Span);
    }
}
