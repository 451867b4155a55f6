using Filecoin.TestKit.Evm;

namespace Filecoin.Evm.Tests.Precompiles;

/// <summary>Calls a precompiled contract as a contract does.</summary>
internal static class PrecompileCall
{
    private static readonly EthAddress Caller = EthAddress.FromWord(0xcafe);

    /// <summary>The output in hexadecimal digits; null if the call failed.</summary>
    internal static string? Run(int address, string input)
    {
        EvmCallResult result = Call(new EvmWorld(), address, input, 0, out ExitCode code);
        Assert.Equal(ExitCode.Ok, code);
        return result.Word.IsZero ? null : Convert.ToHexStringLower(result.ReturnData.Span);
    }

    internal static EvmCallResult Call(
        EvmWorld world, int address, string input, ulong value, out ExitCode code)
    {
        EvmInvocation invocation = new(new(default), default, Caller, Caller, 0, false);
        EvmCall call = new(
            EvmCallKind.Call,
            U256.Max,
            EthAddress.FromWord((ulong)address),
            value,
            Convert.FromHexString(input));
        code = EvmPrecompiles.Call(
            new MemoryEvmHost(world, invocation), call, out EvmCallResult result);
        return result;
    }
}
