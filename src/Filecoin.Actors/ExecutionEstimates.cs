namespace Filecoin.Actors;

/// <summary>What actors in C# pay in place of their Wasm's instructions and memory.</summary>
/// <remarks>
/// An estimate and no part of consensus. Fitted by the bench's <c>estimate</c> to the official
/// bundle of version 18, November 2026: 57 files of the reference's vectors for network
/// version 28 (of its folders but the mutated, the fuzzed
/// and the signed), every second of them fitted to, the others judging. Milligas throughout.
/// </remarks>
public static class ExecutionEstimates
{
    /// <summary>Price of one unit of a contract's work.</summary>
    private const uint WorkUnit = 771110;

    /// <summary>
    /// By actor and method; method 0 stands for those seen less than four times.
    /// </summary>
    private static readonly Dictionary<(BuiltinType Type, ulong Method), ExecutionPrice> Prices =
        new()
        {
            [(BuiltinType.Init, 0)] = new(346293725, 0, 26883425, 0, 0),
            [(BuiltinType.Init, 2)] = new(478395630, 186, 4374626, 0, 321431),
            [(BuiltinType.Init, 3)] = new(601538961, 0, 18498691, 0, 0),
            [(BuiltinType.Cron, 0)] = new(525262400, 931800, 0, 0, 0),
            [(BuiltinType.Cron, 2)] = new(525262400, 0, 0, 0, 0),
            [(BuiltinType.Account, 0)] = new(476915503, 0, 3694758, 14533, 157450),
            [(BuiltinType.Account, 1)] = new(522716400, 0, 0, 0, 0),
            [(BuiltinType.Account, 2)] = new(514741892, 0, 0, 11472, 231),
            [(BuiltinType.Account, 99)] = new(494648000, 0, 1, 0, 0),
            [(BuiltinType.Account, 2643134072)] = new(514596275, 0, 0, 0, 0),
            [(BuiltinType.Account, 3726118371)] = new(491152800, 0, 0, 0, 0),
            [(BuiltinType.Account, 4186741094)] = new(491520801, 0, 0, 0, 0),
            [(BuiltinType.Multisig, 0)] = new(420611953, 0, 12853376, 1457, 0),
            [(BuiltinType.Multisig, 1)] = new(524294357, 4186295, 0, 1, 0),
            [(BuiltinType.Multisig, 2)] = new(485002118, 0, 3530625, 0, 1067772),
            [(BuiltinType.Multisig, 3)] = new(348283307, 0, 15107162, 0, 0),
            [(BuiltinType.Reward, 0)] = new(0, 21505, 67680480, 0, 7457731),
            [(BuiltinType.Reward, 2)] = new(509049538, 170, 1, 0, 0),
            [(BuiltinType.Reward, 3)] = new(515472009, 0, 1, 621736, 0),
            [(BuiltinType.Reward, 4)] = new(2077135767, 0, 13638814, 0, 0),
            [(BuiltinType.DataCap, 0)] = new(312843192, 0, 32618012, 13482, 0),
            [(BuiltinType.DataCap, 116935346)] = new(402423925, 0, 17634023, 0, 627248),
            [(BuiltinType.DataCap, 2643134072)] = new(489339079, 39, 1, 1, 0),
            [(BuiltinType.DataCap, 3261979605)] = new(554887327, 0, 0, 20817, 3053868),
            [(BuiltinType.DataCap, 3621052141)] = new(88398370, 0, 0, 2633827, 0),
            [(BuiltinType.Evm, 0)] = new(387537363, 0, 20227739, 39228, 0),
            [(BuiltinType.Evm, 1)] = new(597985863, 25283, 0, 1, 0),
            [(BuiltinType.Evm, 2)] = new(500792579, 30322, 0, 568, 0),
            [(BuiltinType.Evm, 3)] = new(476961253, 30985, 617386, 145975, 515303),
            [(BuiltinType.Evm, 6)] = new(456486626, 731154, 1151487, 97857, 183463),
            [(BuiltinType.Evm, 3844450837)] = new(365099451, 0, 22171223, 44957, 0),
            [(BuiltinType.EthereumAddressManager, 0)] = new(458529638, 0, 8135927, 0, 1734),
            [(BuiltinType.EthereumAddressManager, 3)] = new(371575068, 1, 0, 109476, 313081),
            [(BuiltinType.EthereumAddressManager, 4)] = new(457245770, 0, 8666880, 0, 1132),
        };

    /// <summary>The built-in actors written in C#; a contract pays for its own work.</summary>
    public static IReadOnlyList<BuiltinActor> Actors { get; } =
    [
        .. BuiltinActors.All.Where(static actor => actor.Type != BuiltinType.Evm),
        Evm.EvmActor.Metered(Evm.EvmMetering.Weighed(WorkUnit)),
    ];

    /// <summary>What an invocation pays; an actor never seen as an account does.</summary>
    public static ExecutionPrice For(BuiltinType type, MethodNumber method) =>
        Prices.TryGetValue((type, method.Value), out ExecutionPrice price)
            ? price
            : Prices.GetValueOrDefault((type, 0ul), Prices[(BuiltinType.Account, 0)]);
}
