namespace Filecoin.Actors.Tests;

/// <summary>What an actor ends with when it passes on a failure.</summary>
public sealed class SendResultTests
{
    [Theory]
    [InlineData(ErrorNumber.NotFound, 23)]
    [InlineData(ErrorNumber.InsufficientFunds, 19)]
    [InlineData(ErrorNumber.LimitExceeded, 24)]
    [InlineData(ErrorNumber.ReadOnly, 25)]
    [InlineData(ErrorNumber.IllegalOperation, 24)]
    [InlineData(ErrorNumber.IllegalArgument, 24)]
    public void A_call_that_was_not_made_has_a_code(ErrorNumber error, uint exitCode) =>
        Assert.Equal(exitCode, SendResult.Refused(error).FailureCode.Value);

    [Theory]
    [InlineData(4, 23)]
    [InlineData(9, 23)]
    [InlineData(11, 23)]
    [InlineData(5, 24)]
    [InlineData(7, 24)]
    [InlineData(10, 24)]
    [InlineData(16, 16)]
    [InlineData(40, 40)]
    public void A_failed_call_keeps_its_data(uint given, uint exitCode)
    {
        IpldBlock data = new(Codec.Raw, new byte[] { 1 });
        SendResult result = new(ErrorNumber.None, new(given), data);

        ActorAbortException abort = Assert.Throws<ActorAbortException>(() => result.Require());

        Assert.Equal(exitCode, abort.ExitCode.Value);
        Assert.Same(data, abort.Block);
    }

    [Fact]
    public void What_must_be_returned_must_be_there_and_fit()
    {
        SendResult nothing = new(ErrorNumber.None, ExitCode.Ok, null);
        SendResult other = nothing with { Value = new(Codec.Cbor, new byte[] { 0xf6 }) };

        Assert.Equal(
            ExitCode.UserAssertionFailed,
            Assert.Throws<ActorAbortException>(() => nothing.Require<Address>()).ExitCode);
        Assert.Equal(
            ExitCode.UserSerialization,
            Assert.Throws<ActorAbortException>(() => other.Require<Address>()).ExitCode);
    }
}
