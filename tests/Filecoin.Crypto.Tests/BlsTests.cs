namespace Filecoin.Crypto.Tests;

public sealed class BlsTests
{
    // Provenance: ChainSafe/forest, message_signing.json; keys are little-endian.
    private static readonly Vector First = new(
        "pyBOAP9camcZANKedHE+oaqPgtsOd/qBvOAO1YfvLVY=",
        "938c9a503bf9a33d4e95aaee1401933dae469743b1a1e937e67a7fa175cc37cc"
        + "e4a5eb90e4ea9a1e36c0035891518f3d",
        "0171a0e40220cebe89d62b1ff3c34a26d112fd0d1c71debefce08214cce0cdaaf67d532fbfeb",
        "b181d48fa37b09bf3a03ca533f2681f36cdd79e9b21ddfad654e1576c9ba6f3d"
        + "8695a78b0b9b6c737497d50ec5af9a5103981785cc78203faf0ea0d53bb6409d"
        + "3a0a696799d96af6f12f9be2d1963b0a981f1f23924be4972c8d279c0ae1babe");

    private static readonly Vector Second = new(
        "up1tp2I6oAPrSyiAW1chA9Uo32DiPy+nDb5Sl7BXmT0=",
        "a342931c059c73eff9a92980a616d544434eaaef0143df92fa97243fbf44ed1b"
        + "a6469d2b76bd1da038a12bceb6be3a9d",
        "0171a0e4022085f14c26af4fee87f75ce11fb3f98f5bab2010992eaa52211c04ce677302cf40",
        "91f790edec90f91b378e0bf68a0876c391f8cfcfa56905edb60ebc43984fb1fd"
        + "6f96e88e8d715610b4b51eb32a47bc5a0d1e90db28d72c3766c66f89b05afa30"
        + "d4946dd0c1057b221fd693532c5cddc03d2e2e5067479dda4fe82873e1a5e0e1");

    private static readonly byte[] Aggregate = Convert.FromHexString(
        "8695d6baf4635883cf2822e7d67134516b36300ad7998debe42c9348144f65f5"
        + "2faaea27b669052d14f68abbbdd24ade0490d2a6990b497fea07dfd0f36c2410"
        + "3948a6f2c5bbb0cdd489596eb1abfed1c692b0d2300eabca687210b84800aceb");

    private static readonly byte[] ZeroSignature = [0xc0, .. new byte[95]];

    private static readonly byte[] ZeroKey = [0xc0, .. new byte[47]];

    [Fact]
    public void Keys_and_signatures_are_the_reference_ones()
    {
        foreach (var vector in new[] { First, Second })
        {
            Assert.Equal(Hex(vector.Key), Hex(KeyOf(vector.Secret)));
            Assert.Equal(Hex(vector.Signature), Hex(Sign(vector.Secret, vector.Message)));
            Assert.True(Bls.Verify(vector.Signature, vector.Message, vector.Key));
        }
    }

    [Fact]
    public void Another_message_or_key_does_not_verify()
    {
        Assert.False(Bls.Verify(First.Signature, Second.Message, First.Key));
        Assert.False(Bls.Verify(First.Signature, First.Message, Second.Key));
        Assert.False(Bls.Verify(Second.Signature, First.Message, First.Key));
    }

    [Fact]
    public void The_aggregate_is_the_reference_one_and_verifies()
    {
        var sum = new byte[96];
        Assert.True(Bls.TryAggregate([First.Signature, Second.Signature], sum));
        Assert.Equal(Hex(Aggregate), Hex(sum));
        Assert.True(VerifyAggregate(sum, First, Second));
        Assert.True(VerifyAggregate(sum, Second, First));
        Assert.False(VerifyAggregate(sum, First));
        Assert.False(VerifyAggregate(First.Signature, First, Second));
        Assert.True(VerifyAggregate(First.Signature, First));
    }

    [Fact]
    public void Equal_messages_do_not_verify_in_an_aggregate()
    {
        var other = Second with { Message = First.Message };
        var sum = new byte[96];
        Assert.True(
            Bls.TryAggregate([First.Signature, Sign(Second.Secret, First.Message)], sum));
        Assert.False(VerifyAggregate(sum, First, other));
    }

    [Fact]
    public void The_empty_aggregate_does_not_verify()
    {
        Assert.False(VerifyAggregate(ZeroSignature));
        Assert.False(Bls.TryAggregate([], new byte[96]));
    }

    [Fact]
    public void Numbers_of_keys_and_messages_must_be_equal() =>
        Assert.False(
            Bls.VerifyAggregate(Aggregate, [First.Key], [First.Message, Second.Message]));

    [Fact]
    public void The_identity_is_a_signature_that_verifies_for_no_key()
    {
        Assert.False(Bls.Verify(ZeroSignature, First.Message, First.Key));
        Assert.False(Bls.Verify(ZeroSignature, First.Message, ZeroKey));
        Assert.False(VerifyAggregate(First.Signature, First, Second with { Key = ZeroKey }));
        var sum = new byte[96];
        Assert.True(Bls.TryAggregate([First.Signature, ZeroSignature], sum));
        Assert.Equal(Hex(First.Signature), Hex(sum));
    }

    [Fact]
    public void Wrong_lengths_do_not_verify()
    {
        Assert.False(Bls.Verify(First.Signature.AsSpan(1), First.Message, First.Key));
        Assert.False(Bls.Verify(First.Signature, First.Message, First.Key.AsSpan(1)));
        Assert.False(Bls.Verify([], First.Message, []));
    }

    [Fact]
    public void Secret_keys_out_of_range_are_refused()
    {
        var order = Convert.FromHexString(
            "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");
        Array.Reverse(order);
        Assert.Throws<ArgumentException>(() => KeyOf(order));
        Assert.Throws<ArgumentException>(() => KeyOf(new byte[32]));
        Assert.Throws<ArgumentException>(() => Sign(new byte[31], []));
        order[0]--;

        // The largest key is -1: its public key is the generator with the other y.
        Assert.Equal(
            "b7f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac58"
            + "6c55e83ff97a1aeffb3af00adb22c6bb",
            Hex(KeyOf(order)));
    }

    private static bool VerifyAggregate(byte[] signature, params Vector[] vectors) =>
        Bls.VerifyAggregate(
            signature,
            vectors.Select(v => new ReadOnlyMemory<byte>(v.Key)).ToArray(),
            vectors.Select(v => new ReadOnlyMemory<byte>(v.Message)).ToArray());

    private static byte[] KeyOf(byte[] secret)
    {
        var key = new byte[48];
        Bls.PublicKey(secret, key);
        return key;
    }

    private static byte[] Sign(byte[] secret, byte[] message)
    {
        var signature = new byte[96];
        Bls.Sign(secret, message, signature);
        return signature;
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    private sealed record Vector(byte[] Secret, byte[] Key, byte[] Message, byte[] Signature)
    {
        internal Vector(string secret, string key, string message, string signature)
            : this(
                Convert.FromBase64String(secret),
                Convert.FromHexString(key),
                Convert.FromHexString(message),
                Convert.FromHexString(signature))
        {
        }
    }
}
