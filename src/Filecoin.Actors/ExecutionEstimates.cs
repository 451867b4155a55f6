namespace Filecoin.Actors;

/// <summary>What actors in C# pay in place of their Wasm's instructions and memory.</summary>
/// <remarks>
/// An estimate and no part of consensus. Fitted by the bench's <c>estimate</c> to the official
/// bundle of version 18, November 2026: 59 files of the reference's vectors for network
/// version 28 (of its folders but the mutated, the fuzzed and the signed), every second
/// of them fitted to, the others judging: 2443 invocations and 14546. Milligas throughout.
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
            [(BuiltinType.Init, 0)] = new(333105720, 0, 27096656, 0, 0),
            [(BuiltinType.Init, 2)] = new(494994433, 0, 3631249, 0, 385918),
            [(BuiltinType.Init, 3)] = new(297011965, 0, 31106108, 0, 0),
            [(BuiltinType.Cron, 0)] = new(525262400, 931800, 0, 0, 0),
            [(BuiltinType.Cron, 2)] = new(525262400, 0, 0, 0, 0),
            [(BuiltinType.Account, 0)] = new(476505240, 0, 3923470, 9372, 129677),
            [(BuiltinType.Account, 1)] = new(522128318, 11532, 0, 1, 0),
            [(BuiltinType.Account, 2)] = new(514741892, 0, 0, 11472, 231),
            [(BuiltinType.Account, 99)] = new(494648000, 0, 1, 0, 0),
            [(BuiltinType.Account, 2643134072)] = new(510939932, 0, 140685, 9359, 0),
            [(BuiltinType.Account, 3726118371)] = new(491152800, 0, 0, 0, 0),
            [(BuiltinType.Account, 4186741094)] = new(491520801, 0, 0, 0, 0),
            [(BuiltinType.Power, 0)] = new(465417219, 0, 8406440, 99272, 565802),
            [(BuiltinType.Power, 2)] = new(449775594, 0, 8632785, 0, 385969),
            [(BuiltinType.Power, 3)] = new(643703060, 0, 1, 538717, 0),
            [(BuiltinType.Power, 4)] = new(496974926, 0, 1140147, 921345, 175628),
            [(BuiltinType.Power, 5)] = new(209323986, 0, 5980452, 664422, 673505),
            [(BuiltinType.Power, 6)] = new(475183922, 0, 0, 726091, 486317),
            [(BuiltinType.Power, 9)] = new(443847136, 0, 1, 555692, 917535),
            [(BuiltinType.Power, 99)] = new(496364001, 0, 0, 0, 0),
            [(BuiltinType.Miner, 0)] = new(413184159, 170116, 20579293, 211569, 857557),
            [(BuiltinType.Miner, 1)] = new(5815773946, 1, 0, 0, 2),
            [(BuiltinType.Miner, 2)] = new(472173633, 0, 0, 481158, 0),
            [(BuiltinType.Miner, 5)] = new(496256007, 0, 4433865, 228680, 209077),
            [(BuiltinType.Miner, 12)] = new(773414734, 1, 3295309, 304211, 403699),
            [(BuiltinType.Miner, 28)] = new(695773621, 0, 5653980, 1048270, 0),
            [(BuiltinType.Miner, 34)] = new(337549015, 4804764, 0, 0, 2344611),
            [(BuiltinType.Miner, 99)] = new(522570400, 0, 0, 0, 0),
            [(BuiltinType.Miner, 348244887)] = new(441414203, 1, 0, 538987, 0),
            [(BuiltinType.Market, 0)] = new(450709638, 0, 7131289, 345990, 430908),
            [(BuiltinType.Market, 2)] = new(397373597, 0, 15515259, 2248, 143316),
            [(BuiltinType.Market, 3)] = new(476856624, 376, 4479190, 0, 0),
            [(BuiltinType.Market, 4)] = new(159277675, 2928459, 11279840, 310, 0),
            [(BuiltinType.Market, 9)] = new(343797968, 0, 4789907, 618783, 42092),
            [(BuiltinType.Market, 99)] = new(496332000, 0, 0, 0, 0),
            [(BuiltinType.PaymentChannel, 0)] = new(458669049, 0, 6634621, 178421, 412570),
            [(BuiltinType.PaymentChannel, 1)] = new(476210610, 0, 3202039, 0, 774459),
            [(BuiltinType.PaymentChannel, 2)] = new(451614951, 0, 8012690, 141302, 342470),
            [(BuiltinType.Multisig, 0)] = new(429786588, 0, 12484497, 744, 29730),
            [(BuiltinType.Multisig, 1)] = new(478766006, 0, 2417601, 0, 955671),
            [(BuiltinType.Multisig, 2)] = new(485002118, 0, 3530625, 0, 1067772),
            [(BuiltinType.Multisig, 3)] = new(348283307, 0, 15107162, 0, 0),
            [(BuiltinType.Reward, 0)] = new(0, 21505, 67680480, 0, 7457731),
            [(BuiltinType.Reward, 2)] = new(509049538, 170, 1, 0, 0),
            [(BuiltinType.Reward, 3)] = new(515472009, 0, 1, 621736, 0),
            [(BuiltinType.Reward, 4)] = new(2077135767, 0, 13638814, 0, 0),
            [(BuiltinType.VerifiedRegistry, 0)] = new(466661979, 0, 9463687, 0, 289385),
            [(BuiltinType.VerifiedRegistry, 2)] = new(508535585, 372, 0, 0, 1112397),
            [(BuiltinType.VerifiedRegistry, 3)] = new(510001768, 1060, 0, 1, 0),
            [(BuiltinType.VerifiedRegistry, 4)] = new(879992000, 0, 0, 0, 0),
            [(BuiltinType.VerifiedRegistry, 3726118371)] =
                new(461712450, 43470, 9700796, 43582, 232796),
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
