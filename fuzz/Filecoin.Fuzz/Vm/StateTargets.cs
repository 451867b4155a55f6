using Filecoin.Fuzz.Ipld;
using Filecoin.Ipld;
using Filecoin.Vm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Fuzz.Vm;

/// <summary>
/// States of hostile blocks: a machine opens and runs on them, or says what is broken.
/// </summary>
public static class StateTargets
{
    private static readonly byte[] EmptyActor = WasmEngine.Assemble(
        """
        (module (memory (export "memory") 1)
          (func (export "invoke") (param i32) (result i32) (i32.const 0)))
        """);

    private static readonly Address Key = Address.FromSecp256k1(new byte[65]);

    public static IEnumerable<byte[]> States()
    {
        for (int accounts = 1; accounts <= 20; accounts += 6)
        {
            MemoryBlockstore store = new();
            StateBuilder state = new(store, EmptyActor);
            for (ulong id = 0; id < (ulong)accounts; id++)
            {
                state.AddAccount(
                    new(100 + id), id == 0 ? Key : Address.FromActor([(byte)id]),
                    TokenAmount.FromFil(10));
            }

            yield return BlockList.Of(store, state.Build());
        }
    }

    public static IEnumerable<byte[]> Manifests()
    {
        foreach (byte[] state in States())
        {
            BlockList store = new(state);
            for (int place = 0;
                store.TryGet(BlockList.At(place), out ReadOnlyMemory<byte> block);
                place++)
            {
                yield return block.ToArray();
            }
        }
    }

    public static Outcome State(ReadOnlySpan<byte> input)
    {
        BlockList store = new(input);
        try
        {
            return ExecutorThread.Run(() => Apply(store));
        }
        catch (FatalException refusal)
        {
            return Outcome.Refused(WithoutCids(refusal.Message));
        }
        catch (MessageRefusedException refusal)
        {
            return Outcome.Refused($"message: {refusal.Message}");
        }
    }

    public static Outcome Manifest(ReadOnlySpan<byte> input)
    {
        MemoryBlockstore store = new();
        Cid cid = store.Put(Codec.DagCbor, input.ToArray());
        try
        {
            Filecoin.Vm.Manifest manifest = Filecoin.Vm.Manifest.Load(
                store, cid, ProtocolLine.Watermelon);
            for (int number = 1; number <= manifest.Entries.Count; number++)
            {
                Claim.Holds(manifest.TryGetCode(number, out Cid code), "an entry without code");
                Claim.Holds(manifest.NumberOf(code) >= number, "a code of a lower number");
            }

            return Outcome.Accepted($"entries {manifest.Entries.Count}");
        }
        catch (FatalException refusal)
        {
            return Outcome.Refused(WithoutCids(refusal.Message));
        }
    }

    private static Outcome Apply(BlockList store)
    {
        Machine machine = new(
            NetworkConfig.For(NetworkVersion.V28),
            new()
            {
                Epoch = new(1),
                StateRoot = BlockList.First,
                BaseFee = TokenAmount.FromAtto(100),
                CirculatingSupply = TokenAmount.Zero,
            },
            store,
            new(cache: null),
            new NoChain(),
            new SignatureVerifier());
        Executor executor = new(machine);
        string line = "";
        foreach (Address target in (Address[])
            [Address.FromId(new(101)), Address.FromActor("new"u8), Address.FromBls(new byte[48])])
        {
            ApplyResult result = executor.Apply(new(
                0, target, Key, (ulong)line.Length / 3, TokenAmount.FromAtto(5), 10_000_000,
                TokenAmount.FromAtto(200), TokenAmount.FromAtto(50), new(0), default));
            line += $"{result.Receipt.ExitCode.Value,3}";
        }

        executor.Flush();
        return Outcome.Accepted(line);
    }

    private static string WithoutCids(string message) => string.Join(
        ' ', Array.ConvertAll(message.Split(' '), word => word.Length > 30 ? "CID" : word));
}
