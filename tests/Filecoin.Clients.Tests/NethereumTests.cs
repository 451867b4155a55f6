using System.Numerics;
using Nethereum.ABI.FunctionEncoding;
using Nethereum.Contracts;
using Nethereum.Hex.HexTypes;
using Nethereum.RPC.Eth.DTOs;
using Nethereum.Web3;

namespace Filecoin.Clients.Tests;

public sealed class NethereumTests(NethereumDevnet node) : IClassFixture<NethereumDevnet>
{
    private const string Stranger = "0x2222222222222222222222222222222222222222";

    [Fact]
    public async Task A_contract_is_deployed_and_called()
    {
        CounterContract counter = await node.DeployAsync(7);

        Assert.Equal(7, await counter.CountAsync());
        Assert.NotEqual("0x", await node.Web3.Eth.GetCode.SendRequestAsync(counter.Address));
        Assert.Equal(31_415_926, (await node.Web3.Eth.ChainId.SendRequestAsync()).Value);
    }

    [Fact]
    public async Task Value_is_sent()
    {
        TransactionReceipt receipt = await node.Web3.Eth.GetEtherTransferService()
            .TransferEtherAndWaitForReceiptAsync(
                "0x1111111111111111111111111111111111111111", 1.5m,
                cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(receipt.Succeeded());
        HexBigInteger balance = await node.Web3.Eth.GetBalance.SendRequestAsync(receipt.To);
        Assert.Equal(1.5m, Web3.Convert.FromWei(balance.Value));
    }

    [Fact]
    public async Task A_transaction_s_event_is_decoded()
    {
        CounterContract counter = await node.DeployAsync(7);

        TransactionReceipt receipt = await IncreaseAsync(counter, 5);

        IncreasedEvent heard = Assert.Single(receipt.DecodeAllEvents<IncreasedEvent>()).Event;
        Assert.Equal((5, 12), (heard.Step, heard.Count));
        Assert.Equal(node.Account.Address, heard.By, ignoreCase: true);
        Assert.Equal(12, await counter.CountAsync());
    }

    [Fact]
    public async Task Logs_are_found_by_topics()
    {
        CounterContract counter = await node.DeployAsync(0);
        await IncreaseAsync(counter, 5);
        await IncreaseAsync(counter, 6);

        List<EventLog<IncreasedEvent>> logs = await counter.Increased.GetAllChangesAsync(
            counter.Increased.CreateFilterInput<string?, BigInteger>(
                null, 6, BlockParameter.CreateEarliest(), BlockParameter.CreateLatest()));

        Assert.Equal(11, Assert.Single(logs).Event.Count);
    }

    [Fact]
    public async Task A_filter_tells_of_what_is_new()
    {
        CounterContract counter = await node.DeployAsync(0);
        HexBigInteger filter = await counter.Increased.CreateFilterAsync();
        await IncreaseAsync(counter, 4);

        List<EventLog<IncreasedEvent>> logs =
            await counter.Increased.GetFilterChangesAsync(filter);

        Assert.Equal(4, Assert.Single(logs).Event.Count);
        Assert.Empty(await counter.Increased.GetFilterChangesAsync(filter));
    }

    [Fact]
    public async Task Reverts_have_their_reason()
    {
        CounterContract counter = await node.DeployAsync(0);

        var text = await Assert.ThrowsAsync<SmartContractRevertException>(
            () => counter.OwnerOnly.CallAsync<bool>(Stranger, null, null));
        var own = await Assert.ThrowsAsync<SmartContractCustomErrorRevertException>(
            () => IncreaseAsync(counter, 101));

        Assert.Contains("not the owner", text.RevertMessage, StringComparison.Ordinal);
        TooLargeError error = own.DecodeError<TooLargeError>();
        Assert.Equal((101, 100), (error.Step, error.Most));
        Assert.Equal(0, await counter.CountAsync());
    }

    [Fact]
    public async Task Accounts_and_contracts_are_impersonated()
    {
        CounterContract counter = await node.DeployAsync(0);
        foreach (string sender in new[] { Stranger, counter.Address })
        {
            await node.SendAsync<object>("hardhat_setBalance", sender, "0x56bc75e2d63100000");
            await node.SendAsync<object>("hardhat_impersonateAccount", sender);

            TransactionReceipt receipt = await node.Keyless.Eth
                .GetContractTransactionHandler<IncreaseFunction>()
                .SendRequestAndWaitForReceiptAsync(
                    counter.Address, new IncreaseFunction { FromAddress = sender, Step = 3 });

            Assert.Equal(sender, receipt.From, ignoreCase: true);
            await node.SendAsync<object>("hardhat_stopImpersonatingAccount", sender);
        }

        Assert.Equal(6, await counter.CountAsync());
    }

    [Fact]
    public async Task What_was_kept_comes_back()
    {
        CounterContract counter = await node.DeployAsync(7);
        string snapshot = await node.SendAsync<string>("evm_snapshot");
        await IncreaseAsync(counter, 1);
        Assert.Equal(8, await counter.CountAsync());

        Assert.True(await node.SendAsync<bool>("evm_revert", snapshot));

        // It counts nonces itself, and would wait for ever for one that the chain gave back.
        await node.Account.NonceService.ResetNonceAsync();

        Assert.Equal(7, await counter.CountAsync());
    }

    [Fact]
    public async Task Time_goes_on_by_an_hour()
    {
        CounterContract counter = await node.DeployAsync(7);
        BlockWithTransactionHashes before = await LatestAsync();

        await node.SendAsync<object>("evm_increaseTime", 3600);
        await node.SendAsync<object>("evm_mine");

        Assert.True((await LatestAsync()).Timestamp.Value >= before.Timestamp.Value + 3600);
        Assert.True(await counter.TimeAsync() >= before.Timestamp.Value + 3600);
    }

    private Task<BlockWithTransactionHashes> LatestAsync() =>
        node.Web3.Eth.Blocks.GetBlockWithTransactionsHashesByNumber.SendRequestAsync(
            BlockParameter.CreateLatest());

    private Task<TransactionReceipt> IncreaseAsync(CounterContract counter, BigInteger step) =>
        node.Web3.Eth.GetContractTransactionHandler<IncreaseFunction>()
            .SendRequestAndWaitForReceiptAsync(
                counter.Address, new IncreaseFunction { Step = step });
}
