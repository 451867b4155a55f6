using Filecoin.ActorRuntime;
using Filecoin.Actors;

namespace Filecoin.Chain.Tests;

/// <summary>A network on actors in C#, whose code has CIDs of its own.</summary>
internal static class NativeNetwork
{
    private static readonly ActorCode Code = new(cache: null);
    private static readonly NativeActors Native = MakeNative();

    public static List<(string Name, Cid Code)> Builtins =>
    [
        .. Enum.GetValues<BuiltinType>().Where(type => type != BuiltinType.None)
            .Select(type => (type.ManifestName(), CodeOf(type))),
    ];

    public static Machine Open(
        NetworkConfig config, MachineContext context, IBlockstore blocks, IExterns externs) =>
        new(config, context, blocks, Code, externs, new SignatureVerifier(), Native);

    public static Blockchain Start(params GenesisAccount[] accounts) => Blockchain.Open(new()
    {
        Store = new MemoryOrderedStore(),
        Machines = Open,
        BuildGenesis = new GenesisState { Builtins = Builtins, Accounts = accounts }.Build,
        GenesisTimestamp = 1_700_000_000,
    });

    private static Cid CodeOf(BuiltinType type) => Cid.Of(
        Codec.Raw, System.Text.Encoding.UTF8.GetBytes(type.ManifestName()));

    private static NativeActors MakeNative()
    {
        NativeActors native = new();
        foreach (BuiltinActor actor in BuiltinActors.All)
        {
            native.Add(CodeOf(actor.Type), actor, Policy.Mainnet);
        }

        return native;
    }
}
