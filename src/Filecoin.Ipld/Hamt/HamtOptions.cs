namespace Filecoin.Ipld;

/// <summary>How keys are spread over a HAMT.</summary>
public enum HamtHash
{
    /// <summary>SHA2-256 of the key.</summary>
    Sha256,

    /// <summary>The first 32 bytes of the key, padded with zeros; for tests of the shape.</summary>
    Identity,
}

/// <summary>Hashes keys for a map whose owner pays for that.</summary>
public interface IKeyHasher
{
    /// <summary>Writes the SHA2-256 of a key.</summary>
    void HashKey(ReadOnlySpan<byte> key, Span<byte> hash32);
}

/// <summary>How the pointers of a HAMT node are written.</summary>
public enum HamtFormat
{
    /// <summary>Plain link or bucket; actors version 3 and later.</summary>
    V3,

    /// <summary>A one-entry map; actors versions 0 to 2.</summary>
    V0,
}

/// <summary>What a HAMT block does not say and whoever opens it must know.</summary>
/// <param name="BitWidth">
/// Hash bits used per level, 1 to 8. A map with another width, which a state may say, opens, but no
/// key can be looked for, and a node that is opened with 32 or more is a panic of the reference.
/// </param>
/// <param name="Hash">How keys are hashed.</param>
/// <param name="BucketSize">Entries in one bucket at most.</param>
/// <param name="Format">How pointers are written.</param>
public readonly record struct HamtOptions(
    int BitWidth,
    HamtHash Hash = HamtHash.Sha256,
    int BucketSize = 3,
    HamtFormat Format = HamtFormat.V3)
{
    /// <summary>Who hashes keys by SHA2-256; null for the map itself.</summary>
    public IKeyHasher? Hasher { get; init; }

    /// <summary>
    /// Whether of a node's head all passes that actors let pass, see
    /// <see cref="CborReader.Lenient"/>; of its pointers it never does.
    /// </summary>
    public bool IsLenient { get; init; }
}
