using Filecoin.TestKit.Evm;

namespace Filecoin.Evm.Tests.Precompiles;

public sealed class PrecompileTests
{
    // Generators and multiples: EIP-197, EIP-2537.
    private const string Bn1 = "0000000000000000000000000000000000000000000000000000000000000001";
    private const string Bn2 = "0000000000000000000000000000000000000000000000000000000000000002";

    private const string BnPrime =
        "30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47";

    private const string BnMinus2 =
        "30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd45";

    private const string BnG2 =
        "198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2"
        + "1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed"
        + "090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b"
        + "12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa";

    private const string BnDouble =
        "030644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd3"
        + "15ed738c0e0a7c92e7845f96b2ae9c0a68a6a449e3538fc7ff3ebf7a5a18a2c4";

    private const string BnOrder =
        "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001";

    private const string One = "0000000000000000000000000000000000000000000000000000000000000001";
    private const string Zero = "0000000000000000000000000000000000000000000000000000000000000000";

    [Theory]
    // builtin-actors actors/evm/src/interpreter/precompiles/evm.rs, bn_recover.
    [InlineData(
        1,
        "456e9aea5e197a1f1af7a3e85a3212fa4049a3ba34c2289b4c860fc0b0c64ef3"
        + "000000000000000000000000000000000000000000000000000000000000001c"
        + "9242685bf161793cc25603c231bc2f568eb630ea16aa137d2664ac8038825608"
        + "4f8ae3bd7535248d0bd448298cc2e2071e56992d0774dc340c368ae950852ada",
        "0000000000000000000000007156526fbd7a3c72969b54f64e42c10fbb768c8a")]
    // FIPS 180-4 and the RIPEMD-160 paper: the digests of nothing.
    [InlineData(2, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(3, "", "0000000000000000000000009c1185a5c5e9fc54612808977ee8f548b2258d31")]
    [InlineData(4, "00ff01", "00ff01")]
    public void Hashes_and_signatures_give_the_published_values(
        int address, string input, string output) =>
        Assert.Equal(output, PrecompileCall.Run(address, input));

    [Theory]
    // EIP-152, test vectors 4 to 7.
    [InlineData(
        "00000000",
        "01",
        "08c9bcf367e6096a3ba7ca8485ae67bb2bf894fe72f36e3cf1361d5f3af54fa5"
        + "d282e6ad7f520e511f6c3e2b8c68059b9442be0454267ce079217e1319cde05b")]
    [InlineData(
        "0000000c",
        "01",
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923")]
    [InlineData(
        "0000000c",
        "00",
        "75ab69d3190a562c51aef8d88f1c2775876944407270c42c9844252c26d28752"
        + "98743e7f6d5ea2f2d3e8d226039cd31b4e426ac4f2d3d666a610c2116fde4735")]
    [InlineData(
        "00000001",
        "01",
        "b63a380cb2897d521994a85234ee2c181b5f844d2c624c002677e9703449d2fb"
        + "a551b3a8333bcdf5f2f7e08993d53923de3d64fcc68c034e717b9293fed7a421")]
    [InlineData("0000000c", "02", null)]
    public void Blake_compresses_with_any_number_of_rounds(
        string rounds, string flag, string? output)
    {
        const string State =
            "48c9bdf267e6096a3ba7ca8485ae67bb2bf894fe72f36e3cf1361d5f3af54fa5"
            + "d182e6ad7f520e511f6c3e2b8c68059b6bbd41fbabd9831f79217e1319cde05b";
        string block = "616263".PadRight(256, '0');
        string counter = "03".PadRight(32, '0');

        Assert.Equal(output, PrecompileCall.Run(9, rounds + State + block + counter + flag));
        Assert.Null(PrecompileCall.Run(9, rounds + State + block + counter + flag + "00"));
    }

    [Theory]
    [InlineData("1d", "01", "01")]
    [InlineData("1b", "00", "01")]
    [InlineData("1b", "01", "00")]
    [InlineData("1b", "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", "01")]
    [InlineData("01000000000000001b", "01", "01")]
    public void Recovery_without_a_key_succeeds_with_nothing(string v, string r, string s) =>
        Assert.Equal("", PrecompileCall.Run(1, Word("aa") + Word(v) + Word(r) + Word(s)));

    [Theory]
    // 3^(2^256 - 2^32 - 978) modulo 2^256 - 2^32 - 977: EIP-198.
    [InlineData(
        "01", "20", "20",
        "03fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2e"
        + "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
        One)]
    // Nothing to the power of nothing modulo nothing; modulo 0 and 1; operands cut short.
    [InlineData("00", "00", "00", "", "")]
    [InlineData("00", "02", "00", "ffff", "")]
    [InlineData("01", "00", "01", "0900", "00")]
    [InlineData("01", "00", "02", "090001", "0000")]
    [InlineData("01", "01", "02", "0302000a", "0009")]
    [InlineData("01", "01", "02", "0302", "0000")]
    [InlineData("02", "01", "02", "0203", "0000")]
    [InlineData("01", "01", "01", "000105", "00")]
    public void Powers_are_taken_modulo_a_number(
        string lengthB, string lengthE, string lengthM, string operands, string output) =>
        Assert.Equal(
            output,
            PrecompileCall.Run(5, Word(lengthB) + Word(lengthE) + Word(lengthM) + operands));

    [Fact]
    public void A_length_of_33_bits_fails() =>
        Assert.Null(PrecompileCall.Run(5, Word("0100000000") + Word("01") + Word("01")));

    [Theory]
    [InlineData("20000000", 24)]
    [InlineData("1fffffff", 0)]
    public void Appending_too_many_zeros_is_a_panic_of_the_reference(string length, uint code)
    {
        string input = Word(length) + Word("00") + Word("01");

        _ = PrecompileCall.Call(new EvmWorld(), 5, input, 0, out ExitCode ended);

        Assert.Equal(code, ended.Value);
    }

    [Theory]
    [InlineData("08000001", "01", "01")]
    [InlineData("01", "18000000", "01")]
    [InlineData("01", "01", "10000000")]
    [InlineData("00", "00", "20000001")]
    public void Operands_that_do_not_fit_an_instance_end_the_contract(
        string lengthB, string lengthE, string lengthM)
    {
        string input = Word(lengthB) + Word(lengthE) + Word(lengthM) + "010101";

        _ = PrecompileCall.Call(new EvmWorld(), 5, input, 0, out ExitCode ended);

        Assert.Equal(ExitCode.SysIllegalInstruction, ended);
    }

    [Theory]
    [InlineData(6, Bn1 + Bn2 + Bn1 + Bn2, BnDouble)]
    [InlineData(6, Bn1 + Bn2, Bn1 + Bn2)]
    [InlineData(6, Bn1 + Bn2 + Bn1 + BnMinus2, Zero + Zero)]
    [InlineData(6, "", Zero + Zero)]
    [InlineData(7, Bn1 + Bn2 + Bn2, BnDouble)]
    [InlineData(7, Bn1 + Bn2 + BnOrder, Zero + Zero)]
    [InlineData(7, Bn1 + Bn2, Zero + Zero)]
    [InlineData(8, "", One)]
    [InlineData(8, Bn1 + Bn2 + BnG2, Zero)]
    [InlineData(8, Bn1 + Bn2 + BnG2 + Bn1 + BnMinus2 + BnG2, One)]
    [InlineData(8, Zero + Zero + BnG2, One)]
    [InlineData(8, Bn1 + Bn2 + Zero + Zero + Zero + Zero, One)]
    public void Points_of_BN254_add_multiply_and_pair(int address, string input, string output) =>
        Assert.Equal(output, PrecompileCall.Run(address, input));

    [Theory]
    [InlineData(6, Bn1 + Bn1)]
    [InlineData(6, BnPrime + Zero)]
    [InlineData(7, Zero + BnPrime)]
    [InlineData(8, Bn1 + Bn2)]
    [InlineData(8, Bn1 + Bn1 + BnG2)]
    [InlineData(8, Bn1 + Bn2 + Bn1 + Bn1 + Bn1 + Bn1)]
    public void What_is_no_point_of_BN254_fails(int address, string input) =>
        Assert.Null(PrecompileCall.Run(address, input));

    [Theory]
    [InlineData(0x0b, 256)]
    [InlineData(0x0c, 160)]
    [InlineData(0x0d, 512)]
    [InlineData(0x0e, 288)]
    [InlineData(0x0f, 384)]
    public void Infinities_of_BLS12_381_give_infinity_or_one(int address, int length)
    {
        string output = PrecompileCall.Run(address, new string('0', 2 * length))!;

        Assert.Equal(address == 0x0f ? One : new('0', output.Length), output);
        Assert.Null(PrecompileCall.Run(address, new string('0', 2 * (length + 1))));
        Assert.Null(PrecompileCall.Run(address, ""));
    }

    [Fact]
    public void An_undefined_reserved_address_succeeds_with_nothing()
    {
        Assert.Equal("", PrecompileCall.Run(0x0a, "00"));
        Assert.Equal("", PrecompileCall.Run(0xff, "00"));
    }

    [Fact]
    public void Value_is_sent_after_the_contract_ran_and_not_if_it_failed()
    {
        EvmWorld world = new();
        world.At(EthAddress.FromWord(0xcafe)).Balance = 3;

        U256 sent = PrecompileCall.Call(world, 4, "", 2, out _).Word;
        U256 tooMuch = PrecompileCall.Call(world, 4, "", 2, out _).Word;
        U256 failed = PrecompileCall.Call(world, 9, "", 1, out _).Word;

        Assert.Equal([U256.One, U256.Zero, U256.Zero], [sent, tooMuch, failed]);
        Assert.Equal((U256)2, world.At(EthAddress.FromWord(4)).Balance);
        Assert.Equal((U256)1, world.At(EthAddress.FromWord(0xcafe)).Balance);
    }

    [Fact]
    public void Work_without_gas_for_it_is_not_done()
    {
        EvmWorld world = new() { WorkLeft = 1_000 };
        string input = "ffffffff" + new string('0', 2 * 209);

        _ = PrecompileCall.Call(world, 9, input, 0, out ExitCode code);

        Assert.Equal(ExitCode.SysOutOfGas, code);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000001", true, true)]
    [InlineData("0000000000000000000000000000000000000000", false, false)]
    [InlineData("000000000000000000000000000000000000000a", true, false)]
    [InlineData("0000000000000000000000000000000000000011", true, true)]
    [InlineData("0000000000000000000000000000000000000012", true, false)]
    [InlineData("0000000000000000000000000000000000000100", true, true)]
    [InlineData("0000000000000000000000000000000000000101", false, false)]
    [InlineData("fe00000000000000000000000000000000000001", true, false)]
    [InlineData("fe000000000000000000000000000000000000ff", true, false)]
    [InlineData("fe00000000000000000000000000000000000000", false, false)]
    [InlineData("fe00000000000000000000000000000000000100", false, false)]
    [InlineData("ff00000000000000000000000000000000000001", false, false)]
    public void Addresses_are_reserved_and_defined_as_the_reference_has_them(
        string hex, bool isReserved, bool isEthereum)
    {
        EthAddress address = EthAddress.FromBytes(Convert.FromHexString(hex));

        Assert.Equal(isReserved, EvmPrecompiles.IsReserved(address));
        Assert.Equal(isEthereum, EvmPrecompiles.IsEthereum(address));
    }

    private static string Word(string hex) => hex.PadLeft(64, '0');
}
