using System.Numerics;
using Filecoin.Actors.Account;
using Filecoin.Actors.Datacap;
using Filecoin.Actors.Tokens;

namespace Filecoin.Actors.VerifiedRegistry.Tests;

/// <summary>Rules of verifiers, allocations and claims.</summary>
public sealed class VerifiedRegistryActorTests
{
    private const ulong MiB = 1UL << 20;
    private const long TermMin = 518_400;
    private const long TermMax = 5_259_485;

    private static readonly ActorId Root = new(80);
    private static readonly ActorId Verifier = new(201);
    private static readonly ActorId Second = new(202);
    private static readonly ActorId Client = new(301);
    private static readonly ActorId Miner = new(401);
    private static readonly Cid Piece = Cid.Of(Codec.Raw, [1, 2, 3]);

    private readonly MemoryRuntime runtime = new();

    public VerifiedRegistryActorTests()
    {
        runtime.Receiver = WellKnownActors.VerifiedRegistry;
        runtime.Epoch = new(100);
        runtime.Add(WellKnownActors.DataCap, BuiltinType.DataCap);
        runtime.Add(Root, BuiltinType.Multisig);
        runtime.Add(Verifier, BuiltinType.Account);
        runtime.Add(Second, BuiltinType.Account);
        runtime.Add(Client, BuiltinType.Account);
        runtime.Add(Miner, BuiltinType.Miner);
        _ = runtime.Call(Actor, WellKnownActors.System, 1, A(Root));
    }

    private static BuiltinActor Actor => VerifiedRegistryActor.Definition;

    private VerifiedRegistryState State => runtime.LoadState<VerifiedRegistryState>();

    private static AllocationRequest Wish =>
        new(Miner, Piece, MiB, TermMin, TermMax, new(100));

    [Fact]
    public void It_begins_without_anybody()
    {
        Assert.Equal((A(Root), 1u), (State.RootKey, State.NextAllocationId));
        Assert.Equal(State.Allocations, State.Claims);
        Assert.Empty(Check());
    }

    [Fact]
    public void The_root_key_makes_verifiers_and_everybody_hears()
    {
        Tokens(0);
        _ = runtime.Call(Actor, Root, 2, new VerifierParams(A(Verifier), new(MiB)));

        Assert.True(State.TryGetVerifier(runtime, A(Verifier), out BigInt allowance));
        Assert.Equal(MiB, allowance.Value);
        Assert.Equal("verifier-balance verifier:c9 balance:100000", Told(0));
        _ = runtime.Call(Actor, Root, 3, A(Verifier));
        Assert.False(State.TryGetVerifier(runtime, A(Verifier), out _));
        Assert.Equal("verifier-balance verifier:c9 balance:", Told(1));
        Assert.Equal(ExitCode.UserIllegalArgument, runtime.Fail(Actor, Root, 3, A(Verifier)));
    }

    [Fact]
    public void A_verifier_is_no_client_nor_the_root_key_and_gives_enough()
    {
        Assert.Equal(16u, FailVerifier(Root, Verifier, MiB - 1));
        Assert.Equal(18u, FailVerifier(Client, Verifier, MiB));
        Assert.Equal(16u, FailVerifier(Root, Root, MiB));
        Assert.Equal(17u, FailVerifier(Root, new(9_999), MiB));
        Tokens(1);
        Assert.Equal(16u, FailVerifier(Root, Verifier, MiB));
        Assert.Equal(ExitCode.UserForbidden, runtime.Fail(Actor, Client, 3, A(Verifier)));
    }

    [Fact]
    public void A_verifier_gives_datacap_that_the_market_may_spend()
    {
        AddVerifier(Verifier, 3 * MiB);
        runtime.Sent.Clear();

        _ = runtime.Call(Actor, Verifier, 4, new VerifierParams(A(Client), new(MiB)));

        SendRequest sent = Assert.Single(runtime.Sent);
        Assert.Equal(A(WellKnownActors.DataCap), sent.To);
        Assert.Equal(MethodNumber.Exported("Mint"), sent.Method);
        MintParams minted = ParameterCodec.Decode<MintParams>(sent.Parameters!);
        Assert.Equal((A(Client), Whole(MiB)), (minted.To, minted.Amount));
        Assert.Equal([A(WellKnownActors.StorageMarket)], minted.Operators);
        Assert.Equal("verifier-balance verifier:c9 balance:200000 client:12d", Told(^1));

        Assert.Equal(16u, FailClient(Verifier, Client, 3 * MiB));
        Assert.Equal(16u, FailClient(Verifier, Client, MiB - 1));
        Assert.Equal(16u, FailClient(Verifier, Root, MiB));
        Assert.Equal(16u, FailClient(Verifier, Verifier, MiB));
        Assert.Equal(17u, FailClient(Second, Client, MiB));

        // Who has given all is a verifier all the same.
        _ = runtime.Call(Actor, Verifier, 4, new VerifierParams(A(Client), new(2 * MiB)));
        Assert.True(State.TryGetVerifier(runtime, A(Verifier), out BigInt rest));
        Assert.True(rest.Value.IsZero);
        Assert.Empty(Check());
    }

    [Fact]
    public void Two_verifiers_take_from_a_client_what_it_has()
    {
        AddVerifier(Verifier, MiB);
        AddVerifier(Second, MiB);
        runtime.Sent.Clear();
        Authentic(true);
        Authentic(true);
        Tokens(5);

        RemoveDatacapReturn removed = ParameterCodec.Decode<RemoveDatacapReturn>(
            runtime.Call(Actor, Root, 7, Removal(9))!);

        Assert.Equal((A(Client), new BigInteger(5)), (removed.Client, removed.Removed.Value));
        Assert.Equal(A(Verifier), runtime.Sent[0].To);
        AuthenticateMessageParams asked =
            ParameterCodec.Decode<AuthenticateMessageParams>(runtime.Sent[0].Parameters!);
        byte[] signed =
        [
            .. "fil_removedatacap:"u8,
            .. Cbor.Encode(new RemoveDatacapProposal(A(Client), new(9), new(0))),
        ];
        Assert.Equal(signed, asked.Message.ToArray());
        DestroyParams destroyed = ParameterCodec.Decode<DestroyParams>(runtime.Sent[3].Parameters!);
        Assert.Equal((A(Client), Whole(5)), (destroyed.Owner, destroyed.Amount));

        // The next time they sign another number, and nothing is destroyed if there is nothing.
        runtime.Sent.Clear();
        Authentic(true);
        Authentic(true);
        Tokens(0);
        _ = runtime.Call(Actor, Root, 7, Removal(9));
        Assert.Equal(3, runtime.Sent.Count);
        asked = ParameterCodec.Decode<AuthenticateMessageParams>(runtime.Sent[1].Parameters!);
        Assert.Equal(1, asked.Message.Span[^1]);
    }

    [Fact]
    public void A_removal_takes_two_verifiers_who_have_signed()
    {
        AddVerifier(Verifier, MiB);
        Assert.Equal(17u, FailRemoval(Root, Removal(9)));
        AddVerifier(Second, MiB);
        RemoveDatacapParams removal = Removal(9);
        Assert.Equal(18u, FailRemoval(Client, removal));
        Assert.Equal(16u, FailRemoval(Root, removal with { Second = removal.First }));
        Assert.Equal(
            16u,
            FailRemoval(Root, removal with { Client = A(WellKnownActors.VerifiedRegistry) }));
        Authentic(false);
        Assert.Equal(16u, FailRemoval(Root, removal));
    }

    [Fact]
    public void Datacap_makes_allocations()
    {
        AllocationsResponse made = Receive(2 * MiB, new([Wish, Wish with { Data = Piece }], []));

        Assert.Equal([1UL, 2UL], made.NewAllocations);
        Assert.Equal((2u, 0u), Counts(made));
        Assert.Equal(3u, State.NextAllocationId);
        Assert.True(State.LoadAllocations(runtime).TryGet(
            Client.Value, 1, out Allocation? allocation));
        Assert.Equal(
            new Allocation(Client, Miner, Piece, MiB, TermMin, TermMax, new(100)), allocation);
        Assert.StartsWith("allocation id:1 client:12d provider:191 piece-cid:", Told(^2));
        Assert.EndsWith("piece-size:100000 term-min:7e900 term-max:5040dd expiration:64", Told(^1));
        Assert.Empty(runtime.Sent);
        Assert.Empty(Check());
    }

    [Theory]
    [InlineData(nameof(AllocationRequest.Size), 16)]
    [InlineData(nameof(AllocationRequest.TermMin), 16)]
    [InlineData(nameof(AllocationRequest.TermMax), 16)]
    [InlineData("Terms", 16)]
    [InlineData("Past", 16)]
    [InlineData("Late", 16)]
    [InlineData(nameof(AllocationRequest.Provider), 16)]
    [InlineData("Nobody", 16)]
    [InlineData("Latest", 0)]
    public void An_allocation_keeps_the_rules(string broken, uint exitCode)
    {
        AllocationRequest wish = broken switch
        {
            nameof(AllocationRequest.Size) => Wish with { Size = MiB - 1 },
            nameof(AllocationRequest.TermMin) => Wish with { TermMin = TermMin - 1 },
            nameof(AllocationRequest.TermMax) => Wish with { TermMax = TermMax + 1 },
            "Terms" => Wish with { TermMin = TermMin + 1, TermMax = TermMin },
            "Past" => Wish with { Expiration = new(99) },
            "Late" => Wish with { Expiration = new(100 + 172_801) },
            "Latest" => Wish with { Expiration = new(100 + 172_800) },
            "Nobody" => Wish with { Provider = new(9_999) },
            _ => Wish with { Provider = Client },
        };
        Assert.Equal(exitCode, FailReceive(wish.Size, new([wish], [])));
    }

    [Fact]
    public void Only_datacap_is_taken_and_just_as_much_as_it_costs()
    {
        AllocationRequests requests = new([Wish], []);
        Assert.Equal(16u, FailReceive(MiB + 1, requests));
        Assert.Equal(
            ExitCode.UserForbidden,
            runtime.Fail(Actor, Client, Hook, Tell(MiB, requests)));
        Assert.Equal(
            ExitCode.UserIllegalArgument,
            runtime.Fail(
                Actor, WellKnownActors.DataCap, Hook, Tell(MiB, requests) with { Type = 1 }));
        Assert.Equal(
            ExitCode.UserSerialization,
            runtime.Fail(
                Actor,
                WellKnownActors.DataCap,
                Hook,
                new UniversalReceiverParams(TokensReceived.Type, new byte[] { 0x80 })));
        runtime.Receiver = new(7_777);
        UniversalReceiverParams others = Tell(MiB, requests);
        runtime.Receiver = WellKnownActors.VerifiedRegistry;
        Assert.Equal(
            ExitCode.UserIllegalArgument,
            runtime.Fail(Actor, WellKnownActors.DataCap, Hook, others));
    }

    [Fact]
    public void A_miner_turns_allocations_into_claims_and_burns_what_they_cost()
    {
        _ = Receive(2 * MiB, new([Wish, Wish], []));
        runtime.Events.Clear();

        ClaimAllocationsReturn claimed = Claim(false, Sector(7, 1), Sector(8, 1), Sector(9, 5));

        Assert.Equal(
            [0u, 17u, 17u], claimed.Results.Codes().Select(code => code.Value));
        Assert.Equal([new BigInt(MiB)], claimed.ClaimedSpaces);
        Assert.Equal(Whole(MiB), Assert.Single(Burnt()));
        Assert.StartsWith("claim id:1 client:12d provider:191 piece-cid:", Told(0));
        Assert.EndsWith("term-start:64 sector:7", Told(0));
        Assert.True(State.LoadClaims(runtime).TryGet(Miner.Value, 1, out Claim? claim));
        Assert.Equal(
            new(Miner, Client, Piece, MiB, TermMin, TermMax, new(100), 7), claim);
        Assert.False(State.LoadAllocations(runtime).TryGet(Client.Value, 1, out _));
        Assert.Empty(Check());
    }

    [Fact]
    public void A_sector_claims_all_or_nothing_and_so_may_all_sectors()
    {
        _ = Receive(2 * MiB, new([Wish, Wish], []));
        SectorAllocationClaims late = Sector(7, 1) with { Expiry = new(100 + TermMin - 1) };
        SectorAllocationClaims twice = Sector(7, 1) with
        {
            Claims = [Sector(7, 1).Claims[0], Sector(7, 1).Claims[0]],
        };
        SectorAllocationClaims other = Sector(7, 1) with
        {
            Claims = [Sector(7, 2).Claims[0], Sector(7, 1).Claims[0] with { Size = 1 }],
        };

        Assert.Equal([18u], Claim(false, late).Results.Codes().Select(code => code.Value));
        Assert.Equal([18u], Claim(false, other).Results.Codes().Select(code => code.Value));
        Assert.Equal(16u, FailClaim(Miner, true, late));
        Assert.Equal(16u, FailClaim(Miner, false, twice));
        Assert.Equal(16u, FailClaim(Miner, false));
        Assert.Equal(18u, FailClaim(Client, false, late));
        Assert.Empty(Burnt());
        runtime.Epoch = new(101);
        Assert.Equal(16u, FailClaim(Miner, true, Sector(7, 1)));
    }

    [Fact]
    public void Claims_are_given_to_whoever_asks()
    {
        _ = Receive(MiB, new([Wish], []));
        _ = Claim(true, Sector(7, 1));

        GetClaimsReturn given = ParameterCodec.Decode<GetClaimsReturn>(
            runtime.Call(Actor, Second, 10, new GetClaimsParams(Miner, [2, 1]))!);

        Assert.Equal([17u, 0u], given.Results.Codes().Select(code => code.Value));
        Assert.Equal(7u, Assert.Single(given.Claims.Span.ToArray()).Sector);
    }

    [Fact]
    public void A_client_lets_its_claims_last_longer()
    {
        _ = Receive(MiB, new([Wish with { TermMax = TermMin + 5 }], []));
        _ = Claim(true, Sector(7, 1));
        runtime.Events.Clear();

        BatchReturn results = ParameterCodec.Decode<BatchReturn>(runtime.Call(
            Actor,
            Client,
            11,
            new ExtendClaimTermsParams([
                new(Miner, 1, TermMax + 1),
                new(Miner, 2, TermMax),
                new(Miner, 1, TermMin),
                new(Miner, 1, TermMin + 5),
                new(Miner, 1, TermMax)]))!);
        Assert.Equal([16u, 17u, 16u, 0u, 0u], results.Codes().Select(code => code.Value));
        Assert.Equal(2, runtime.Events.Count);
        Assert.StartsWith("claim-updated id:1", Told(1));

        results = ParameterCodec.Decode<BatchReturn>(runtime.Call(
            Actor, Second, 11, new ExtendClaimTermsParams([new(Miner, 1, TermMax)]))!);
        Assert.Equal([18u], results.Codes().Select(code => code.Value));
    }

    [Fact]
    public void Anybody_spends_datacap_for_longer_claims()
    {
        _ = Receive(MiB, new([Wish with { TermMax = TermMin + 5 }], []));
        _ = Claim(true, Sector(7, 1));
        runtime.Sent.Clear();
        runtime.Epoch = new(200);

        Assert.Equal(17u, FailExtend(2, TermMax));
        Assert.Equal(16u, FailExtend(1, TermMin + 5));
        Assert.Equal(16u, FailExtend(1, TermMax + 101));
        AllocationsResponse extended = Receive(MiB, new([], [new(Miner, 1, TermMax + 100)]));

        Assert.Equal((0u, 1u), Counts(extended));
        Assert.Equal(Whole(MiB), Assert.Single(Burnt()));
        Assert.True(State.LoadClaims(runtime).TryGet(Miner.Value, 1, out Claim? claim));
        Assert.Equal(TermMax + 100, claim.TermMax);
        runtime.Epoch = new(claim.ExpiresAt + 1);
        Assert.Equal(18u, FailExtend(1, TermMax + 101));
    }

    [Fact]
    public void Expired_allocations_go_back_to_their_client()
    {
        _ = Receive(
            3 * MiB, new([Wish, Wish with { Expiration = new(105) }, Wish], []));
        runtime.Events.Clear();

        Assert.Equal([18u, 17u], Expire(102, 2, 9).Codes);
        Assert.Equal([0u, 18u], Expire(102, 3, 2).Codes);
        Assert.StartsWith("allocation-removed id:3", Told(0));
        (ulong[] considered, _, BigInteger recovered) = Expire(102);
        Assert.Equal([1UL], considered);
        Assert.Equal(new BigInteger(MiB), recovered);

        TransferParams back = ParameterCodec.Decode<TransferParams>(runtime.Sent[^1].Parameters!);
        Assert.Equal((A(Client), Whole(MiB)), (back.To, back.Amount));
        runtime.Epoch = new(105);
        Assert.Equal(
            ExitCode.UserAssertionFailed,
            runtime.Fail(
                Actor, Second, 8, new RemoveExpiredAllocationsParams(Client, [2, 2])));
        Assert.Empty(Check());
    }

    [Fact]
    public void Expired_claims_are_removed()
    {
        _ = Receive(2 * MiB, new([Wish, Wish with { TermMax = TermMin }], []));
        _ = Claim(true, Sector(7, 1), Sector(8, 2) with { Expiry = new(100 + TermMin) });
        runtime.Events.Clear();
        runtime.Epoch = new(100 + TermMin);

        RemoveExpiredClaimsReturn removed = ParameterCodec.Decode<RemoveExpiredClaimsReturn>(
            runtime.Call(Actor, Second, 12, new RemoveExpiredClaimsParams(Miner, []))!);

        Assert.Equal([2UL], removed.Considered);
        Assert.StartsWith("claim-removed id:2", Told(0));
        Assert.False(State.LoadClaims(runtime).TryGet(Miner.Value, 2, out _));
        Assert.True(State.LoadClaims(runtime).TryGet(Miner.Value, 1, out _));
    }

    [Fact]
    public void Broken_state_is_told()
    {
        VerifiedRegistryState broken = State with { RootKey = Address.FromActor([1]) };
        broken.SetVerifier(runtime, Address.FromActor([2]), new(-1));
        _ = broken.Add(
            runtime,
            Client,
            [new(Second, Miner, Piece, MiB, TermMax, TermMin, new(100))]);
        broken.Replace(
            runtime, [(1, new(Miner, Client, Piece, MiB, -1, 0, default, 7))]);
        broken.NextAllocationId = 1;

        string all = string.Join(
            '\n', VerifiedRegistryInvariants.Check(broken, runtime.Memory));

        Assert.Contains("the root key", all);
        Assert.Contains("may give -1", all);
        Assert.Contains("1 was not given to an allocation", all);
        Assert.Contains("1 is there twice", all);
        Assert.Contains("allocation 1 of f0301 says f0202", all);
        Assert.Contains("claim 1 lasts -1 to 0", all);
    }

    [Fact]
    public void Pairs_of_addresses_are_told_apart()
    {
        AddressPair pair = new(A(new(1_000)), A(new(7)));
        Assert.True(AddressPairKey.TryParse(AddressPairKey.ToBytes(pair), out AddressPair read));
        Assert.Equal(pair, read);
        Assert.False(AddressPairKey.TryParse([0, 1], out _));
    }

    private static ulong Hook => UniversalReceiverParams.Method.Value;

    private static Address A(ActorId id) => Address.FromId(id);

    private static TokenAmount Whole(ulong bytes) =>
        TokenAmount.FromAtto(new BigInteger(bytes) * TokenLedger.Granularity);

    private static (uint, uint) Counts(AllocationsResponse response) => (
        response.AllocationResults.SuccessCount, response.ExtensionResults.SuccessCount);

    private static SectorAllocationClaims Sector(ulong number, ulong allocation) => new(
        number, new(100 + TermMin), [new(Client, allocation, Piece, MiB)]);

    private static RemoveDatacapParams Removal(ulong bytes)
    {
        KeySignature signature = new(SignatureType.Bls, new byte[] { 4 });
        return new(A(Client), new(bytes), new(A(Verifier), signature), new(A(Second), signature));
    }

    private IReadOnlyList<string> Check() =>
        VerifiedRegistryInvariants.Check(State, runtime.Memory);

    /// <summary>An event: type, then keys and values, numbers in hexadecimal digits.</summary>
    private string Told(Index index)
    {
        EventEntry[] entries = runtime.Events[index.GetOffset(runtime.Events.Count)];
        return string.Join(' ', entries.Select(entry => entry.Key == "$type"
            ? System.Text.Encoding.ASCII.GetString(entry.Value.Span[1..])
            : $"{entry.Key}:{Text(entry.Value.Span)}"));
    }

    private static string Text(ReadOnlySpan<byte> value)
    {
        CborReader reader = new(value);
        if (reader.TryReadUInt64(out ulong number))
        {
            return $"{number:x}";
        }

        reader = new(value);
        return reader.TryReadBytes(out ReadOnlySpan<byte> bytes)
            ? Convert.ToHexStringLower(bytes[Math.Min(1, bytes.Length)..])
            : "link";
    }

    private void Tokens(ulong bytes) => runtime.Answers.Enqueue(
        new(ErrorNumber.None, ExitCode.Ok, ParameterCodec.Encode(Whole(bytes))));

    private void Authentic(bool isAuthentic) => runtime.Answers.Enqueue(new(
        ErrorNumber.None,
        ExitCode.Ok,
        ParameterCodec.Encode(new AuthenticateMessageReturn(isAuthentic))));

    private void AddVerifier(ActorId verifier, ulong bytes)
    {
        Tokens(0);
        _ = runtime.Call(Actor, Root, 2, new VerifierParams(A(verifier), new(bytes)));
    }

    private uint FailVerifier(ActorId caller, ActorId verifier, ulong bytes) => runtime.Fail(
        Actor, caller, 2, new VerifierParams(A(verifier), new(bytes))).Value;

    private uint FailClient(ActorId caller, ActorId client, ulong bytes) => runtime.Fail(
        Actor, caller, 4, new VerifierParams(A(client), new(bytes))).Value;

    private uint FailRemoval(ActorId caller, RemoveDatacapParams removal) =>
        runtime.Fail(Actor, caller, 7, removal).Value;

    private UniversalReceiverParams Tell(ulong bytes, AllocationRequests requests) => new(
        TokensReceived.Type,
        Cbor.Encode(new TokensReceived(
            Client, runtime.Receiver, Client, Whole(bytes), Cbor.Encode(requests), default)));

    private AllocationsResponse Receive(ulong bytes, AllocationRequests requests) =>
        ParameterCodec.Decode<AllocationsResponse>(
            runtime.Call(Actor, WellKnownActors.DataCap, Hook, Tell(bytes, requests))!);

    private uint FailReceive(ulong bytes, AllocationRequests requests) => runtime.Fail(
        Actor, WellKnownActors.DataCap, Hook, Tell(bytes, requests)).Value;

    private uint FailExtend(ulong claim, long termMax) =>
        FailReceive(MiB, new([], [new(Miner, claim, termMax)]));

    private ClaimAllocationsReturn Claim(
        bool allOrNothing, params SectorAllocationClaims[] sectors) =>
        ParameterCodec.Decode<ClaimAllocationsReturn>(runtime.Call(
            Actor, Miner, 9, new ClaimAllocationsParams([.. sectors], allOrNothing))!);

    private uint FailClaim(
        ActorId caller, bool allOrNothing, params SectorAllocationClaims[] sectors) => runtime.Fail(
            Actor, caller, 9, new ClaimAllocationsParams([.. sectors], allOrNothing)).Value;

    private IEnumerable<TokenAmount> Burnt() => runtime.Sent
        .Where(sent => sent.Method == MethodNumber.Exported("Burn"))
        .Select(sent => ParameterCodec.Decode<BurnParams>(sent.Parameters!).Amount);

    private (ulong[] Considered, uint[] Codes, BigInteger Recovered) Expire(
        long epoch, params ulong[] ids)
    {
        runtime.Epoch = new(epoch);
        RemoveExpiredAllocationsReturn removed =
            ParameterCodec.Decode<RemoveExpiredAllocationsReturn>(runtime.Call(
                Actor, Second, 8, new RemoveExpiredAllocationsParams(Client, [.. ids]))!);
        return (
            [.. removed.Considered],
            [.. removed.Results.Codes().Select(code => code.Value)],
            removed.Recovered.Value);
    }
}
