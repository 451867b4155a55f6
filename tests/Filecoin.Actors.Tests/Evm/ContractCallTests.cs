using Filecoin.Evm;
using static Filecoin.Actors.Evm.Tests.ContractStateTests;

namespace Filecoin.Actors.Evm.Tests;

/// <summary>How contracts end, and how they call others.</summary>
public sealed class ContractCallTests
{
    private const ulong GasAvailable = 10_000_000_000;
    private const ulong GasForOthers = GasAvailable / 64 * 63;

    /// <summary>f0101 as contracts see it.</summary>
    private const string Target = "ff00000000000000000000000000000000000065";

    /// <summary>CALL of f0101 with gas and value from the input, with its flag as result.</summary>
    private const string Calls = "5f5f5f5f60203573" + Target + "5f35f15f5260205ff3";

    /// <summary>DELEGATECALL of f0101 without data; gives back what came back.</summary>
    private const string Delegates = "5f5f5f5f73" + Target + "620186a0f43d5f5f3e3d5ff3";

    /// <summary>
    /// DELEGATECALL of the precompile that calls an actor by id, with the input; gives back its
    /// flag and what came back.
    /// </summary>
    private const string CallsActor = "365f5f375f5f365f73fe00000000000000000000000000000000000005"
        + "5af45f523d5f60203e3d6020015ff3";

    [Theory]
    [InlineData("60015f5260205ffd", 33)]
    [InlineData("fe", 34)]
    [InlineData("0c", 35)]
    [InlineData("50", 36)]
    [InlineData("600456", 39)]
    public void A_contract_that_fails_ends_with_its_own_code(string code, uint exitCode) =>
        Assert.Equal(exitCode, new DeployedContract(code).Fail().Value);

    [Fact]
    public void A_revert_gives_its_reason()
    {
        DeployedContract contract = new("60ab5f526001601ffd");
        ActorAbortException abort =
            Assert.Throws<ActorAbortException>(() => contract.Call());
        Assert.Equal([0x41, 0xab], abort.Block!.Data.ToArray());
    }

    [Fact]
    public void Nothing_is_stored_in_a_read_only_call()
    {
        DeployedContract contract = new("60015f5500");
        Cid root = contract.Runtime.Root;
        contract.Runtime.IsReadOnly = true;

        Assert.Equal(ExitCode.UserReadOnly, contract.Fail());
        Assert.Equal(root, contract.Runtime.Root);
    }

    [Fact]
    public void A_loop_without_end_runs_out_of_gas()
    {
        DeployedContract contract = new("5b5f56");
        contract.Runtime.ExecutionLeft = 1_000_000_000;
        Assert.Throws<InvalidOperationException>(() => contract.Call());
    }

    [Theory]
    [InlineData(1_000, 0, 1_000UL)]
    [InlineData(long.MaxValue, 0, GasForOthers)]
    [InlineData(2_300, 0, 10_000_000UL)]
    [InlineData(2_300, 1, 2_300UL)]
    [InlineData(0, 1, 10_000_000UL)]
    [InlineData(0, 0, 0UL)]
    public void A_call_passes_gas_on(long gas, ulong value, ulong limit)
    {
        DeployedContract contract = new(Calls);

        Assert.Equal(Word(1), contract.Call(Word((ulong)gas) + Word(value)));

        SendRequest sent = Assert.Single(contract.Runtime.Sent);
        Assert.Equal(limit, sent.GasLimit);
        Assert.Equal(TokenAmount.FromAtto((long)value), sent.Value);
        Assert.Equal(DeployedContract.Invoke, sent.Method.Value);
        Assert.Null(sent.Parameters);
    }

    [Theory]
    [InlineData(ErrorNumber.NotFound, 1)]
    [InlineData(ErrorNumber.InsufficientFunds, 0)]
    [InlineData(ErrorNumber.LimitExceeded, 0)]
    [InlineData(ErrorNumber.ReadOnly, 0)]
    public void A_call_that_is_not_made_fails_unless_nobody_is_there(ErrorNumber error, ulong flag)
    {
        DeployedContract contract = new(Calls);
        contract.Runtime.Answers.Enqueue(SendResult.Refused(error));
        Assert.Equal(Word(flag), contract.Call(Word(1) + Word(0)));
    }

    [Fact]
    public void Code_of_another_contract_runs_by_a_call_of_oneself()
    {
        DeployedContract contract = new(Delegates);
        contract.Runtime.Add(new(0x65), BuiltinType.Evm);
        Cid code = Cid.Of(Codec.Raw, [0x00]);
        contract.Runtime.Answers.Enqueue(
            new(ErrorNumber.None, ExitCode.Ok, new(Codec.DagCbor, Cbor.Encode(code))));
        contract.Runtime.Answers.Enqueue(
            new(ErrorNumber.None, new(33), new(Codec.Cbor, new byte[] { 0x42, 7, 8 })));

        Assert.Equal("0708", contract.Call());

        Assert.Equal([3UL, 6UL], contract.Runtime.Sent.Select(sent => sent.Method.Value));
        Assert.True(contract.Runtime.Sent[0].IsReadOnly);
        SendRequest own = contract.Runtime.Sent[1];
        DelegateCallParams parameters =
            ParameterCodec.Decode<DelegateCallParams>(own.Parameters!);
        Assert.Equal(
            (Address.FromId(contract.Runtime.Receiver), Codec.DagCbor, 100_000UL),
            (own.To, own.Parameters!.Codec, own.GasLimit));
        Assert.Equal(
            (code, EthAddress.FromActorId(DeployedContract.Caller)),
            (parameters.Code, parameters.Caller.Value));
    }

    [Fact]
    public void A_contract_calls_any_actor_and_sees_exit_code_and_value()
    {
        DeployedContract contract = new(CallsActor);
        contract.Runtime.Answers.Enqueue(
            new(ErrorNumber.None, new(40), new(Codec.Cbor, new byte[] { 0x01 })));

        // Method 2000, no value, read-only, CBOR, parameters at 192, actor 101; one byte 80.
        string result = contract.Call(
            Word(2_000) + Word(0) + Word(1) + Word(0x51) + Word(192) + Word(101)
            + Word(1) + "80".PadRight(64, '0'));

        SendRequest sent = Assert.Single(contract.Runtime.Sent);
        Assert.Equal((Address.FromId(new(101)), new(2_000)), (sent.To, sent.Method));
        Assert.Equal([0x80], sent.Parameters!.Data.ToArray());
        Assert.True(sent.IsReadOnly);
        Assert.StartsWith(
            Word(1) + Word(40) + Word(0x51) + Word(96) + Word(1) + "01", result);
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2_000, 2, 0x51)]
    [InlineData(2_000, 0, 0x71)]
    public void A_malformed_call_of_an_actor_is_not_made(ulong method, ulong flags, ulong codec)
    {
        DeployedContract contract = new(CallsActor);
        string result = contract.Call(
            Word(method) + Word(0) + Word(flags) + Word(codec) + Word(192) + Word(101));
        Assert.Empty(contract.Runtime.Sent);
        Assert.Equal(Word(0), result);
    }

    [Fact]
    public void A_method_by_number_is_a_call_of_one_function()
    {
        // Returns its arguments without the selector and with 0 in place of the method.
        DeployedContract contract = new("6004360360045f375f5f52600436035ff3");

        IpldBlock? result = contract.Runtime.Call(
            DeployedContract.Actor,
            DeployedContract.Caller,
            2_000,
            new IpldBlock(Codec.Cbor, new byte[] { 0x18, 0x2a }));

        Assert.Equal(Codec.Cbor, result!.Codec);
        Assert.Equal([0x18, 0x2a], result.Data.ToArray());
    }

    [Theory]
    [InlineData("00", 0)]
    [InlineData("602a5f52606060405260605ff3", 42)]
    [InlineData("607160205260405ff3", 21)]
    [InlineData("6060604052600160605260805ff3", 21)]
    public void A_function_may_give_an_exit_code(string code, uint exitCode) => Assert.Equal(
        exitCode,
        new DeployedContract(code).Runtime.Fail(
            DeployedContract.Actor, DeployedContract.Caller, 5_000, null).Value);

    [Fact]
    public void Low_methods_are_no_functions() => Assert.Equal(
        ExitCode.UserUnhandledMessage,
        new DeployedContract("00").Runtime.Fail(
            DeployedContract.Actor, DeployedContract.Caller, 1_023, null));

    [Fact]
    public void Events_have_whole_topics_and_no_empty_data()
    {
        // LOG2 of one byte of memory with topics 1 and 2; LOG0 of nothing.
        DeployedContract contract = new("6002600160015fa25f5fa000");
        _ = contract.Call();

        Assert.Equal(2, contract.Runtime.Events.Count);
        Assert.Equal(["t1", "t2", "d"], contract.Runtime.Events[0].Select(entry => entry.Key));
        Assert.Equal(32, contract.Runtime.Events[0][0].Value.Length);
        Assert.Empty(contract.Runtime.Events[1]);
    }

    [Fact]
    public void Prices_of_work_are_charged_where_they_are_known()
    {
        uint[] prices = new uint[256];
        Array.Fill(prices, 10u);
        BuiltinActor metered = EvmActor.Metered(
            EvmMetering.Free with { Prices = new(prices), IsCharged = true });
        DeployedContract contract = new("5f5f0100");
        long before = contract.Runtime.ExecutionLeft;

        _ = contract.Runtime.Call(metered, DeployedContract.Caller, DeployedContract.Invoke);

        Assert.Equal(before - 40, contract.Runtime.ExecutionLeft);
    }
}
