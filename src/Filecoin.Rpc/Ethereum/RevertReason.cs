using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Filecoin.Rpc;

/// <summary>Puts what a reverted contract returned into words.</summary>
/// <remarks>Spec: eth-compat 1.1.</remarks>
public static class RevertReason
{
    private const int SelectorLength = 4;
    private const int WordLength = 32;
    private const uint PanicSelector = 0x4e487b71;
    private const uint ErrorSelector = 0x08c379a0;

    /// <summary>The words of what it returned; its hexadecimal digits if it has none.</summary>
    public static string Of(ReadOnlySpan<byte> returned)
    {
        if (returned.IsEmpty)
        {
            return "none";
        }

        if (returned.Length < SelectorLength + WordLength)
        {
            return Hex.OfBytes(returned);
        }

        ReadOnlySpan<byte> body = returned[SelectorLength..];
        return BinaryPrimitives.ReadUInt32BigEndian(returned) switch
        {
            PanicSelector => Panic(Word(body)),
            ErrorSelector when TryReadText(body, out string text) => $"Error({text})",
            _ => Hex.OfBytes(returned),
        };
    }

    private static string Panic(BigInteger code) => code <= byte.MaxValue
        ? (int)code switch
        {
            0x00 => "Panic()",
            0x01 => "Assert()",
            0x11 => "ArithmeticOverflow()",
            0x12 => "DivideByZero()",
            0x21 => "InvalidEnumVariant()",
            0x22 => "InvalidStorageArray()",
            0x31 => "PopEmptyArray()",
            0x32 => "ArrayIndexOutOfBounds()",
            0x41 => "OutOfMemory()",
            0x51 => "CalledUninitializedFunction()",
            _ => $"Panic({Hex.Of(code)})",
        }
        : $"Panic({Hex.Of(code)})";

    private static bool TryReadText(ReadOnlySpan<byte> body, out string text)
    {
        text = "";
        BigInteger offset = Word(body);
        if (offset > body.Length - WordLength)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = body[(int)offset..];
        BigInteger length = Word(rest);
        if (length > rest.Length - WordLength)
        {
            return false;
        }

        text = Encoding.UTF8.GetString(rest.Slice(WordLength, (int)length));
        return true;
    }

    private static BigInteger Word(ReadOnlySpan<byte> bytes) =>
        new(bytes[..WordLength], isUnsigned: true, isBigEndian: true);
}
