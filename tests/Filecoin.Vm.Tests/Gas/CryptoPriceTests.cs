namespace Filecoin.Vm.Tests;

/// <summary>Hashes, the chain and signatures: gas-schedule 8 and 9.</summary>
public sealed class CryptoPriceTests
{
    public static TheoryData<HashFunction, long> HashesByByte => new()
    {
        { HashFunction.Sha2_256, 7 },
        { HashFunction.Blake2b256, 10 },
        { HashFunction.Blake2b512, 10 },
        { HashFunction.Keccak256, 33 },
        { HashFunction.Ripemd160, 35 },
    };

    [Theory]
    [MemberData(nameof(HashesByByte))]
    public void Hashing_pays_by_byte_since_version_18(HashFunction function, long gasPerByte)
    {
        foreach (int sizeBytes in new[] { 0, 1, 136 })
        {
            ChargeAssert.Costs(
                18,
                28,
                "OnHashing",
                gasPerByte * sizeBytes * 1_000,
                prices => prices.OnHashing(function, sizeBytes));
            ChargeAssert.Costs(
                17, 17, "OnHashing", 31_355_000, prices => prices.OnHashing(function, sizeBytes));
        }
    }

    [Theory]
    [InlineData("12", HashFunction.Sha2_256)]
    [InlineData("1B", HashFunction.Keccak256)]
    [InlineData("1053", HashFunction.Ripemd160)]
    [InlineData("B220", HashFunction.Blake2b256)]
    [InlineData("B240", HashFunction.Blake2b512)]
    public void Hash_functions_have_their_multihash_codes(string hex, HashFunction function) =>
        Assert.Equal(hex, $"{(ulong)function:X}");

    [Theory]
    [InlineData(17, 17, 0, 21_000)]
    [InlineData(17, 17, 32, 21_000)]
    [InlineData(18, 20, 0, 21_480)]
    [InlineData(18, 20, 32, 21_800)]
    public void Randomness_pays_for_its_entropy_up_to_version_20(
        int first, int last, int entropyBytes, long gas) =>
        ChargeAssert.Costs(
            first,
            last,
            "OnGetRandomness",
            gas * 1_000,
            prices => prices.OnGetRandomnessMixed(entropyBytes));

    [Theory]
    [InlineData(0, 146_200)]
    [InlineData(1, 146_275)]
    [InlineData(900, 213_700)]
    public void Randomness_pays_for_looking_back_since_version_21(long lookback, long gas) =>
        ChargeAssert.Costs(
            21, 28, "OnGetRandomness", gas * 1_000, prices => prices.OnGetRandomness(lookback));

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Nobody_can_pay_for_randomness_of_the_future(long lookback) =>
        ChargeAssert.CostsTotal(
            21, 28, Gas.Unpayable.Milligas, prices => prices.OnGetRandomness(lookback));

    [Theory]
    [InlineData(18, 20, 1, 50_000)]
    [InlineData(18, 20, 2, 215_000)]
    [InlineData(18, 20, 899, 215_000)]
    [InlineData(21, 28, 1, 146_275)]
    [InlineData(21, 28, 2, 146_350)]
    [InlineData(21, 28, 899, 213_625)]
    public void A_tipsets_cid_pays_for_looking_back(
        int first, int last, long lookback, long gas) =>
        ChargeAssert.Costs(
            first, last, "OnTipsetCid", gas * 1_000, prices => prices.OnTipsetCid(lookback));

    [Theory]
    [InlineData(17, 17, 0, 1_637_292, 16_598_605)]
    [InlineData(17, 17, 100, 1_637_292, 16_598_605)]
    [InlineData(18, 28, 0, 1_637_292, 16_598_605)]
    [InlineData(18, 28, 100, 1_638_292, 16_601_205)]
    public void Signatures_pay_by_kind_and_since_version_18_by_byte(
        int first, int last, int sizeBytes, long secp256k1, long bls)
    {
        ChargeAssert.Costs(
            first,
            last,
            "OnVerifySignature",
            secp256k1 * 1_000,
            prices => PriceList.OnVerifySignature(prices.VerifySecp256k1, sizeBytes));
        ChargeAssert.Costs(
            first,
            last,
            "OnVerifySignature",
            bls * 1_000,
            prices => PriceList.OnVerifySignature(prices.VerifyBls, sizeBytes));
    }

    [Fact]
    public void Recovering_a_key_costs_the_same_in_all_versions() =>
        ChargeAssert.Costs(
            17, 28, "OnRecoverSecpPublicKey", 1_637_292_000, prices => prices.OnRecoverSecp256k1());

    [Theory]
    [InlineData(0, 0, 8_299_302)]
    [InlineData(1, 0, 16_598_604)]
    [InlineData(3, 100, 33_197_908)]
    public void An_aggregate_pays_a_pairing_more_than_it_has_signers(
        uint signers, uint sizeBytes, long gas) =>
        ChargeAssert.Costs(
            21,
            28,
            "OnVerifyBlsAggregateSignature",
            gas * 1_000,
            prices => prices.OnVerifyBlsAggregate(signers, sizeBytes));

    [Fact]
    public void Nobody_can_pay_for_an_aggregate_of_the_largest_number_of_signers() =>
        ChargeAssert.CostsTotal(
            21,
            28,
            Gas.Unpayable.Milligas,
            prices => prices.OnVerifyBlsAggregate(uint.MaxValue, 0));
}
