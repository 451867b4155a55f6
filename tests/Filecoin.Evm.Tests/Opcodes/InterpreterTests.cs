using Filecoin.TestKit.Evm;

namespace Filecoin.Evm.Tests.Opcodes;

public sealed class InterpreterTests
{
    private const string Max = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

    [Theory]
    [InlineData("fe", 34)]
    [InlineData("0c", 35)]
    [InlineData("01", 36)]
    [InlineData("5b5f5f56", 37)]
    [InlineData("60ff56", 39)]
    [InlineData("6003565b", 0)]
    [InlineData("6001605b56", 39)]
    [InlineData("5f5ffd", 33)]
    [InlineData("", 0)]
    [InlineData("00fe", 0)]
    public void A_program_ends_with_the_code_of_its_failure(string code, uint expected) =>
        Program.Ends(expected, code);

    [Fact]
    public void The_stack_holds_1024_words_and_no_more()
    {
        string full = string.Concat(Enumerable.Repeat("5f", 1024));

        Program.Ends(0, full);
        Program.Ends(0, full + "90");
        Program.Ends(37, full + "5f");
        Program.Ends(37, full + "80");
        Program.Ends(37, full + "30");
    }

    [Theory]
    [InlineData("60", "00")]
    [InlineData("61ab", "ab00")]
    [InlineData("68 0102030405", "010203040500000000")]
    [InlineData("7f 01", "0100000000000000000000000000000000000000000000000000000000000000")]
    public void A_push_beyond_the_end_of_the_code_is_filled_with_zeros(string code, string word)
    {
        string wrapped = Convert.ToHexString(Program.Bytes(code));
        Assert.Equal(ExitCode.Ok, Program.Run(wrapped).ExitCode);
        byte[] bytes = Program.Bytes(code);
        int missing = OpcodeTable.ImmediateOf(bytes[0]) + 1 - bytes.Length;
        Assert.Equal(U256.ParseHex(word), Program.Top(wrapped + new string('0', 2 * missing)));
    }

    [Fact]
    public void Every_push_puts_its_bytes_on_the_stack()
    {
        string digits = string.Concat(Enumerable.Range(1, 32).Select(i => $"{i:x2}"));
        for (int n = 1; n <= 32; n++)
        {
            string operand = digits[..(2 * n)];
            Assert.Equal(U256.ParseHex(operand), Program.Top($"{0x5f + n:x2}{operand}"));
        }
    }

    [Fact]
    public void Duplicates_and_swaps_reach_as_deep_as_their_number()
    {
        string words = string.Concat(Enumerable.Range(1, 17).Select(i => $"60{i:x2}"));
        for (int n = 1; n <= 16; n++)
        {
            Assert.Equal((U256)(ulong)(18 - n), Program.Top($"{words}{0x7f + n:x2}"));
            Assert.Equal((U256)(ulong)(17 - n), Program.Top($"{words}{0x8f + n:x2}"));
            string down = string.Concat(Enumerable.Repeat("50", n));
            Assert.Equal((U256)17, Program.Top($"{words}{0x8f + n:x2}{down}"));
        }
    }

    [Fact]
    public void A_jump_into_the_operand_of_a_push_is_none() => Program.Ends(39, "6004 56 60 5b");

    [Fact]
    public void A_conditional_jump_not_taken_does_not_look_at_its_target()
    {
        Program.Ends(0, $"5f {Max} 57");
        Program.Ends(39, $"6001 {Max} 57");
    }

    [Theory]
    [InlineData("64 0100000000 51", 38)]
    [InlineData("63 ffffffff 51", 38)]
    [InlineData("63 ffffffe0 51", 38)]
    [InlineData("63 ffffffdf 51", 4)]
    [InlineData("63 20000000 51", 4)]
    [InlineData("64 0100000000 5f f3", 38)]
    [InlineData("5f 64 0100000000 f3", 0)]
    [InlineData("5f 5f 64 0100000000 5e", 0)]
    [InlineData("64 0100000000 5f 5f 5e", 38)]
    public void Memory_has_a_limit_and_nothing_is_nowhere(string code, uint expected) =>
        Program.Ends(expected, code);

    [Fact]
    public void Memory_grows_by_words_and_reading_grows_it_too()
    {
        Assert.Equal((U256)0, Program.Top("59"));
        Assert.Equal((U256)32, Program.Top("5f 51 50 59"));
        Assert.Equal((U256)64, Program.Top("6001 51 50 59"));
        Assert.Equal((U256)96, Program.Top("5f 6040 53 59"));
    }

    [Fact]
    public void A_copy_within_memory_may_overlap()
    {
        string bytes = "60ff 5f 53 60ee 6001 53";
        Assert.Equal(
            U256.ParseHex("ffffee" + new string('0', 58)),
            Program.Top($"{bytes} 6002 5f 6001 5e 5f 51"));
    }

    [Fact]
    public void Return_data_is_read_within_its_end_only()
    {
        // The identity contract returns the first two of the caller's bytes.
        string call = "5f 5f 6002 5f 5f 6004 5f f1 50";

        Assert.Equal((U256)2, Program.Top(call + "3d"));
        Program.Ends(0, call + "6002 5f 5f 3e");
        Program.Ends(0, call + "5f 6002 5f 3e");
        Program.Ends(38, call + "6003 5f 5f 3e");
        Program.Ends(38, call + "5f 6003 5f 3e");
        Program.Ends(38, "5f 6001 5f 3e");
    }

    [Theory]
    [InlineData("5f 5f 55")]
    [InlineData("5f 5f 5d")]
    [InlineData("5f 5f a0")]
    [InlineData("5f 5f 5f f0")]
    [InlineData("5f 5f 5f 5f f5")]
    [InlineData("5f ff")]
    [InlineData("5f 5f 5f 5f 6001 611234 5f f1")]
    public void A_change_in_a_read_only_call_ends_it(string code)
    {
        Program.Ends(25, code, isReadOnly: true);
        Program.Ends(0, code);
    }

    [Fact]
    public void Input_is_followed_by_zeros()
    {
        Assert.Equal(U256.ParseHex("02" + new string('0', 62)), Program.Top("6001 35", "0102"));
        Assert.Equal(U256.Zero, Program.Top($"{Max} 35", "0102"));
        Assert.Equal(
            U256.ParseHex("02" + new string('0', 62)),
            Program.Top($"{Max} 5f 52 6020 6001 5f 37 5f 51", "0102"));
    }

    [Fact]
    public void The_environment_is_what_the_host_says()
    {
        EvmWorld world = new()
        {
            Origin = EthAddress.FromWord(0x0419),
            GasPrice = 11,
            BaseFee = 12,
            Epoch = new(1000),
            Timestamp = 13,
            ChainId = 314,
            Randomness = 14,
        };
        world.At(Program.Self).Balance = 15;
        (string Code, ulong Value)[] expected =
        [
            ("30", 0x5e1f), ("31", 0), ("32", 0x0419), ("33", 0xca11), ("34", 7), ("3a", 11),
            ("41", 0), ("42", 13), ("43", 1000), ("44", 14), ("45", 10_000_000_000), ("46", 314),
            ("47", 15), ("48", 12),
        ];

        Assert.All(expected, row => Assert.Equal(
            (U256)row.Value, Program.Top(row.Code == "31" ? "5f 31" : row.Code, "", world)));
        Assert.Equal((U256)15, Program.Top("30 31", "", world));
    }

    [Theory]
    [InlineData("6103e8", false)]
    [InlineData("6103e7", true)]
    [InlineData("6102e8", true)]
    [InlineData("6102e7", false)]
    [InlineData(Max, false)]
    public void Hashes_are_known_of_the_last_256_epochs(string epoch, bool isKnown)
    {
        EvmWorld world = new() { Epoch = new(1000) };

        Assert.Equal(isKnown, !Program.Top($"{epoch} 40", "", world).IsZero);
    }

    [Fact]
    public void An_endless_loop_ends_when_the_host_has_no_more_to_give()
    {
        EvmWorld world = new() { WorkLeft = 1_000_000 };

        Assert.Equal(ExitCode.SysOutOfGas, Program.Run("5b 5f 56", "", world).ExitCode);
        Assert.InRange(world.WorkLeft, -10, 0);
    }

    [Fact]
    public void Memory_that_is_not_paid_for_is_not_taken()
    {
        EvmWorld world = new() { WorkLeft = 1000 };

        Assert.Equal(
            ExitCode.SysOutOfGas, Program.Run("63 1f000000 51", "", world).ExitCode);
    }

    [Fact]
    public void A_topic_is_logged_in_the_order_of_the_stack()
    {
        EvmWorld world = new();
        _ = Program.Run("60aa 5f 53 6003 6002 6001 6001 5f a3", "", world);

        EvmLog log = Assert.Single(world.Logs);
        Assert.Equal([1, 2, 3], log.Topics.Select(topic => topic.Low));
        Assert.Equal([0xaa], log.Data);
        Assert.Equal(Program.Self, log.Emitter);
    }

    [Fact]
    public void A_failed_call_gives_zero_and_the_reason_of_a_revert()
    {
        EvmWorld world = new();
        world.At(EthAddress.FromWord(0x1234)).Code = Program.Bytes("60ab 5f 53 6001 5f fd");

        Assert.Equal(U256.Zero, Program.Top("5f 5f 5f 5f 5f 611234 5f f1", "", world));
        Assert.Equal(
            U256.ParseHex("ab" + new string('0', 62)),
            Program.Top("6020 5f 5f 5f 5f 611234 5f f1 50 5f 51", "", world));
    }

    [Fact]
    public void Code_of_another_runs_on_the_callers_storage()
    {
        EvmWorld world = new();
        world.At(EthAddress.FromWord(0x1234)).Code = Program.Bytes("34 33 55");

        Assert.Equal(U256.One, Program.Top("5f 5f 5f 5f 611234 5f f4", "", world));
        Assert.Equal((U256)7, world.At(Program.Self).Storage[Program.Caller.ToWord()]);
    }

    [Fact]
    public void Creation_gives_the_address_of_the_code_that_the_constructor_returns()
    {
        EvmWorld world = new();

        // PUSH5 600b5f53 …: the constructor returns one byte, 0b.
        U256 word = Program.Top("67 600b5f5360015ff3 5f 52 6008 6018 5f f0", "", world);

        Assert.Equal([0x0b], world.At(EthAddress.FromWord(word)).Code);
        Assert.Equal(1UL, world.At(Program.Self).Nonce);
    }

    [Fact]
    public void A_creation_that_cannot_be_paid_does_not_count()
    {
        EvmWorld world = new();

        Assert.Equal(U256.Zero, Program.Top("5f 5f 6001 f0", "", world));
        Assert.Equal(0UL, world.At(Program.Self).Nonce);
    }

    [Theory]
    // EIP-7939.
    [InlineData("5f", 256)]
    [InlineData("6001", 255)]
    [InlineData(Max, 0)]
    public void Leading_zeros_are_counted(string word, ulong zeros) =>
        Assert.Equal((U256)zeros, Program.Top($"{word} 1e"));

    [Fact]
    public void Addresses_that_mask_an_id_lead_back_to_it()
    {
        EthAddress masked = EthAddress.FromActorId(new(1234));
        EthAddress other = EthAddress.FromWord(U256.ParseHex(Max[2..]));

        Assert.Equal(masked, EthAddress.FromWord(masked.ToWord()));
        Assert.Equal("0xff000000000000000000000000000000000004d2", masked.ToString());
        Assert.True(masked.TryGetActorId(out ActorId id) && id.Value == 1234);
        Assert.Equal(Address.FromId(new(1234)), masked.ToFilecoinAddress());
        Assert.False(other.TryGetActorId(out _));
        Assert.Equal(Protocol.Delegated, other.ToFilecoinAddress().Protocol);
    }

    [Fact]
    public void A_code_is_analysed_once_while_it_is_held()
    {
        EvmCodeCache cache = new(bytesMax: 100);
        EvmCode first = cache.Get(1, new byte[60]);

        Assert.Same(first, cache.Get(1, new byte[60]));
        _ = cache.Get(2, new byte[60]);
        Assert.Same(first, cache.Get(1, new byte[60]));
        _ = cache.Get(3, new byte[60]);
        _ = cache.Get(4, new byte[60]);
        _ = cache.Get(5, new byte[60]);
        Assert.NotSame(first, cache.Get(1, new byte[60]));
    }
}
