namespace Filecoin.Primitives.Tests;

public sealed class MethodNumberTests
{
    // Provenance: the numbers that the built-in actors export (FRC-0042, frc42_dispatch).
    [Theory]
    [InlineData("Constructor", 1)]
    [InlineData("AuthenticateMessage", 2643134072)]
    [InlineData("Receive", 3726118371)]
    [InlineData("Mint", 116935346)]
    [InlineData("Destroy", 2624896501)]
    [InlineData("Name", 48890204)]
    [InlineData("Symbol", 2061153854)]
    [InlineData("Granularity", 3936767397)]
    [InlineData("TotalSupply", 114981429)]
    [InlineData("Balance", 3261979605)]
    [InlineData("Allowance", 4205072950)]
    [InlineData("Transfer", 80475954)]
    [InlineData("TransferFrom", 3621052141)]
    [InlineData("IncreaseAllowance", 1777121560)]
    [InlineData("DecreaseAllowance", 1529376545)]
    [InlineData("RevokeAllowance", 2765635761)]
    [InlineData("Burn", 1434719642)]
    [InlineData("BurnFrom", 2979674018)]
    [InlineData("AddVerifiedClient", 3916220144)]
    [InlineData("RemoveExpiredAllocations", 2421068268)]
    [InlineData("GetClaims", 2199871187)]
    [InlineData("ExtendClaimTerms", 1752273514)]
    [InlineData("RemoveExpiredClaims", 2873373899)]
    [InlineData("InvokeEVM", 3844450837)]
    [InlineData("FRC46", 2233613279)]
    public void An_exported_method_has_the_number_of_its_name(string name, ulong number) =>
        Assert.Equal(number, MethodNumber.Exported(name).Value);

    [Theory]
    [InlineData("")]
    [InlineData("receive")]
    [InlineData("1Receive")]
    [InlineData("Re ceive")]
    [InlineData("Réceive")]
    public void What_is_no_name_has_no_number(string name) =>
        Assert.Throws<ArgumentException>(() => MethodNumber.Exported(name));

    [Fact]
    public void Sending_is_method_0() => Assert.Equal(0UL, MethodNumber.Send.Value);
}
