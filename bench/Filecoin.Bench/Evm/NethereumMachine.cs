using System.Numerics;
using Nethereum.EVM;
using Nethereum.EVM.BlockchainState;
using Nethereum.Hex.HexTypes;
using Nethereum.RPC.Eth.DTOs;

namespace Filecoin.Bench.Evm;

/// <summary>Runs a program on Nethereum.EVM, with accounts that are all empty.</summary>
internal static class NethereumMachine
{
    private const string Address = "0x0f572e5295c57f15886f9b263e2f6d2d6c7b5ec6";

    /// <summary>Runs it, and gives what it returns.</summary>
    internal static byte[] Run(LoopProgram program)
    {
        CallInput call = new()
        {
            From = Address,
            To = Address,
            Data = "0x" + Convert.ToHexStringLower(program.Input),
            Gas = new HexBigInteger(BigInteger.One << 62),
            Value = new HexBigInteger(0),
            ChainId = new HexBigInteger(1),
        };
        ProgramContext context = new(call, new ExecutionStateService(new EmptyState()));
        Nethereum.EVM.Program running = new(program.Code, context);
        _ = new EVMSimulator().ExecuteWithCallStackAsync(running, traceEnabled: false)
            .GetAwaiter().GetResult();
        return running.ProgramResult.Result ?? [];
    }

    private sealed class EmptyState : INodeDataService
    {
        public Task<BigInteger> GetBalanceAsync(byte[] address) => Task.FromResult(BigInteger.Zero);

        public Task<BigInteger> GetBalanceAsync(string address) => Task.FromResult(BigInteger.Zero);

        public Task<byte[]> GetCodeAsync(byte[] address) => Task.FromResult<byte[]>([]);

        public Task<byte[]> GetCodeAsync(string address) => Task.FromResult<byte[]>([]);

        public Task<byte[]> GetBlockHashAsync(BigInteger blockNumber) =>
            Task.FromResult(new byte[32]);

        public Task<byte[]> GetStorageAtAsync(byte[] address, BigInteger position) =>
            Task.FromResult(new byte[32]);

        public Task<byte[]> GetStorageAtAsync(string address, BigInteger position) =>
            Task.FromResult(new byte[32]);

        public Task<BigInteger> GetTransactionCount(byte[] address) =>
            Task.FromResult(BigInteger.Zero);

        public Task<BigInteger> GetTransactionCount(string address) =>
            Task.FromResult(BigInteger.Zero);
    }
}
