using Filecoin.Wasm.Instances;

namespace Filecoin.Chain.Tests;

/// <summary>
/// A network whose built-in actors all succeed and do nothing, with accounts that have FIL.
/// </summary>
internal sealed class TestNetwork
{
    public const ulong FirstAccount = 1_000;

    private const string Agreeable = """
        (module
          (memory (export "memory") 1)
          (func (export "invoke") (param i32) (result i32) (i32.const 0)))
        """;

    private static readonly ActorCode Code = new(cache: null);
    private static readonly byte[] Wasm = WasmEngine.Assemble(Agreeable);

    public TestNetwork(params TestWallet[] wallets) => Wallets = wallets;

    public TestWallet[] Wallets { get; }

    public TokenAmount Balance { get; init; } = TokenAmount.FromFil(1_000);

    public NetworkParameters Parameters { get; init; } = NetworkParameters.Devnet;

    public PoolPolicy Policy { get; init; } = PoolPolicy.Devnet;

    /// <summary>Makes machines; may be another one that counts or breaks.</summary>
    public static Machine Open(
        NetworkConfig config, MachineContext context, IBlockstore blocks, IExterns externs) =>
        new(config, context, blocks, Code, externs, new SignatureVerifier());

    /// <summary>A message that moves value and has the nonce and fees that are given.</summary>
    public static Message Transfer(
        TestWallet sender,
        ulong nonce,
        Address? target = null,
        long atto = 1,
        long cap = 1_000_000_000,
        long premium = 1_000,
        ulong gas = 2_000_000) => new(
            0, target ?? Address.FromId(new(FirstAccount)), sender.Address, nonce,
            TokenAmount.FromAtto(atto), gas, TokenAmount.FromAtto(cap),
            TokenAmount.FromAtto(premium), MethodNumber.Send, default);

    public Blockchain Start(IOrderedStore? store = null) => Blockchain.Open(new()
    {
        Store = store ?? new MemoryOrderedStore(),
        Machines = Open,
        BuildGenesis = Build,
        GenesisTimestamp = 1_700_000_000,
        Network = Parameters,
        Pool = Policy,
    });

    /// <summary>Starts with a producer that makes a block only when it is asked.</summary>
    public (Blockchain Chain, BlockProducer Producer) StartManual(IOrderedStore? store = null)
    {
        Blockchain chain = Start(store);
        return (chain, new(chain, () => 0) { Mode = ProductionMode.Manual });
    }

    public Cid Build(IBlockstore blocks)
    {
        StateBuilder state = new(blocks, Wasm);
        state.AddActor(WellKnownActors.Cron, state.AddCode(Wasm), TokenAmount.Zero);
        ulong id = FirstAccount;
        foreach (TestWallet wallet in Wallets)
        {
            state.AddAccount(new(id++), wallet.Address, Balance);
        }

        return state.Build();
    }
}
