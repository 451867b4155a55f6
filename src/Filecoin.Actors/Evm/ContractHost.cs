using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <summary>What surrounds a contract's code: its own state and the machine.</summary>
/// <remarks>
/// Spec: actors/evm 7 to 13. What ends the contract is thrown, with the code that it ends with.
/// </remarks>
internal sealed partial class ContractHost(LiveContract contract, EvmMetering metering) : IEvmHost
{
    private readonly IRuntime runtime = contract.Runtime;

    // Work since gas was last paid, and what there was of gas.
    private long bounded;
    private long seen = -1;

    /// <summary>Whom the code takes for its caller.</summary>
    internal required EthAddress Caller { get; init; }

    /// <summary>What the code takes for the value that came with the call.</summary>
    internal required U256 Value { get; init; }

    /// <inheritdoc/>
    public EvmPrices Prices => metering.Prices;

    /// <inheritdoc/>
    public Action<int, long>? Counter => runtime.WorkCounter;

    /// <inheritdoc/>
    public ulong GasAvailable => runtime.GasAvailable();

    /// <inheritdoc/>
    public long Charge(long work)
    {
        runtime.Pause();
        if (metering.IsCharged)
        {
            runtime.ChargeExecution(work);
            return runtime.ExecutionLeft;
        }

        // Where gas has been paid in between, that may have been for this very work.
        long left = runtime.ExecutionLeft;
        bounded = left == seen ? bounded + work : 0;
        seen = left;
        return left - bounded;
    }

    /// <inheritdoc/>
    public bool TryChargePrecompile(int address, long work) =>
        Charge(metering.PriceOf(address, work)) >= 0;

    /// <inheritdoc/>
    public ExitCode LoadStorage(in U256 key, out U256 value)
    {
        value = contract.LoadSlot(key);
        return ExitCode.Ok;
    }

    /// <inheritdoc/>
    public ExitCode StoreStorage(in U256 key, in U256 value)
    {
        contract.StoreSlot(key, value);
        return ExitCode.Ok;
    }

    /// <inheritdoc/>
    public ExitCode LoadTransient(in U256 key, out U256 value)
    {
        value = contract.LoadTransient(key);
        return ExitCode.Ok;
    }

    /// <inheritdoc/>
    public ExitCode StoreTransient(in U256 key, in U256 value)
    {
        contract.StoreTransient(key, value);
        return ExitCode.Ok;
    }

    /// <inheritdoc/>
    public void Hash(EvmHash algorithm, ReadOnlySpan<byte> data, Span<byte> digest) =>
        _ = runtime.Hash(
            algorithm switch
            {
                EvmHash.Keccak256 => HashFunction.Keccak256,
                EvmHash.Sha256 => HashFunction.Sha2_256,
                EvmHash.Ripemd160 => HashFunction.Ripemd160,
            },
            data,
            digest);

    /// <inheritdoc/>
    public bool TryRecoverPublicKey(
        ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> signature65, Span<byte> key65) =>
        runtime.TryRecoverSecp256k1(hash32, signature65, key65);
}
