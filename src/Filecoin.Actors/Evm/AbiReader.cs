using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <summary>Reads words of 32 bytes as if zeros without end followed the input.</summary>
/// <remarks>Spec: actors/evm 13; builtin-actors actors/evm/src/reader.rs.</remarks>
internal ref struct AbiReader(ReadOnlySpan<byte> input)
{
    /// <summary>More than the memory of the reference's actor holds.</summary>
    private const int PaddedLengthMax = 512 << 20;

    private readonly ReadOnlySpan<byte> input = input;
    private ReadOnlySpan<byte> rest = input;

    /// <summary>Goes to an offset from the start.</summary>
    internal void Seek(uint offset) =>
        rest = offset > (uint)input.Length ? default : input[(int)offset..];

    /// <summary>Reads a word.</summary>
    internal U256 ReadWord()
    {
        Span<byte> word = stackalloc byte[U256.Length];
        word.Clear();
        ReadOnlySpan<byte> taken = rest[..Math.Min(U256.Length, rest.Length)];
        taken.CopyTo(word);
        rest = rest[taken.Length..];
        return U256.FromBigEndian(word);
    }

    /// <summary>Reads a number; false if it has more than 64 bits.</summary>
    internal bool TryReadUInt64(out ulong value)
    {
        U256 word = ReadWord();
        value = word.Low;
        return word.IsUInt64;
    }

    /// <summary>Reads a number; false if it has more than 32 bits.</summary>
    internal bool TryReadUInt32(out uint value)
    {
        U256 word = ReadWord();
        value = unchecked((uint)word.Low);
        return word.IsUInt32;
    }

    /// <summary>Reads a length and as many bytes; false if the length has over 32 bits.</summary>
    /// <exception cref="ActorTrapException">They do not fit the actor's memory.</exception>
    internal bool TryReadBytes(out byte[] bytes)
    {
        bytes = [];
        if (!TryReadUInt32(out uint length))
        {
            return false;
        }

        if (length <= (uint)rest.Length)
        {
            bytes = rest[..(int)length].ToArray();
            rest = rest[(int)length..];
            return true;
        }

        if (length > int.MaxValue)
        {
            throw Abort.AssertionFailed("capacity overflow");
        }

        if (length > PaddedLengthMax)
        {
            throw new ActorTrapException("memory allocation failed");
        }

        bytes = new byte[length];
        rest.CopyTo(bytes);
        rest = default;
        return true;
    }
}
