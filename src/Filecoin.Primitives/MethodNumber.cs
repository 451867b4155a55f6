using System.Buffers.Binary;
using System.Text;
using Filecoin.Crypto;

namespace Filecoin;

/// <summary>Which of an actor's methods is called.</summary>
public readonly record struct MethodNumber(ulong Value) : ICbor<MethodNumber>
{
    /// <summary>Moves value and runs no code.</summary>
    public static MethodNumber Send => default;

    /// <summary>The smallest number that is no actor's private matter.</summary>
    public static MethodNumber FirstExported => new(1 << 24);

    /// <summary>The number of a method that an actor exports by name.</summary>
    /// <remarks>
    /// Spec: actors/common 5.3; FRC-0042: the first four bytes of a hash of the name that make a
    /// number which is large enough.
    /// </remarks>
    /// <exception cref="ArgumentException">It is no method's name.</exception>
    public static MethodNumber Exported(string name)
    {
        if (!IsMethodName(name))
        {
            throw new ArgumentException($"not a method's name: {name}", nameof(name));
        }

        if (name == "Constructor")
        {
            return new(1);
        }

        Span<byte> digest = stackalloc byte[Blake2b.DigestLengthMax];
        Blake2b.Hash(Encoding.ASCII.GetBytes($"1|{name}"), digest);
        for (ReadOnlySpan<byte> rest = digest; !rest.IsEmpty; rest = rest[sizeof(uint)..])
        {
            uint number = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (number >= FirstExported.Value)
            {
                return new(number);
            }
        }

        throw new ArgumentException($"no number for a method of the name {name}", nameof(name));
    }

    private static bool IsMethodName(string name)
    {
        bool isName = name.Length > 0 && (char.IsAsciiLetterUpper(name[0]) || name[0] == '_');
        foreach (char letter in name)
        {
            isName &= char.IsAsciiLetterOrDigit(letter) || letter == '_';
        }

        return isName;
    }

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out MethodNumber value)
    {
        bool read = reader.TryReadUInt64(out ulong number);
        value = new(number);
        return read;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteUInt64(Value);

    /// <summary>The number.</summary>
    public override string ToString() => $"{Value}";
}
