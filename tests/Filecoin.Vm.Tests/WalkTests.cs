using System.Diagnostics;
using System.Text.RegularExpressions;
using Filecoin.Ipld;
using Filecoin.TestKit;
using Filecoin.Wasm.Instances;

namespace Filecoin.Vm.Tests;

/// <summary>The table of docs/architecture.md, held against a message on its way.</summary>
public sealed partial class WalkTests
{
    /// <summary>Asks the chain, so that all of the machine is on the stack at the end.</summary>
    private const string Curious = """
        (module
          (import "rand" "get_chain_randomness"
            (func $randomness (param i32 i64) (result i32)))
          (memory (export "memory") 1)
          (func (export "invoke") (param i32) (result i32)
            (if (call $randomness (i32.const 0) (i64.const 5)) (then unreachable))
            (i32.const 0)))
        """;

    [Fact]
    public void A_message_meets_the_types_of_the_table_in_their_order()
    {
        string document = File.ReadAllText(
            Path.Combine(Repository.Root, "docs", "architecture.md"));
        int end = document.IndexOf("## Failures", StringComparison.Ordinal);
        string[] table =
            [.. Row().Matches(document[..end]).Select(row => row.Groups[1].Value)];
        Witness witness = new();
        MemoryBlockstore blocks = new();
        byte[] code = WasmEngine.Assemble(Curious);
        StateBuilder state = new(blocks, code);
        Address sender = Address.Parse("f15ihq5ibzwki2b4ep2f46avlkrqzhpqgtga7pdrq");
        state.AddAccount(new(100), sender, TokenAmount.FromFil(10));
        state.AddActor(new(1000), state.AddCode(code), TokenAmount.Zero);

        ApplyResult result = witness.Apply(blocks, state.Build(), new(
            0, Address.Parse("f01000"), sender, 0, TokenAmount.Zero,
            1_000_000_000, TokenAmount.Zero, TokenAmount.Zero, new(2), default));

        Assert.Equal(ExitCode.Ok, result.Receipt.ExitCode);
        Assert.Equal(table, witness.Types.Where(table.Contains));
    }

    [GeneratedRegex(@"^\| \d+ \| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    /// <summary>Store and chain that note which types they are asked by, outermost first.</summary>
    private sealed class Witness : IBlockstore, IExterns
    {
        private MemoryBlockstore store = new();

        public List<string> Types { get; } = [];

        public ApplyResult Apply(MemoryBlockstore blocks, Cid root, Message message)
        {
            store = blocks;
            Machine machine = new(
                NetworkConfig.For(NetworkVersion.V28),
                new()
                {
                    Epoch = new(1000),
                    StateRoot = root,
                    BaseFee = TokenAmount.Zero,
                    CirculatingSupply = TokenAmount.Zero,
                },
                this,
                new(cache: null),
                this,
                new SignatureVerifier());
            return new Executor(machine).Apply(message);
        }

        public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
        {
            Note();
            return store.TryGet(cid, out block);
        }

        public bool Has(Cid cid) => store.Has(cid);

        public void Put(Cid cid, ReadOnlyMemory<byte> block) => store.Put(cid, block);

        public bool TryGetChainRandomness(ChainEpoch epoch, Span<byte> randomness)
        {
            Note();
            return true;
        }

        public bool TryGetBeaconRandomness(ChainEpoch epoch, Span<byte> randomness) => false;

        public bool TryGetTipsetCid(ChainEpoch epoch, out Cid tipset)
        {
            tipset = default;
            return false;
        }

        public bool TryFindConsensusFault(
            ReadOnlySpan<byte> first,
            ReadOnlySpan<byte> second,
            ReadOnlySpan<byte> extra,
            out ConsensusFault? fault)
        {
            fault = null;
            return false;
        }

        private void Note()
        {
            foreach (StackFrame frame in new StackTrace().GetFrames().Reverse())
            {
                Type? type = frame.GetMethod()?.DeclaringType;
                while (type?.DeclaringType is Type outer)
                {
                    type = outer;
                }

                if (type is not null && !Types.Contains(type.Name))
                {
                    Types.Add(type.Name);
                }
            }
        }
    }
}
