using Filecoin.Ipld;
using Filecoin.Vm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Node.Tests.Bundles;

/// <summary>
/// A state of two accounts and the list of its built-in actors in one CAR, the bundle of these
/// actors in another, and a file of one message between the accounts that names no bundle.
/// </summary>
internal sealed class StateApart
{
    private const string Code = """
        (module (memory (export "memory") 1)
          (func (export "invoke") (param i32) (result i32) (i32.const 0)))
        """;

    public StateApart(string folder)
    {
        MemoryBlockstore blocks = new();
        StateBuilder builder = new(blocks, WasmEngine.Assemble(Code));
        builder.AddAccount(new(100), null, TokenAmount.FromFil(10));
        builder.AddAccount(new(101), null, TokenAmount.Zero);
        Cid root = builder.Build();
        ProtocolLine line = NetworkConfig.For(NetworkVersion.V28).Line;
        Cid list = Vm.Manifest.FindCid(StateTree.Load(blocks, root, line), blocks);

        Manifest = BundleManifest.CidOf(list);
        Messages = Path.Combine(folder, "messages.json");
        State = Path.Combine(folder, "state.car");
        Bundle = SyntheticBundle.Car(
            list, Select(blocks, cid => cid.Codec == Codec.Raw || cid == list));
        File.WriteAllBytes(
            State, SyntheticBundle.Write(root, Select(blocks, cid => cid.Codec != Codec.Raw)));
        File.WriteAllText(Messages, Json(""));
    }

    public Cid Manifest { get; }

    public string Messages { get; }

    public string State { get; }

    public byte[] Bundle { get; }

    public static string Json(string members) => $$"""
        {{{members}}
          "network_version": 28, "epoch": 1000, "base_fee": "100", "car": "state.car",
          "messages": [
            { "from": "f0100", "to": "f0101", "value": "7", "nonce": 0, "gas_limit": 10000000,
              "gas_fee_cap": "200", "gas_premium": "50" }
          ]
        }
        """;

    private static List<(Cid Cid, byte[] Block)> Select(
        MemoryBlockstore blocks, Predicate<Cid> isWanted)
    {
        List<(Cid, byte[])> selected = [];
        blocks.ForEach((cid, block) =>
        {
            if (isWanted(cid))
            {
                selected.Add((cid, block.ToArray()));
            }
        });
        return selected;
    }
}
