using Filecoin.Evm;

namespace Filecoin.TestKit.Evm;

/// <summary>An event as it was emitted.</summary>
public sealed record EvmLog(EthAddress Emitter, U256[] Topics, byte[] Data);

/// <summary>
/// Accounts in memory with the rules of the FEVM where a plain Ethereum test sees them.
/// </summary>
public sealed class EvmWorld
{
    private Dictionary<EthAddress, EvmAccount> accounts = [];
    private List<EvmLog> logs = [];

    public IReadOnlyDictionary<EthAddress, EvmAccount> Accounts => accounts;

    public IReadOnlyList<EvmLog> Logs => logs;

    public EthAddress Origin { get; set; }

    public U256 GasPrice { get; set; }

    public U256 BaseFee { get; set; }

    public ChainEpoch Epoch { get; set; }

    public ulong Timestamp { get; set; }

    public ulong ChainId { get; set; } = 31_415_926;

    public U256 Randomness { get; set; }

    public EvmPrices Prices { get; set; } = FlatPrices;

    /// <summary>Work that may still be done; each run of code takes from it.</summary>
    public long WorkLeft { get; set; } = long.MaxValue / 4;

    /// <summary>Who looks on at each instruction, so that none runs in a block.</summary>
    public IEvmObserver? Observer { get; set; }

    /// <summary>Calls within calls.</summary>
    public int DepthMax { get; set; } = 256;

    internal int Depth { get; set; }

    /// <summary>One for each opcode and word.</summary>
    public static EvmPrices FlatPrices { get; } =
        new(
            Enumerable.Repeat(1u, EvmPrices.OpcodeCount).ToArray(),
            (EvmWork.MemoryWord, 1u),
            (EvmWork.CopiedWord, 1u),
            (EvmWork.LogWord, 1u),
            (EvmWork.ExponentBit, 1u));

    /// <summary>The account, made if there is none.</summary>
    public EvmAccount At(EthAddress address)
    {
        if (!accounts.TryGetValue(address, out EvmAccount? account))
        {
            account = new();
            accounts.Add(address, account);
        }

        return account;
    }

    /// <summary>Runs code on an account; what it did is undone unless it ends well.</summary>
    public EvmResult Run(in EvmInvocation invocation)
    {
        if (Depth >= DepthMax)
        {
            return new(ExitCode.SysAssertionFailed, default, 0);
        }

        Dictionary<EthAddress, EvmAccount> before = Snapshot();
        List<EvmLog> logsBefore = [.. logs];
        Depth++;
        EvmResult result = EvmInterpreter.Run(invocation, new MemoryEvmHost(this, invocation));
        Depth--;
        if (!result.ExitCode.IsSuccess)
        {
            (accounts, logs) = (before, logsBefore);
        }

        return result;
    }

    internal bool TryTransfer(EthAddress source, EthAddress target, in U256 value)
    {
        if (At(source).Balance < value)
        {
            return false;
        }

        At(source).Balance -= value;
        At(target).Balance += value;
        return true;
    }

    internal void Emit(EvmLog log) => logs.Add(log);

    private Dictionary<EthAddress, EvmAccount> Snapshot() =>
        accounts.ToDictionary(pair => pair.Key, pair => pair.Value.Clone());
}
