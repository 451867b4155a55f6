namespace Filecoin.Evm;

/// <summary>One run of a contract's code.</summary>
/// <param name="Code">The code; in a delegated call another contract's.</param>
/// <param name="Input">The call's data; empty for a constructor.</param>
/// <param name="Receiver">Whose storage and balance it is about.</param>
/// <param name="Caller">Who calls; in a delegated call the original caller.</param>
/// <param name="Value">attoFIL that came with the call; in a delegated call the original.</param>
/// <param name="IsReadOnly">Whether a change of state ends it with exit code 25.</param>
public readonly record struct EvmInvocation(
    EvmCode Code,
    ReadOnlyMemory<byte> Input,
    EthAddress Receiver,
    EthAddress Caller,
    U256 Value,
    bool IsReadOnly);
