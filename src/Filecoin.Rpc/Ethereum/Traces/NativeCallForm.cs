using System.Buffers.Binary;

namespace Filecoin.Rpc;

/// <summary>A call of a built-in actor in the form of a contract's call.</summary>
/// <remarks>
/// Spec: eth-compat 5.3 and 11; the function <c>handle_filecoin_method</c> of FRC-0042's callers.
/// </remarks>
internal static class NativeCallForm
{
    private const int WordLength = 32;
    private const int HeadLength = 4 * WordLength;

    private static ReadOnlySpan<byte> Selector => [0x86, 0x8e, 0x10, 0xc4];

    /// <summary>Method, codec and parameters behind the function's selector.</summary>
    public static byte[] Input(MethodNumber method, IpldBlock? parameters) =>
        [.. Selector, .. Encode(method.Value, parameters)];

    /// <summary>Exit code, codec and what was returned.</summary>
    public static byte[] Output(ExitCode exit, IpldBlock? returned) =>
        Encode(exit.Value, returned);

    private static byte[] Encode(ulong number, IpldBlock? block)
    {
        ReadOnlySpan<byte> data = block is null ? default : block.Data.Span;
        int padded = (data.Length + WordLength - 1) / WordLength * WordLength;
        byte[] form = new byte[HeadLength + padded];
        WriteWord(form, 0, number);
        WriteWord(form, 1, data.IsEmpty ? 0 : block!.Codec);
        WriteWord(form, 2, 3 * WordLength);
        WriteWord(form, 3, (ulong)data.Length);
        data.CopyTo(form.AsSpan(HeadLength));
        return form;
    }

    private static void WriteWord(Span<byte> form, int index, ulong value) =>
        BinaryPrimitives.WriteUInt64BigEndian(
            form[(((index + 1) * WordLength) - sizeof(ulong))..], value);
}
