namespace Filecoin.Evm;

/// <summary>Which instruction calls.</summary>
public enum EvmCallKind
{
    /// <summary>CALL.</summary>
    Call,

    /// <summary>DELEGATECALL: the other's code on the caller's state.</summary>
    Delegate,

    /// <summary>STATICCALL: read-only.</summary>
    Static,
}

/// <summary>What a call instruction asks for.</summary>
/// <param name="kind">Which instruction.</param>
/// <param name="gas">The gas operand as it stood on the stack.</param>
/// <param name="target">Whom to call.</param>
/// <param name="value">attoFIL to send; zero unless it is a CALL.</param>
/// <param name="input">A view of the caller's memory.</param>
public readonly ref struct EvmCall(
    EvmCallKind kind, in U256 gas, EthAddress target, in U256 value, ReadOnlySpan<byte> input)
{
    /// <summary>Which instruction.</summary>
    public EvmCallKind Kind { get; } = kind;

    /// <summary>The gas operand as it stood on the stack.</summary>
    public U256 Gas { get; } = gas;

    /// <summary>Whom to call.</summary>
    public EthAddress Target { get; } = target;

    /// <summary>attoFIL to send; zero unless it is a CALL.</summary>
    public U256 Value { get; } = value;

    /// <summary>A view of the caller's memory, good until the call returns.</summary>
    public ReadOnlySpan<byte> Input { get; } = input;
}

/// <summary>What a CREATE or CREATE2 asks for.</summary>
/// <param name="initCode">A view of the creator's memory.</param>
/// <param name="value">attoFIL for the new contract; the creator has them.</param>
/// <param name="salt">The salt of CREATE2; null for CREATE.</param>
public readonly ref struct EvmCreation(ReadOnlySpan<byte> initCode, in U256 value, U256? salt)
{
    /// <summary>A view of the creator's memory, good until the call returns.</summary>
    public ReadOnlySpan<byte> InitCode { get; } = initCode;

    /// <summary>attoFIL for the new contract; the creator has them.</summary>
    public U256 Value { get; } = value;

    /// <summary>The salt of CREATE2; null for CREATE.</summary>
    public U256? Salt { get; } = salt;
}

/// <summary>What the caller sees of a call or creation.</summary>
/// <param name="Word">What is pushed: 1 or 0, or the new contract's address.</param>
/// <param name="ReturnData">What RETURNDATACOPY reads.</param>
public readonly record struct EvmCallResult(U256 Word, ReadOnlyMemory<byte> ReturnData)
{
    /// <summary>A failure without data.</summary>
    public static EvmCallResult Failure => default;

    /// <summary>A success without data.</summary>
    public static EvmCallResult Success => new(U256.One, default);
}
