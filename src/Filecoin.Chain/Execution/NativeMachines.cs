using Filecoin.ActorRuntime;
using Filecoin.Actors;

namespace Filecoin.Chain;

/// <summary>
/// Machines whose built-in actors are those in C#, under the CIDs of the official code.
/// </summary>
public static class NativeMachines
{
    private static readonly ActorCode NoCode = new(cache: null);
    private static readonly NativeActors Actors = Register(new(), BuiltinActors.All);

    /// <summary>
    /// Actors in C# that pay an estimate of what their Wasm's instructions would cost, by
    /// <see cref="ExecutionEstimates"/>.
    /// </summary>
    public static NativeActors WithEstimates() =>
        Register(new() { Estimate = ExecutionEstimates.For }, ExecutionEstimates.Actors);

    /// <summary>Lets the official code of version 18 be run by actors in C#.</summary>
    private static NativeActors Register(
        NativeActors native, IReadOnlyList<BuiltinActor> actors)
    {
        foreach (BuiltinActor actor in actors)
        {
            native.Add(OfficialActors.CodeOf(actor.Type), actor, Policy.Mainnet);
        }

        return native;
    }

    /// <summary>Opens a machine that has no other actors.</summary>
    /// <param name="config">The network version's rules.</param>
    /// <param name="context">The epoch.</param>
    /// <param name="blocks">Blocks of the state, where new ones go as well.</param>
    /// <param name="externs">The chain as the epoch sees it.</param>
    public static Machine Open(
        NetworkConfig config, MachineContext context, IBlockstore blocks, IExterns externs) =>
        new(config, context, blocks, NoCode, externs, new SimulatedProofs(), Actors);
}
