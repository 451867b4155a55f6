using System.Buffers.Binary;
using System.Globalization;
using Nethereum.ABI;
using Nethereum.ABI.Model;

namespace Filecoin.Node;

/// <summary>Whether bytes hold values of types, wherever these point to.</summary>
/// <remarks>
/// The decoder of the library takes what lies outside for nothing. Spec: Solidity's contract ABI,
/// "Formal Specification of the Encoding"; what is behind the last value is not looked at.
/// </remarks>
internal static class AbiLayout
{
    private const int WordLength = 32;

    /// <summary>Whether all values lie inside.</summary>
    public static bool Holds(Parameter[] parameters, ReadOnlySpan<byte> bytes) =>
        HoldsAll([.. parameters.Select(static parameter => parameter.ABIType)], bytes);

    private static bool HoldsAll(ABIType[] types, ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        foreach (ABIType type in types)
        {
            if (!HoldsAt(type, bytes, at))
            {
                return false;
            }

            at += HeadLength(type);
        }

        return true;
    }

    /// <summary>Whether a value is inside whose head is at a place.</summary>
    private static bool HoldsAt(ABIType type, ReadOnlySpan<byte> bytes, int at) =>
        !type.IsDynamic()
            ? bytes.Length - at >= HeadLength(type)
            : TryReadNumber(bytes[at..], out int offset)
                && offset <= bytes.Length
                && HoldsTail(type, bytes[offset..]);

    private static bool HoldsTail(ABIType type, ReadOnlySpan<byte> bytes)
    {
        if (type is TupleType tuple)
        {
            return HoldsAll(TypesOf(tuple), bytes);
        }

        if (type is StaticArrayType list)
        {
            return HoldsItems(list.ElementType, LengthOf(list), bytes);
        }

        if (!TryReadNumber(bytes, out int count))
        {
            return false;
        }

        ReadOnlySpan<byte> content = bytes[WordLength..];
        return count <= content.Length
            && (type is not ArrayType array || HoldsItems(array.ElementType, count, content));
    }

    private static bool HoldsItems(ABIType type, int count, ReadOnlySpan<byte> bytes)
    {
        int length = HeadLength(type);
        if ((long)length * count > bytes.Length)
        {
            return false;
        }

        for (int i = 0; type.IsDynamic() && i < count; i++)
        {
            if (!HoldsAt(type, bytes, i * length))
            {
                return false;
            }
        }

        return true;
    }

    private static int HeadLength(ABIType type) => type switch
    {
        _ when type.IsDynamic() => WordLength,
        TupleType tuple => TypesOf(tuple).Sum(HeadLength),
        StaticArrayType list => checked(LengthOf(list) * HeadLength(list.ElementType)),
        _ => WordLength,
    };

    /// <summary>How many items a list of fixed length has, which its name alone tells.</summary>
    private static int LengthOf(StaticArrayType list) => int.Parse(
        list.Name[(list.Name.LastIndexOf('[') + 1)..^1], CultureInfo.InvariantCulture);

    private static ABIType[] TypesOf(TupleType tuple) =>
        [.. tuple.Components.Select(static component => component.ABIType)];

    /// <summary>Reads a word that can be a length or a distance in memory.</summary>
    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, out int number)
    {
        number = 0;
        if (bytes.Length < WordLength
            || bytes[..(WordLength - sizeof(int))].ContainsAnyExcept((byte)0))
        {
            return false;
        }

        number = BinaryPrimitives.ReadInt32BigEndian(
            bytes.Slice(WordLength - sizeof(int), sizeof(int)));
        return number >= 0;
    }
}
