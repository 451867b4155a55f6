namespace Filecoin.Evm;

/// <summary>Addresses of precompiled contracts.</summary>
/// <remarks>
/// Spec: evm 8.4 and 13; builtin-actors actors/evm/src/interpreter/precompiles/mod.rs.
/// </remarks>
public static class EvmPrecompiles
{
    /// <summary>The first byte of Filecoin's own range.</summary>
    public const byte FilecoinPrefix = 0xfe;

    /// <summary>Where a counter's kinds begin that are calls, by the address.</summary>
    public const int CallKind = 512;

    /// <summary>Where a counter's kinds begin that are these calls' work.</summary>
    public const int WorkKind = 1024;

    private const byte EthereumPrefix = 0x00;

    /// <summary>The one precompiled contract outside both ranges: P256VERIFY.</summary>
    private static readonly EthAddress Verify256 = EthAddress.FromWord(PrecompileTable.P256Verify);

    /// <summary>Whether calls of it never reach an account, be it defined or not.</summary>
    public static bool IsReserved(EthAddress address) =>
        address == Verify256
        || address.NumberAfter(EthereumPrefix) != 0
        || address.NumberAfter(FilecoinPrefix) != 0;

    /// <summary>Whether it is one of Ethereum's that is defined.</summary>
    public static bool IsEthereum(EthAddress address) => PrecompileTable.Find(address) is not null;

    /// <summary>The number in Filecoin's range, 1 to 255, defined or not; 0 for others.</summary>
    public static byte FilecoinNumber(EthAddress address) => address.NumberAfter(FilecoinPrefix);

    /// <summary>Calls a reserved address and sends the value afterwards.</summary>
    internal static ExitCode Call(IEvmHost host, in EvmCall call, out EvmCallResult result)
    {
        result = EvmCallResult.Failure;
        byte number = FilecoinNumber(call.Target);
        PrecompileOutcome outcome = number != 0
            ? host.RunFilecoinPrecompile(number, call, out ReadOnlyMemory<byte> output)
            : Run(host, call, out output);
        if (outcome == PrecompileOutcome.Done
            && (call.Value.IsZero || host.TryTransfer(call.Target, call.Value)))
        {
            result = new(U256.One, output);
        }

        return outcome switch
        {
            PrecompileOutcome.Panicked => EvmExitCode.AssertionFailed,
            PrecompileOutcome.OutOfGas => ExitCode.SysOutOfGas,
            PrecompileOutcome.OutOfMemory => ExitCode.SysIllegalInstruction,
            _ => ExitCode.Ok,
        };
    }

    private static PrecompileOutcome Run(
        IEvmHost host, in EvmCall call, out ReadOnlyMemory<byte> output)
    {
        output = default;
        if (PrecompileTable.Find(call.Target) is not Precompile row)
        {
            return PrecompileOutcome.Done;
        }

        long work = row.Work(call.Input);
        host.Counter?.Invoke(CallKind + row.Address, 1);
        host.Counter?.Invoke(WorkKind + row.Address, work);
        return host.TryChargePrecompile(row.Address, work)
            ? row.Body(host, call.Input, out output)
            : PrecompileOutcome.OutOfGas;
    }
}
