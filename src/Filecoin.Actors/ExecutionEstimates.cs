using Filecoin.Actors.Evm;

namespace Filecoin.Actors;

/// <summary>What actors in C# pay in place of their Wasm's instructions and memory.</summary>
/// <remarks>
/// An estimate and no part of consensus, in milligas throughout. Its tables are written by the
/// bench's <c>estimate</c>, which fits them to the official bundle of version 18, mainnet: to the
/// reference's sequences for network version 28, each run as Wasm and with actors in C#, and to
/// contracts that do little but one instruction.
/// </remarks>
public static partial class ExecutionEstimates
{
    /// <summary>The built-in actors written in C#; a contract pays for its own work.</summary>
    public static IReadOnlyList<BuiltinActor> Actors { get; } =
    [
        .. BuiltinActors.All.Where(static actor => actor.Type != BuiltinType.Evm),
        EvmActor.Metered(new()
        {
            Prices = new(Opcodes, Others),
            Precompiles = Precompiled.ToDictionary(row => row.Number, row => row.Price),
            IsCharged = true,
        }),
    ];

    /// <summary>What an invocation pays; an actor never seen as an account does.</summary>
    public static ExecutionPrice For(BuiltinType type, MethodNumber method) =>
        Methods.TryGetValue((type, method.Value), out ExecutionPrice? price)
            ? price
            : Methods.GetValueOrDefault((type, 0ul), Methods[(BuiltinType.Account, 0)]);
}
