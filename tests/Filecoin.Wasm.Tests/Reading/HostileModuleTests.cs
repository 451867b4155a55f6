using Filecoin.Wasm.Reading;

namespace Filecoin.Wasm.Tests.Reading;

public sealed class HostileModuleTests
{
    private const byte Block = 0x02;
    private const byte Empty = 0x40;
    private const byte End = 0x0B;
    private const byte Call = 0x10;

    [Fact]
    public void Deep_nesting_is_bounded_by_memory_alone()
    {
        const int Depth = 1_000_000;
        byte[] code =
        [
            .. Enumerable.Repeat<byte[]>([Block, Empty], Depth).SelectMany(bytes => bytes),
            .. Enumerable.Repeat(End, Depth + 1),
        ];
        byte[] rewritten = ModuleRewriter.Rewrite(WithCode([0, .. code]), RewriteRules.Hygge);
        Assert.True(rewritten.Length > code.Length);
    }

    [Fact]
    public void A_body_that_guards_would_blow_up_is_refused()
    {
        byte[] calls = [.. Enumerable.Repeat<byte[]>([Call, 0], 1 << 20).SelectMany(b => b)];
        Expect(WithCode([0, .. calls, End]), "too large");
    }

    [Fact]
    public void Too_many_locals_are_refused()
    {
        Assert.NotEmpty(ModuleRewriter.Rewrite(WithLocals(50_000), RewriteRules.Hygge));
        Expect(WithLocals(50_001), "more than 50000 locals");
    }

    [Fact]
    public void A_module_too_large_is_refused() =>
        Expect(new byte[Limits.ModuleBytes + 1], "more than the");

    [Theory]
    [InlineData("", "not a Wasm module")]
    [InlineData("0061736d0d000100", "component model")]
    [InlineData("0061736d02000000", "version 2")]
    [InlineData("0061736d01000000" + "0300" + "0100", "unexpected end")]
    [InlineData("0061736d01000000" + "030100" + "010100", "section 1 out of order")]
    [InlineData("0061736d01000000" + "010100" + "010100", "section 1 out of order")]
    [InlineData("0061736d01000000" + "0e00", "malformed section id 14")]
    [InlineData("0061736d01000000" + "01020000", "bytes too many")]
    [InlineData("0061736d01000000" + "010401600000" + "03020100", "inconsistent lengths")]
    [InlineData("0061736d01000000" + "010401600000" + "03020101", "unknown type 1")]
    [InlineData("0061736d01000000" + "080100", "unknown function 0")]
    [InlineData("0061736d01000000" + "000302fffe", "malformed UTF-8")]
    public void Malformed_modules_are_refused_with_the_reason(string hex, string reason) =>
        Expect(Convert.FromHexString(hex), reason);

    private static void Expect(byte[] wasm, string reason)
    {
        WasmRefusedException refusal = Assert.Throws<WasmRefusedException>(
            () => _ = ModuleRewriter.Rewrite(wasm, RewriteRules.Hygge));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static byte[] WithLocals(int count) =>
        WithCode([1, .. Number(count), (byte)WasmType.I32, End]);

    /// <summary>A module of one function, () → (), with this body.</summary>
    private static byte[] WithCode(byte[] body)
    {
        byte[] entry = [1, .. Number(body.Length), .. body];
        return
        [
            .. "\0asm\x01\0\0\0"u8,
            1, 4, 1, 0x60, 0, 0,
            3, 2, 1, 0,
            10, .. Number(entry.Length), .. entry,
        ];
    }

    private static byte[] Number(int value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)((value & 0x7F) | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
