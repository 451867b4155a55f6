namespace Filecoin.Evm.Tests.VmTests;

/// <summary>Writes the lists that Ethereum hashes.</summary>
/// <remarks>Spec: Ethereum yellow paper, appendix B.</remarks>
internal static class Rlp
{
    internal static byte[] Text(byte[] bytes) =>
        bytes is [< 0x80] ? bytes : [.. Head(0x80, bytes.Length), .. bytes];

    internal static byte[] List(params byte[][] items)
    {
        byte[] content = [.. items.SelectMany(item => item)];
        return [.. Head(0xc0, content.Length), .. content];
    }

    private static byte[] Head(int first, int length)
    {
        if (length < 56)
        {
            return [(byte)(first + length)];
        }

        byte[] digits = [.. BitConverter.GetBytes(length).Reverse().SkipWhile(digit => digit == 0)];
        return [(byte)(first + 55 + digits.Length), .. digits];
    }
}
