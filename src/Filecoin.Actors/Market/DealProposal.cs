using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Actors.Market;

/// <summary>What a client offers to a provider.</summary>
/// <remarks>
/// Spec: actors/market 1.1. Stored proposals name their parties by id. The fee is paid evenly
/// from start to end. Errors of <see cref="TotalFee"/>: the span must not be negative.
/// </remarks>
/// <param name="PieceCid">Commitment to the data.</param>
/// <param name="PieceSize">Bytes with padding.</param>
/// <param name="IsVerified">Whether the client spends datacap on it.</param>
/// <param name="Client">Who pays.</param>
/// <param name="Provider">The miner.</param>
/// <param name="Label">Whatever the client likes.</param>
/// <param name="StartEpoch">The last epoch in which the data may come into a sector.</param>
/// <param name="EndEpoch">Until when it is stored.</param>
/// <param name="PricePerEpoch">What an epoch costs.</param>
/// <param name="ProviderCollateral">What the provider loses if it does not keep to it.</param>
/// <param name="ClientCollateral">What the client locks besides the fee.</param>
[CborTuple]
public sealed partial record DealProposal(
    Cid PieceCid,
    ulong PieceSize,
    bool IsVerified,
    Address Client,
    Address Provider,
    DealLabel Label,
    long StartEpoch,
    long EndEpoch,
    TokenAmount PricePerEpoch,
    TokenAmount ProviderCollateral,
    TokenAmount ClientCollateral)
{
    private const int DigestBytes = 32;

    /// <summary>Epochs from start to end.</summary>
    public long Duration => EndEpoch - StartEpoch;

    /// <summary>What it costs in all.</summary>
    public TokenAmount TotalFee => PricePerEpoch * Duration;

    /// <summary>What the client must have.</summary>
    public TokenAmount ClientRequirement => ClientCollateral + TotalFee;

    /// <summary>The actor that the client is.</summary>
    /// <exception cref="ArgumentException">It is not given by id.</exception>
    public ActorId ClientId => IdOf(Client);

    /// <summary>The actor that the provider is.</summary>
    /// <exception cref="ArgumentException">It is not given by id.</exception>
    public ActorId ProviderId => IdOf(Provider);

    /// <summary>Its CID, which the machine hashes and charges for.</summary>
    public Cid ComputeCid(IRuntime runtime) => ComputeCid(runtime, Cbor.Encode(this));

    /// <summary>The CID of an encoded proposal.</summary>
    public static Cid ComputeCid(IRuntime runtime, ReadOnlySpan<byte> encoded)
    {
        Span<byte> digest = stackalloc byte[DigestBytes];
        _ = runtime.Hash(HashFunction.Blake2b256, encoded, digest);
        return Cid.Create(Codec.DagCbor, Multihash.Blake2b256, digest);
    }

    private static ActorId IdOf(Address address) => address.TryGetId(out ActorId id)
        ? id
        : throw new ArgumentException($"{address} is no id", nameof(address));
}

/// <summary>A proposal that its client has signed.</summary>
[CborTuple]
public sealed partial record ClientDealProposal(
    DealProposal Proposal, ClientSignature ClientSignature);

/// <summary>What has become of a deal since its data came into a sector.</summary>
/// <param name="SectorNumber">The sector.</param>
/// <param name="SectorStartEpoch">When it came there.</param>
/// <param name="LastUpdatedEpoch">Until when it is paid; -1 before the first time.</param>
/// <param name="SlashEpoch">When it was broken; -1 for never.</param>
[CborTuple]
public readonly partial record struct DealState(
    ulong SectorNumber, long SectorStartEpoch, long LastUpdatedEpoch, long SlashEpoch);

/// <summary>A label, text or bytes, which stays what it is.</summary>
public sealed class DealLabel : ICbor<DealLabel>, IEquatable<DealLabel>
{
    private const int Indefinite = 31;

    private readonly string? text;
    private readonly byte[] bytes;

    private DealLabel(string? text, byte[] bytes) => (this.text, this.bytes) = (text, bytes);

    /// <summary>Its length in bytes; of text in UTF-8.</summary>
    public int Length => bytes.Length;

    /// <summary>Whether it is text.</summary>
    public bool IsText => text is not null;

    /// <summary>A label of text.</summary>
    public static DealLabel Of(string text) => new(text, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>A label of bytes.</summary>
    public static DealLabel Of(ReadOnlySpan<byte> bytes) => new(null, bytes.ToArray());

    /// <inheritdoc/>
    /// <remarks>Quirk: no indefinite lengths, which are let pass in other strings.</remarks>
    public static bool TryRead(
        ref CborReader reader, [MaybeNullWhen(false)] out DealLabel value)
    {
        value = null;
        int start = reader.Position;
        if (!reader.TryPeekMajor(out CborMajor major))
        {
            return reader.Fail(CborErrorKind.UnexpectedEnd);
        }

        if (major == CborMajor.Text && reader.TryReadText(out string text))
        {
            value = Of(text);
        }
        else if (major == CborMajor.Bytes && reader.TryReadBytes(out ReadOnlySpan<byte> read))
        {
            value = Of(read);
        }

        if (value is not null && (reader.Since(start)[0] & Indefinite) != Indefinite)
        {
            return true;
        }

        value = null;
        reader.Rewind(start);
        return reader.Fail(CborErrorKind.WrongType);
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer)
    {
        if (text is not null)
        {
            writer.WriteText(text);
        }
        else
        {
            writer.WriteBytes(bytes);
        }
    }

    /// <inheritdoc/>
    public bool Equals(DealLabel? other) => other is not null
        && (text is null) == (other.text is null)
        && bytes.AsSpan().SequenceEqual(other.bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DealLabel);

    /// <inheritdoc/>
    [SuppressMessage("", "RS0030", Justification = "Equality's hash, never an order.")]
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    /// <summary>The text, or the bytes in hexadecimal digits.</summary>
    public override string ToString() => text ?? Convert.ToHexStringLower(bytes);
}

/// <summary>A client's signature: of any length, made by secp256k1 or BLS.</summary>
/// <remarks>
/// Spec: actors/market 1.1; ref-fvm shared/src/crypto/signature.rs. Quirk: actors know no
/// delegated signatures, which messages may have, and set no limit.
/// </remarks>
public sealed class ClientSignature(SignatureType type, ReadOnlyMemory<byte> data)
    : ICbor<ClientSignature>
{
    /// <summary>What made it.</summary>
    public SignatureType Type => type;

    /// <summary>Its bytes, without its type.</summary>
    public ReadOnlyMemory<byte> Data => data;

    /// <inheritdoc/>
    public static bool TryRead(
        ref CborReader reader, [MaybeNullWhen(false)] out ClientSignature value)
    {
        value = null;
        int start = reader.Position;
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        if (bytes is not [(byte)SignatureType.Secp256k1 or (byte)SignatureType.Bls, ..])
        {
            return reader.FailAt(CborErrorKind.InvalidValue, start);
        }

        value = new((SignatureType)bytes[0], bytes[1..].ToArray());
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) =>
        writer.WriteBytes([(byte)type, .. data.Span]);
}
