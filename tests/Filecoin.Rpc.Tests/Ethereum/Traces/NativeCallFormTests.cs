using Filecoin.Ipld;

namespace Filecoin.Rpc.Tests.Ethereum.Traces;

public sealed class NativeCallFormTests
{
    [Fact]
    public void A_transfer_is_method_0_without_codec_and_bytes() => Assert.Equal(
        "868e10c4" + Programs.Word(0) + Programs.Word(0) + Programs.Word(0x60) + Programs.Word(0),
        Convert.ToHexStringLower(NativeCallForm.Input(MethodNumber.Send, null)));

    [Fact]
    public void Parameters_come_with_their_codec_and_are_padded() => Assert.Equal(
        "868e10c4" + Programs.Word(5) + Programs.Word(0x51) + Programs.Word(0x60)
            + Programs.Word(3) + "820102".PadRight(64, '0'),
        Convert.ToHexStringLower(
            NativeCallForm.Input(new(5), new(Codec.Cbor, new byte[] { 0x82, 1, 2 }))));

    [Fact]
    public void What_is_returned_comes_with_the_exit_code() => Assert.Equal(
        Programs.Word(16) + Programs.Word(0) + Programs.Word(0x60) + Programs.Word(0),
        Convert.ToHexStringLower(
            NativeCallForm.Output(ExitCode.UserIllegalArgument, null)));
}
