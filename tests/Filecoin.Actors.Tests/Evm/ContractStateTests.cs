namespace Filecoin.Actors.Evm.Tests;

/// <summary>What a contract keeps: code, storage, storage of a message, its own end.</summary>
/// <remarks>Golden roots of storage: the specification's table, evm 18.</remarks>
public sealed class ContractStateTests
{
    private const string EmptyStorage =
        "bafy2bzaceamp42wmmgr2g2ymg46euououzfyck7szknvfacqscohrvaikwfay";
    private const string NoCode =
        "bafk2bzaceahfouoae3suhmxivmxlayez3kq5dzo7i53y654h7kvultprf7r2q";

    /// <summary>SSTORE of the second word of the input at the first.</summary>
    private const string Stores = "6020355f355500";

    /// <summary>Loads slot 0 before it stores the first word of the input there.</summary>
    private const string Swaps = "5f545f355f555f5260205ff3";

    /// <summary>The same with storage of the message.</summary>
    private const string SwapsTransient = "5f5c5f355f5d5f5260205ff3";

    private const string SelfDestructs = "33ff";

    [Fact]
    public void A_new_contract_has_code_and_no_storage()
    {
        EvmState state = new DeployedContract("00").State;

        Assert.Equal(EmptyStorage, state.ContractState.ToString());
        Assert.Equal(Cid.Of(Codec.Raw, [0x00]), state.Bytecode);
        Assert.Equal((1UL, null, null), (state.Nonce, state.TransientData, state.Tombstone));
    }

    [Fact]
    public void A_contract_without_initcode_has_no_code()
    {
        DeployedContract contract = new("");
        Assert.Equal(NoCode, contract.State.Bytecode.ToString());
        Assert.Equal(CodeHashes.OfNothing, contract.State.BytecodeHash.Value);
        Assert.Equal("", contract.Call());
    }

    [Fact]
    public void Storage_has_the_known_root()
    {
        DeployedContract contract = new(Stores);
        _ = contract.Call(Word(0) + Word(1));
        Assert.Equal(
            "bafy2bzaced72u7zr5shnkkr2rrdmpn5sqd35floqjef2p26ettoviudcxg462",
            contract.State.ContractState.ToString());

        _ = contract.Call(Word(1) + Word(2));
        Assert.Equal(
            "bafy2bzaced5no5tqekexm5nsjnx7myfclcukpzbbwbsd27z4efzc3jmydblci",
            contract.State.ContractState.ToString());
    }

    [Fact]
    public void Zero_deletes_a_slot()
    {
        DeployedContract contract = new(Stores);
        _ = contract.Call(Word(5) + Word(1));
        _ = contract.Call(Word(5) + Word(0));
        Assert.Equal(EmptyStorage, contract.State.ContractState.ToString());
    }

    [Fact]
    public void A_value_that_is_there_already_writes_nothing()
    {
        DeployedContract contract = new(Swaps);
        _ = contract.Call(Word(9));
        Cid root = contract.Runtime.Root;
        int blocks = contract.Runtime.Memory.Count;

        Assert.Equal(Word(9), contract.Call(Word(9)));
        Assert.Equal((root, blocks), (contract.Runtime.Root, contract.Runtime.Memory.Count));
    }

    [Fact]
    public void Storage_of_a_message_is_empty_in_the_next()
    {
        DeployedContract contract = new(SwapsTransient);
        Assert.Equal(Word(0), contract.Call(Word(3)));
        Assert.Equal(Word(3), contract.Call(Word(4)));
        Assert.Equal(new MessageMark(DeployedContract.Caller, 2),
            contract.State.TransientData!.Value.Lifespan);

        contract.Runtime.Nonce++;
        Cid root = contract.Runtime.Root;
        Assert.Equal(Word(0), contract.Call(Word(0)));
        Assert.Equal(root, contract.Runtime.Root);
    }

    [Fact]
    public void A_contract_that_destroys_itself_lives_until_the_message_is_over()
    {
        DeployedContract contract = new(SelfDestructs);
        contract.Runtime.Balance = TokenAmount.FromAtto(5);
        _ = contract.Call();
        SendRequest sent = Assert.Single(contract.Runtime.Sent);
        Assert.Equal((MethodNumber.Send, contract.Runtime.Balance), (sent.Method, sent.Value));
        Assert.NotNull(BytecodeOf(contract));

        contract.Runtime.Nonce++;
        Assert.Null(BytecodeOf(contract));
        Assert.Equal("", contract.Call());
        Assert.Single(contract.Runtime.Sent);
    }

    [Fact]
    public void Only_a_dead_contract_is_resurrected()
    {
        DeployedContract contract = new(SelfDestructs);
        ActorId manager = WellKnownActors.EthereumAddressManager;
        _ = contract.Call();
        Assert.Equal(
            ExitCode.UserForbidden,
            contract.Runtime.Fail(
                DeployedContract.Actor, manager, 2, DeployedContract.ParametersFor("00")));

        contract.Runtime.Nonce++;
        _ = contract.Runtime.Call(
            DeployedContract.Actor, manager, 2, DeployedContract.ParametersFor("00"));
        Assert.Equal(Cid.Of(Codec.Raw, [0x00]), contract.State.Bytecode);
        Assert.Null(contract.State.Tombstone);
    }

    [Theory]
    [InlineData("ef", 16)]
    [InlineData("fe", 0)]
    public void Code_must_not_begin_with_a_reserved_byte(string code, uint exitCode)
    {
        DeployedContract contract = new("00");
        contract.Runtime.Root = StateAccess.EmptyRoot;
        Assert.Equal(
            exitCode,
            contract.Runtime.Fail(
                DeployedContract.Actor,
                WellKnownActors.Init,
                1,
                DeployedContract.ParametersFor(code)).Value);
    }

    [Fact]
    public void A_slot_is_read_from_outside_by_the_system_alone()
    {
        DeployedContract contract = new(Stores);
        _ = contract.Call(Word(7) + Word(42));
        GetStorageAtParams key = new(new(7));
        MemoryRuntime runtime = contract.Runtime;

        IpldBlock? value =
            runtime.Call(DeployedContract.Actor, WellKnownActors.System, 5, key);
        Assert.Equal(42UL, ParameterCodec.Decode<StorageWord>(value!).Value.Low);
        Assert.Equal(
            ExitCode.UserForbidden,
            runtime.Fail(DeployedContract.Actor, DeployedContract.Caller, 5, key));
    }

    [Fact]
    public void Invariants_hold_of_a_contract_with_storage()
    {
        DeployedContract contract = new(Stores);
        _ = contract.Call(Word(7) + Word(42));

        Assert.Empty(EvmInvariants.Check(contract.State, contract.Runtime.Memory));
        EvmState broken = contract.State with { BytecodeHash = default, Nonce = 0 };
        Assert.Equal(2, EvmInvariants.Check(broken, contract.Runtime.Memory).Count);
    }

    internal static string Word(ulong value) => $"{value:x64}";

    private static Cid? BytecodeOf(DeployedContract contract)
    {
        IpldBlock? result =
            contract.Runtime.Call(DeployedContract.Actor, DeployedContract.Caller, 3);
        Assert.Equal(Codec.DagCbor, result!.Codec);
        return ParameterCodec.Decode<BytecodeReturn>(result).Code;
    }
}
