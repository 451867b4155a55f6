using Filecoin.Evm.Tests.Opcodes;
using Filecoin.TestKit;
using Filecoin.TestKit.Evm;

namespace Filecoin.Evm.Tests.Blocks;

/// <summary>Instructions that run in blocks, beside the same one by one.</summary>
/// <remarks><c>FVM_BLOCK_PROGRAMS</c> is how many programs each test runs.</remarks>
public sealed class BlockTests
{
    private static readonly int Programs = TestRounds.Of("FVM_BLOCK_PROGRAMS", usual: 4_000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Blocks_do_what_their_instructions_do(int seed)
    {
        Dictionary<ExitCode, int> ends = [];
        for (int i = 0; i < Programs; i++)
        {
            byte[] code = new RandomProgram((seed * Programs) + i).Build();
            (EvmResult result, EvmWorld world) = Run(code, long.MaxValue / 4, isObserved: false);
            (EvmResult expected, EvmWorld before) = Run(code, long.MaxValue / 4, isObserved: true);
            AssertSame(expected, before, result, world, code);
            Assert.Equal(before.WorkLeft, world.WorkLeft);
            ends[result.ExitCode] = ends.GetValueOrDefault(result.ExitCode) + 1;
        }

        // Programs that end well, and of each way to fail some.
        Assert.True(ends[ExitCode.Ok] > Programs / 10);
        Assert.All(
            [
                EvmExitCode.StackUnderflow, EvmExitCode.StackOverflow,
                EvmExitCode.BadJumpDestination, EvmExitCode.IllegalMemoryAccess,
            ],
            code => Assert.True(ends.GetValueOrDefault(code) > 0, $"none ends with {code}"));
    }

    [Fact]
    public void A_run_whose_gas_is_gone_ends_so_in_blocks()
    {
        Random random = new(7);
        int withoutGas = 0;
        for (int i = 0; i < Programs; i++)
        {
            byte[] code = new RandomProgram(i).Build();
            long work = random.NextInt64(1, 4_000);
            (EvmResult result, EvmWorld world) = Run(code, work, isObserved: false);
            (EvmResult expected, EvmWorld before) = Run(code, work, isObserved: true);
            AssertSame(expected, before, result, world, code);
            withoutGas += result.ExitCode == ExitCode.SysOutOfGas ? 1 : 0;
        }

        Assert.True(withoutGas > Programs / 10);
    }

    [Fact]
    public void Random_programs_have_steps_of_every_kind()
    {
        HashSet<StepKind> kinds = [];
        for (int i = 0; i < Programs; i++)
        {
            EvmCode code = new(new RandomProgram(Programs + i).Build());
            for (int position = 0; position < code.Length; position++)
            {
                if (code.IsJumpDestination((ulong)position))
                {
                    Block block =
                        new BlockTranslator(code, EvmWorld.FlatPrices, position + 1).Translate();
                    kinds.UnionWith(block.Steps.Select(step => step.Kind));
                }
            }
        }

        Assert.Empty(Enum.GetValues<StepKind>().Except(kinds));
    }

    [Fact]
    public void What_blocks_take_counts_for_how_many_codes_are_held()
    {
        // Three of these are far below the limit by themselves.
        byte[] loop = Program.Bytes("5f 5b 6001 01 80 6040 11 6001 57" + Program.ReturnTop);
        EvmCodeCache cache = new(bytesMax: 500);
        EvmCode first = Used(1);
        Assert.Same(first, cache.Get(1, loop));
        _ = Used(2);
        _ = cache.Get(2, loop);
        _ = cache.Get(3, loop);

        Assert.NotSame(first, cache.Get(1, loop));

        EvmCode Used(ulong hash)
        {
            EvmCode code = cache.Get(hash, loop);
            _ = new EvmWorld().Run(new(code, default, Program.Self, Program.Caller, 0, false));
            return code;
        }
    }

    [Fact]
    public void Threads_that_run_one_code_do_not_disturb_each_other()
    {
        EvmCode code = new(Program.Bytes(
            "5f 5b 6001 01 80 614000 11 6001 57" + Program.ReturnTop));
        Parallel.For(0, 16, _ =>
        {
            EvmResult result = new EvmWorld().Run(
                new(code, default, Program.Self, Program.Caller, 0, false));
            Assert.Equal(0x4000UL, U256.FromBigEndian(result.Output.Span));
        });
    }

    private static (EvmResult Result, EvmWorld World) Run(
        byte[] code, long work, bool isObserved)
    {
        EvmWorld world = new()
        {
            WorkLeft = work,
            Epoch = new(1000),
            Observer = isObserved ? new NoObserver() : null,
        };
        return (world.Run(new(new(code), default, Program.Self, Program.Caller, 7, false)), world);
    }

    private static void AssertSame(
        EvmResult expected, EvmWorld before, EvmResult result, EvmWorld world, byte[] code)
    {
        string program = Convert.ToHexStringLower(code);
        Assert.True(
            expected.ExitCode == result.ExitCode,
            $"{expected.ExitCode} one by one, {result.ExitCode} in blocks: {program}");
        // That gas is gone may be noticed up to a block later.
        Assert.True(
            expected.Position == result.Position || result.ExitCode == ExitCode.SysOutOfGas,
            $"at {expected.Position} one by one, {result.Position} in blocks: {program}");
        Assert.True(expected.Output.Span.SequenceEqual(result.Output.Span), program);
        Assert.Equal(
            before.At(Program.Self).Storage.OrderBy(slot => slot.Key),
            world.At(Program.Self).Storage.OrderBy(slot => slot.Key));
        Assert.Equal(
            before.Logs.Select(log => Convert.ToHexString(log.Data)),
            world.Logs.Select(log => Convert.ToHexString(log.Data)));
    }

    private sealed class NoObserver : IEvmObserver
    {
        public void OnInstruction(in EvmStep step)
        {
        }
    }
}
