namespace Filecoin.Evm.Tests.Opcodes;

public sealed class OpcodeTableTests
{
    // builtin-actors v18.0.0 actors/evm/src/interpreter/execution.rs, def_opcodes.
    private const string Defined =
        "00-0b 10-1e 20-20 30-48 50-9f a0-a4 f0-f1 f3-f5 fa-fa fd-ff";

    private static readonly string[] Undefined = ["f2", "49", "4a", "1f", "0c", "21", "a5", "ef"];

    [Fact]
    public void The_instructions_are_those_of_the_reference()
    {
        HashSet<int> expected = [.. Defined.Split(' ').SelectMany(range => Enumerable.Range(
            Convert.ToInt32(range[..2], 16),
            Convert.ToInt32(range[3..], 16) - Convert.ToInt32(range[..2], 16) + 1))];

        Assert.Equal(
            expected.Order(),
            Enumerable.Range(0, 256).Where(code => OpcodeTable.Rows[code].IsDefined));
    }

    [Fact]
    public void Names_are_each_given_once() => Assert.Equal(
        OpcodeTable.Rows.Count(row => row.IsDefined),
        OpcodeTable.Rows.Where(row => row.IsDefined).Select(row => row.Name).Distinct().Count());

    [Fact]
    public void Operands_in_the_code_belong_to_pushes_alone()
    {
        for (int code = 0; code < 256; code++)
        {
            int expected = code is >= 0x60 and <= 0x7f ? code - 0x5f : 0;
            Assert.Equal(expected, OpcodeTable.Rows[code].Immediate);
        }
    }

    [Fact]
    public void Each_instruction_fails_for_one_word_too_few_and_not_for_enough()
    {
        for (int code = 0; code < 256; code++)
        {
            Opcode row = OpcodeTable.Rows[code];
            if (row.IsDefined)
            {
                string words = string.Concat(Enumerable.Repeat("5f", row.Pops));
                ExitCode enough = Program.Run($"{words}{code:x2}").ExitCode;
                Assert.NotEqual(EvmExitCode.StackUnderflow, enough);
                if (row.Pops > 0)
                {
                    Program.Ends(36, $"{words[2..]}{code:x2}");
                }
            }
        }
    }

    [Fact]
    public void Each_instruction_leaves_as_many_words_as_it_says()
    {
        for (int code = 0x01; code < 0xa5; code++)
        {
            Opcode row = OpcodeTable.Rows[code];
            if (row.IsDefined && code is not (0x56 or 0x57))
            {
                string words = string.Concat(Enumerable.Repeat("5f", row.Pops));
                string operand = new('0', 2 * row.Immediate);
                string pops = string.Concat(Enumerable.Repeat("50", row.Pops + row.Change));
                Program.Ends(0, $"{words}{code:x2}{operand}{pops}");
                Program.Ends(36, $"{words}{code:x2}{operand}{pops}50");
            }
        }
    }

    [Fact]
    public void What_is_undefined_ends_with_a_code_of_its_own_whatever_the_stack() =>
        Assert.All(Undefined, code => Program.Ends(35, $"5f5f5f5f5f5f5f5f{code}"));
}
