using Filecoin.Actors.Account;

namespace Filecoin.Actors.Tests;

/// <summary>What holds of every actor before its method runs.</summary>
public sealed class DispatchTests
{
    private static readonly ActorId Contract = new(1_100);
    private static readonly ActorId Foreign = new(1_101);
    private static readonly ActorId Nobody = new(1_102);

    private readonly MemoryRuntime runtime = new();

    public DispatchTests()
    {
        runtime.Add(Contract, BuiltinType.Evm);
        runtime.Add(Foreign, BuiltinType.None);
    }

    public static TheoryData<BuiltinType> Restricted =>
        [.. BuiltinActors.All.Where(actor => !actor.IsInert && actor.IsRestricted)
            .Select(actor => actor.Type)];

    [Theory]
    [MemberData(nameof(Restricted))]
    public void Only_builtin_actors_that_are_no_contracts_call_internal_numbers(BuiltinType type)
    {
        BuiltinActor actor = BuiltinActors.All.Single(found => found.Type == type);
        foreach (ActorId caller in new[] { Contract, Foreign, Nobody })
        {
            // Also where there is no such method: 18 comes before 22.
            Assert.Equal(ExitCode.UserForbidden, runtime.Fail(actor, caller, 1, null));
            Assert.Equal(ExitCode.UserForbidden, runtime.Fail(actor, caller, 9_999, null));
        }
    }

    [Theory]
    [MemberData(nameof(Restricted))]
    public void An_unknown_internal_number_is_unhandled(BuiltinType type)
    {
        BuiltinActor actor = BuiltinActors.All.Single(found => found.Type == type);
        Assert.Equal(
            ExitCode.UserUnhandledMessage,
            runtime.Fail(actor, WellKnownActors.System, 9_999, null));
    }

    [Theory]
    [MemberData(nameof(Restricted))]
    public void Constructors_are_the_systems_alone(BuiltinType type)
    {
        BuiltinActor actor = BuiltinActors.All.Single(found => found.Type == type);
        CborType? parameters = actor.Methods[0].ParametersType;
        Assert.Equal("Constructor", actor.Methods[0].Name);
        runtime.Add(Nobody, BuiltinType.Multisig);

        ExitCode withNone = runtime.Fail(actor, Nobody, 1, null);

        Assert.Equal(
            parameters is null ? ExitCode.UserForbidden : ExitCode.UserIllegalArgument, withNone);
    }

    [Fact]
    public void Parameters_where_none_are_expected_are_refused() => Assert.Equal(
        ExitCode.UserIllegalArgument,
        runtime.Fail(
            AccountActor.Definition, WellKnownActors.System, 2, new IpldBlock(Codec.Raw, default)));

    [Theory]
    [InlineData(Codec.Cbor, "4100", 21)] // A byte string that is no address.
    [InlineData(Codec.Cbor, "", 21)]
    [InlineData(Codec.Cbor, "42010000", 21)] // A trailing byte.
    [InlineData(Codec.DagPb, "420064", 21)]
    [InlineData(Codec.Cbor, "420064", 16)] // f0100, which is no key.
    [InlineData(Codec.DagCbor, "420064", 16)]
    [InlineData(Codec.Raw, "0064", 16)] // Raw bytes stand for the byte string.
    [InlineData(Codec.Cbor, "5f40420064ff", 16)] // Indefinite length, as the reference lets pass.
    [InlineData(Codec.Cbor, "020064", 16)] // A number's head in place of a byte string's: so, too.
    public void Parameters_are_decoded_by_their_codec(ulong codec, string hex, uint exitCode) =>
        Assert.Equal(
            exitCode,
            runtime.Fail(
                AccountActor.Definition,
                WellKnownActors.System,
                1,
                new IpldBlock(codec, Convert.FromHexString(hex))).Value);
}
