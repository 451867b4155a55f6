using Filecoin.Ipld;
using Filecoin.Vm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Fuzz.Vm;

/// <summary>A message to an actor of hostile code, on a small state of its own.</summary>
internal static class MessageRun
{
    private const ulong GasLimit = 100_000_000;

    private static readonly NetworkVersion[] Versions =
        [NetworkVersion.V28, NetworkVersion.V18, NetworkVersion.V21, NetworkVersion.V25];

    private static readonly byte[] EmptyActor = WasmEngine.Assemble(
        """
        (module (memory (export "memory") 1)
          (func (export "invoke") (param i32) (result i32) (i32.const 0)))
        """);

    public static NetworkVersion VersionOf(byte choice) => Versions[choice % Versions.Length];

    /// <summary>
    /// Applies the message twice, the second time with a trace: there is a receipt, twice the
    /// same, gas is within its limit, and no FIL comes or goes.
    /// </summary>
    public static Outcome Check(NetworkVersion version, byte[] code, ReadOnlySpan<byte> parameters)
    {
        ActorCode compiled = new(cache: null);
        byte[] given = parameters.ToArray();
        (ApplyResult first, Cid root) = ExecutorThread.Run(
            () => Apply(version, code, given, compiled, isTracing: false));
        (ApplyResult second, Cid again) = ExecutorThread.Run(
            () => Apply(version, code, given, compiled, isTracing: true));
        Claim.Holds(root == again, "two runs give two states");
        Claim.Holds(
            first.Receipt.Encode(version).AsSpan().SequenceEqual(second.Receipt.Encode(version)),
            "two runs give two receipts");
        long used = first.Receipt.GasUsed;
        Claim.Holds(used is > 0 and <= (long)GasLimit, "gas outside its limits");
        string line = $"{first.Receipt.ExitCode.Value} gas {Outcome.Size(used)} "
            + $"return {Outcome.Size(first.Receipt.Return.Length)} events {first.Events.Count}"
            + $" {Reason(first.Failure)}";
        return first.Receipt.ExitCode.IsSuccess ? Outcome.Accepted(line) : Outcome.Refused(line);
    }

    /// <summary>The end of what is told about a failure, without names.</summary>
    private static string Reason(string? failure)
    {
        string last = failure?.Split(": ")[^1] ?? "";
        return last.Split('`', '\'', '"', '(')[0];
    }

    private static (ApplyResult Result, Cid Root) Apply(
        NetworkVersion version, byte[] code, byte[] parameters, ActorCode compiled, bool isTracing)
    {
        MemoryBlockstore store = new();
        StateBuilder state = new(store, EmptyActor);
        state.AddAccount(new(100), Address.FromSecp256k1(new byte[65]), TokenAmount.FromFil(10));
        state.AddActor(new(1_000), state.AddCode(code), TokenAmount.FromFil(1));
        Machine machine = new(
            NetworkConfig.For(version),
            new()
            {
                Epoch = new(1),
                StateRoot = state.Build(),
                BaseFee = TokenAmount.FromAtto(100),
                CirculatingSupply = TokenAmount.FromFil(2_000_000_000),
                IsTracing = isTracing,
            },
            store,
            compiled,
            new NoChain(),
            new SignatureVerifier());
        TokenAmount before = Total(machine.State);
        Executor executor = new(machine);
        ApplyResult result = executor.Apply(new(
            0, Address.FromId(new(1_000)), Address.FromId(new(100)), 0, TokenAmount.FromAtto(5),
            GasLimit, TokenAmount.FromAtto(200), TokenAmount.FromAtto(50), new(2), parameters));
        Cid root;
        try
        {
            root = executor.Flush();
        }
        catch (FatalException) when (machine.Config.Line == ProtocolLine.Hygge)
        {
            // Before links were tracked, an actor could name in its state what no store can hold;
            // the reference fails there as well. Only built-in actors ran then.
            return (result, default);
        }

        StateTree after = StateTree.Load(store, root, machine.Config.Line);
        Claim.Holds(Total(after) == before, "FIL has come or gone");
        return (result, root);
    }

    private static TokenAmount Total(StateTree state)
    {
        TokenAmount total = TokenAmount.Zero;
        state.ForEach((_, actor) =>
        {
            Claim.Holds(!actor.Balance.IsNegative, "a balance below 0");
            total += actor.Balance;
        });
        return total;
    }
}
