using Filecoin.Ipld;
using Filecoin.Wasm.Instances;

namespace Filecoin.Vm.Tests;

/// <summary>The lines of README.md, on a state of our own.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fvm-readme-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_lines_of_the_readme_apply_a_message()
    {
        string path = Path.Combine(folder, "state.car");
        WriteState(path);
        Message message = new(
            0, Address.Parse("f0101"), Address.Parse("f0100"), 0, TokenAmount.FromFil(3),
            10_000_000, TokenAmount.FromAtto(200), TokenAmount.FromAtto(50), MethodNumber.Send, default);

        CarReader car = new(File.ReadAllBytes(path));
        MemoryBlockstore store = new();
        car.CopyTo(store);
        MachineContext context = new()
        {
            Epoch = new(1000), StateRoot = car.Roots[0],
            BaseFee = TokenAmount.FromAtto(100), CirculatingSupply = TokenAmount.FromFil(2_000_000_000),
        };
        Machine machine = new(
            NetworkConfig.For(NetworkVersion.V28), context, store, new(cache: null), new NoChain(), new SignatureVerifier());
        ApplyResult result = new Executor(machine).Apply(message);

        Assert.Equal(ExitCode.Ok, result.Receipt.ExitCode);
        Assert.NotEqual(car.Roots[0], machine.Flush());
        Assert.True(machine.State.TryGetActor(new(101), out ActorState receiver));
        Assert.Equal(TokenAmount.FromFil(3), receiver.Balance);
    }

    private static void WriteState(string path)
    {
        MemoryBlockstore store = new();
        byte[] actor = WasmEngine.Assemble(
            "(module (memory (export \"memory\") 1) (func (export \"invoke\") (param i32) (result i32) (i32.const 0)))");
        StateBuilder state = new(store, actor);
        state.AddAccount(new(100), null, TokenAmount.FromFil(10));
        state.AddAccount(new(101), null, TokenAmount.Zero);
        Cid root = state.Build();
        using FileStream file = File.Create(path);
        CarWriter writer = new(file, root);
        store.ForEach((cid, block) => writer.Write(cid, block.Span));
    }
}
