namespace Filecoin.Evm;

/// <summary>Reads input as if zeros without end followed it.</summary>
/// <remarks>Spec: builtin-actors actors/evm/src/reader.rs, ValueReader.</remarks>
internal ref struct PaddedReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> rest = input;

    /// <summary>What there is of a number of bytes; the others are zero.</summary>
    internal ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = rest[..Math.Min(length, rest.Length)];
        rest = rest[taken.Length..];
        return taken;
    }

    /// <summary>Fills a span.</summary>
    internal void Read(scoped Span<byte> bytes)
    {
        ReadOnlySpan<byte> taken = Take(bytes.Length);
        taken.CopyTo(bytes);
        bytes[taken.Length..].Clear();
    }

    internal U256 ReadWord()
    {
        Span<byte> word = stackalloc byte[U256.Length];
        Read(word);
        return U256.FromBigEndian(word);
    }
}
