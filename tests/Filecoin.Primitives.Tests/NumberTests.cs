namespace Filecoin.Primitives.Tests;

/// <summary>Numbers that actors see and receipts hold.</summary>
public sealed class NumberTests
{
    // Provenance: ref-fvm shared/src/error/mod.rs.
    [Fact]
    public void Exit_codes_of_the_machine_are_those_of_the_reference() => Assert.Equal(
        [0, 1, 2, 4, 5, 6, 7, 9, 10, 11],
        ((ExitCode[])
        [
            ExitCode.Ok, ExitCode.SysSenderInvalid, ExitCode.SysSenderStateInvalid,
            ExitCode.SysIllegalInstruction, ExitCode.SysInvalidReceiver,
            ExitCode.SysInsufficientFunds, ExitCode.SysOutOfGas, ExitCode.SysIllegalExitCode,
            ExitCode.SysAssertionFailed, ExitCode.SysMissingReturn,
        ]).Select(code => code.Value));

    [Theory]
    [InlineData(0, "0 OK")]
    [InlineData(7, "7 SYS_OUT_OF_GAS")]
    [InlineData(16, "16 USR_ILLEGAL_ARGUMENT")]
    [InlineData(26, "26 USR_NOT_PAYABLE")]
    [InlineData(3, "3")]
    [InlineData(8, "8")]
    [InlineData(27, "27")]
    [InlineData(33, "33")]
    public void Codes_of_the_protocol_have_names(uint code, string text) =>
        Assert.Equal(text, new ExitCode(code).ToString());

    // Provenance: ref-fvm shared/src/error/mod.rs, ErrorNumber.
    [Fact]
    public void Error_numbers_are_those_of_the_reference() => Assert.Equal(
        [
            "None", "IllegalArgument", "IllegalOperation", "LimitExceeded", "AssertionFailed",
            "InsufficientFunds", "NotFound", "InvalidHandle", "IllegalCid", "IllegalCodec",
            "Serialization", "Forbidden", "BufferTooSmall", "ReadOnly",
        ],
        Enumerable.Range(0, 14).Select(number => ((ErrorNumber)number).ToString()));

    [Theory]
    [InlineData(0, 2UL << 10)]
    [InlineData(3, 32UL << 30)]
    [InlineData(8, 32UL << 30)]
    [InlineData(14, 64UL << 30)]
    [InlineData(19, 64UL << 30)]
    public void A_seal_proof_has_a_size_of_sector(long proof, ulong size)
    {
        Assert.True(RegisteredSealProof.TryGetSectorSize(proof, out ulong sizeBytes));
        Assert.Equal(size, sizeBytes);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(20)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void An_unknown_seal_proof_has_none(long proof) =>
        Assert.False(RegisteredSealProof.TryGetSectorSize(proof, out _));
}
