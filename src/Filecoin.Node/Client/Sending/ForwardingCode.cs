using System.Buffers.Binary;

namespace Filecoin.Node;

/// <summary>
/// Code by which an account of Ethereum pays an f1 or f3 address that has no actor yet. Ethereum
/// has no name for such an address; a contract can reach it, so one is made that forwards what it
/// is given while it is made, and is empty then.
/// </summary>
/// <remarks>Spec: actors/evm 13.2, call_actor: method 0, no flags, no parameters.</remarks>
internal static class ForwardingCode
{
    private const int WordLength = 32;
    private const int LengthPlace = 1;
    private const int StartPlace = 4;
    private const int InputLengthPlace = 14;

    private static readonly byte[] Program = Convert.FromHexString(
        "61000061000060003960206000610000600073fe00000000000000000000000000000000000003"
        + "5af4600051151660365760206000fd5b60006000f3");

    /// <summary>The code that makes the contract.</summary>
    /// <param name="target">Who is paid.</param>
    /// <param name="value">What the contract is given, all of which it forwards.</param>
    public static byte[] Of(Address target, TokenAmount value)
    {
        byte[] address = target.ToBytes();
        const int HeadWords = 6;
        int words = HeadWords + 2 + ((address.Length + WordLength - 1) / WordLength);
        byte[] input = new byte[words * WordLength];
        byte[] amount = value.ToBigInteger().ToByteArray(isUnsigned: true, isBigEndian: true);
        amount.CopyTo(input, (2 * WordLength) - amount.Length);
        WriteWord(input, 4, HeadWords * WordLength);
        WriteWord(input, 5, (HeadWords + 1) * WordLength);
        WriteWord(input, HeadWords + 1, address.Length);
        address.CopyTo(input, (HeadWords + 2) * WordLength);

        byte[] code = [.. Program, .. input];
        WritePush(code, LengthPlace, input.Length);
        WritePush(code, StartPlace, Program.Length);
        WritePush(code, InputLengthPlace, input.Length);
        return code;
    }

    private static void WriteWord(byte[] input, int word, int value) =>
        BinaryPrimitives.WriteInt32BigEndian(
            input.AsSpan(((word + 1) * WordLength) - sizeof(int)), value);

    private static void WritePush(byte[] code, int place, int value) =>
        BinaryPrimitives.WriteUInt16BigEndian(code.AsSpan(place), (ushort)value);
}
