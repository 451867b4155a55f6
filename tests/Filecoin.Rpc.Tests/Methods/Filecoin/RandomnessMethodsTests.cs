namespace Filecoin.Rpc.Tests.Methods;

public sealed class RandomnessMethodsTests
{
    private const long Purpose = 5;
    private static readonly byte[] Entropy = [0x43, 0x00, 0xe8, 0x07];

    private readonly RpcNetwork network = new();

    public RandomnessMethodsTests() => network.Call("fvm_skipEpochs", "0x14");

    [Theory]
    [InlineData("Tickets")]
    [InlineData("Beacon")]
    public void Randomness_is_drawn_from_the_digest_of_the_epoch(string source)
    {
        byte[] digest = Bytes($"StateGetRandomnessDigestFrom{source}", 20, null);
        byte[] expected = new byte[RandomnessDraw.Length];
        RandomnessDraw.Compute(Purpose, digest, 20, Entropy, expected);

        byte[] drawn = Bytes($"StateGetRandomnessFrom{source}", Purpose, 20, Entropy, null);

        Assert.Equal(expected, drawn);
        Assert.NotEqual(
            expected, Bytes($"StateGetRandomnessFrom{source}", Purpose, 20, null, null));
    }

    [Fact]
    public void An_epoch_without_tipset_has_the_ticket_of_the_next_and_a_beacon_of_its_own()
    {
        Assert.Equal(
            Bytes("StateGetRandomnessDigestFromTickets", 20, null),
            Bytes("StateGetRandomnessDigestFromTickets", 7, null));
        Assert.NotEqual(
            Bytes("StateGetRandomnessDigestFromBeacon", 20, null),
            Bytes("StateGetRandomnessDigestFromBeacon", 7, null));
    }

    [Fact]
    public void Nothing_is_drawn_of_epochs_to_come() => Assert.Contains(
        "epoch 21 from a chain of epoch 20",
        network.Fail("Filecoin.StateGetRandomnessDigestFromTickets", 21, null)
            .GetProperty("message").GetString());

    private byte[] Bytes(string method, params object?[] parameters) =>
        network.Call($"Filecoin.{method}", parameters).GetBytesFromBase64();
}
