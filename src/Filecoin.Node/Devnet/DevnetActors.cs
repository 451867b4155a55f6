using Filecoin.Actors;
using Filecoin.Chain;

namespace Filecoin.Node;

/// <summary>The built-in actors of a developer's network, and how machines run them.</summary>
internal sealed class DevnetActors
{
    private readonly IBlockstore? code;
    private readonly ActorCode compiled = new(SharedOptions.Modules());
    private readonly NativeActors? native;

    private DevnetActors(
        IReadOnlyList<(string Name, Cid Code)> builtins, IBlockstore? code, NativeActors? native) =>
        (Builtins, this.code, this.native) = (builtins, code, native);

    /// <summary>Names and code, by number from 1 on.</summary>
    public IReadOnlyList<(string Name, Cid Code)> Builtins { get; }

    /// <summary>What checks signatures and proofs.</summary>
    public SimulatedProofs Verifier { get; } = new();

    /// <summary>Those of an official bundle: gas is the network's.</summary>
    public static DevnetActors OfBundle(Bundle bundle) =>
        new(BundleManifest.Read(bundle.Store, bundle.Manifest), bundle.Store, null);

    /// <summary>
    /// Those written in C#, under the official code's CIDs: nothing is needed, and gas for
    /// instructions is estimated.
    /// </summary>
    public static DevnetActors Native() =>
        new(OfficialActors.Version18, null, NativeMachines.WithEstimates());

    /// <summary>Those of the official bundle, or those written in C#.</summary>
    /// <exception cref="BundleMissingException">The bundle is not at hand.</exception>
    public static DevnetActors Choose(bool isGasExact, string? bundles) => isGasExact
        ? OfBundle(SharedOptions.Store(bundles).Load(BuiltinActors.Version))
        : Native();

    /// <summary>Opens a machine.</summary>
    public Machine Open(
        NetworkConfig config, MachineContext context, IBlockstore blocks, IExterns externs) => new(
            config,
            context,
            code is null ? blocks : new LayeredBlockstore(blocks, code),
            compiled,
            externs,
            Verifier,
            native);
}
