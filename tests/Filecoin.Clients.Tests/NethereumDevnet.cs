using System.Numerics;
using Filecoin.TestKit;
using Nethereum.Hex.HexTypes;
using Nethereum.RPC.Eth.DTOs;
using Nethereum.Web3;
using Nethereum.Web3.Accounts;

namespace Filecoin.Clients.Tests;

/// <summary>A node, and Nethereum with one of its keys and without any.</summary>
public sealed class NethereumDevnet : IDisposable
{
    private const int ChainId = 31_415_926;
    private const string Key =
        "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private readonly DevnetProcess devnet = DevnetProcess.Start();

    public NethereumDevnet()
    {
        Account = new(Key, ChainId);
        Web3 = new(Account, devnet.Url);
        Keyless = new(devnet.Url);
    }

    public Account Account { get; }

    /// <summary>Signs with the account's key.</summary>
    public Web3 Web3 { get; }

    /// <summary>Signs nothing: the node takes senders at their word.</summary>
    public Web3 Keyless { get; }

    public async Task<CounterContract> DeployAsync(BigInteger start)
    {
        (string abi, string code) = ContractFolder.Clients.ContractOf("Counter", "Counter");
        TransactionReceipt receipt = await Web3.Eth.DeployContract
            .SendRequestAndWaitForReceiptAsync(
                abi, code, Account.Address, new HexBigInteger(100_000_000), null, null, null,
                start);
        return new(Web3.Eth.GetContract(abi, receipt.ContractAddress));
    }

    public Task<T> SendAsync<T>(string method, params object[] parameters) =>
        Web3.Client.SendRequestAsync<T>(method, null, parameters);

    public void Dispose() => devnet.Dispose();
}
