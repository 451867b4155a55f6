namespace Filecoin.Evm;

/// <summary>What surrounds a running contract: its account, the chain, other accounts.</summary>
/// <remarks>
/// Spec: evm 7 to 13; builtin-actors actors/evm/src/interpreter/system.rs.
/// Errors: an <see cref="ExitCode"/> other than Ok ends the contract with that code. A host may
/// also throw, for gas that is gone or a broken store: the interpreter lets it pass.
/// The interpreter itself refuses changes in read-only runs before it asks.
/// </remarks>
public interface IEvmHost
{
    /// <summary>What the interpreter's work costs; read once at the start of a run.</summary>
    EvmPrices Prices { get; }

    /// <summary>
    /// Who looks on at each instruction, which then takes longer; null for nobody. Read once at
    /// the start of a run.
    /// </summary>
    IEvmObserver? Observer => null;

    /// <summary>
    /// Takes down units of work, where somebody asks: opcodes by their byte, other work by
    /// <see cref="EvmWork"/> behind them.
    /// </summary>
    Action<int, long>? Counter => null;

    /// <summary>FVM gas available now, in whole units.</summary>
    ulong GasAvailable { get; }

    /// <summary>The message's origin.</summary>
    EthAddress Origin { get; }

    /// <summary>Base fee and effective premium, in attoFIL for a unit of gas.</summary>
    U256 GasPrice { get; }

    /// <summary>The base fee, in attoFIL for a unit of gas.</summary>
    U256 BaseFee { get; }

    /// <summary>The current epoch.</summary>
    ChainEpoch Epoch { get; }

    /// <summary>The tipset's time, in seconds.</summary>
    ulong Timestamp { get; }

    /// <summary>The network's number of EIP-155.</summary>
    ulong ChainId { get; }

    /// <summary>The receiver's balance, in attoFIL.</summary>
    U256 SelfBalance { get; }

    /// <summary>Pays for work done since the last time, by <see cref="Prices"/>.</summary>
    /// <returns>Work that may be done before the next time; negative: gas is gone.</returns>
    long Charge(long work);

    /// <summary>Pays for one of Ethereum's precompiled contracts before it runs.</summary>
    /// <param name="address">Its number.</param>
    /// <param name="work">What Ethereum charges for it, as a measure of the work.</param>
    /// <returns>False: gas is gone.</returns>
    bool TryChargePrecompile(int address, long work);

    /// <summary>The digest of an epoch's tipset key; asked for the last 256 epochs only.</summary>
    /// <returns>Zero if there is none.</returns>
    U256 BlockHash(ChainEpoch epoch);

    /// <summary>The epoch's randomness for PREVRANDAO.</summary>
    ExitCode PrevRandao(out U256 value);

    /// <summary>An account's balance, in attoFIL; zero if there is no account.</summary>
    U256 Balance(EthAddress address);

    /// <summary>Length of an account's code, as EXTCODESIZE tells it.</summary>
    ExitCode CodeSize(EthAddress address, out int size);

    /// <summary>An account's code, as EXTCODECOPY tells it.</summary>
    ExitCode LoadCode(EthAddress address, out ReadOnlyMemory<byte> code);

    /// <summary>The hash of an account's code, as EXTCODEHASH tells it.</summary>
    ExitCode CodeHash(EthAddress address, out U256 hash);

    /// <summary>Reads a slot of the receiver's storage; zero if it was never written.</summary>
    ExitCode LoadStorage(in U256 key, out U256 value);

    /// <summary>Writes a slot of the receiver's storage.</summary>
    ExitCode StoreStorage(in U256 key, in U256 value);

    /// <summary>Reads a slot of the receiver's transient storage.</summary>
    ExitCode LoadTransient(in U256 key, out U256 value);

    /// <summary>Writes a slot of the receiver's transient storage.</summary>
    ExitCode StoreTransient(in U256 key, in U256 value);

    /// <summary>Calls another account that is no precompiled contract.</summary>
    ExitCode CallAccount(in EvmCall request, out EvmCallResult result);

    /// <summary>Runs a precompiled contract of Filecoin's range, 0xfe…01 to 0xfe…ff.</summary>
    /// <remarks>A number that is not taken succeeds without output.</remarks>
    PrecompileOutcome RunFilecoinPrecompile(
        byte number, in EvmCall request, out ReadOnlyMemory<byte> output);

    /// <summary>Sends value to an account without running code; false if it failed.</summary>
    bool TryTransfer(EthAddress target, in U256 value);

    /// <summary>Creates a contract and counts the creator's nonce up.</summary>
    ExitCode CreateContract(in EvmCreation request, out EvmCallResult result);

    /// <summary>Sends the whole balance, marks the receiver as dead; false if it failed.</summary>
    bool TrySelfDestruct(EthAddress beneficiary);

    /// <summary>Emits an event.</summary>
    ExitCode Log(ReadOnlySpan<U256> topics, ReadOnlySpan<byte> data);

    /// <summary>Hashes into a digest of the function's own length.</summary>
    void Hash(EvmHash algorithm, ReadOnlySpan<byte> data, Span<byte> digest);

    /// <summary>Finds the secp256k1 key of a signature; false if there is none.</summary>
    bool TryRecoverPublicKey(
        ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> signature65, Span<byte> key65);
}
