using Filecoin.TestKit.Evm;

namespace Filecoin.Evm.Tests.Opcodes;

/// <summary>Runs code given in hexadecimal digits, spaces between as one likes.</summary>
internal static class Program
{
    internal static readonly EthAddress Self = EthAddress.FromWord(0x5e1f);
    internal static readonly EthAddress Caller = EthAddress.FromWord(0xca11);

    /// <summary>Stores the word on top in memory and returns it.</summary>
    internal const string ReturnTop = " 5f 52 6020 5f f3";

    internal static EvmResult Run(
        string code, string input = "", EvmWorld? world = null, bool isReadOnly = false) =>
        (world ?? new EvmWorld()).Run(new(
            new(Bytes(code)), Bytes(input), Self, Caller, 7, isReadOnly));

    /// <summary>What is on top after the code.</summary>
    internal static U256 Top(string code, string input = "", EvmWorld? world = null)
    {
        EvmResult result = Run(code + ReturnTop, input, world);
        Assert.Equal(ExitCode.Ok, result.ExitCode);
        return U256.FromBigEndian(result.Output.Span);
    }

    internal static void Ends(uint code, string program, bool isReadOnly = false) =>
        Assert.Equal(code, Run(program, isReadOnly: isReadOnly).ExitCode.Value);

    internal static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", ""));
}
