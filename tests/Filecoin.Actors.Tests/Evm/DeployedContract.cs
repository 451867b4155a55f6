using Filecoin.Evm;

namespace Filecoin.Actors.Evm.Tests;

/// <summary>A contract that was made of some code, and a caller of it.</summary>
internal sealed class DeployedContract
{
    internal const ulong Invoke = 3_844_450_837;

    internal static readonly ActorId Caller = new(1_001);
    internal static readonly byte[] OwnAddress =
        Convert.FromHexString("8dc8b08ed46f04f2cd9c3e8d4da8b7f9c3b5a7e1");

    /// <summary>Makes it with runtime code given in hexadecimal digits.</summary>
    internal DeployedContract(string code)
    {
        Runtime.Origin = Caller;
        Runtime.Nonce = 1;
        Runtime.Add(
            Runtime.Receiver,
            BuiltinType.Evm,
            Address.FromDelegated(WellKnownActors.EthereumAddressManager, OwnAddress));
        _ = Runtime.Call(Actor, WellKnownActors.Init, 1, ParametersFor(code));
        Runtime.Nonce = 2;
    }

    internal static BuiltinActor Actor => EvmActor.Definition;

    internal MemoryRuntime Runtime { get; } = new();

    internal EvmState State => Runtime.Memory.GetCbor<EvmState>(Runtime.Root);

    /// <summary>Initcode that returns what follows it.</summary>
    internal static ConstructorParams ParametersFor(string code)
    {
        byte[] bytes = Convert.FromHexString(code);
        byte[] length = [(byte)(bytes.Length >> 8), (byte)(bytes.Length & 0xff)];

        // PUSH2 length, DUP1, PUSH1 11, PUSH0, CODECOPY, PUSH0, RETURN.
        byte[] initcode =
            [0x61, .. length, 0x80, 0x60, 0x0b, 0x5f, 0x39, 0x5f, 0xf3, 0x00, .. bytes];
        return new(new(EthAddress.FromActorId(Caller)), initcode);
    }

    /// <summary>Calls it with data in hexadecimal digits, and gives what it returns.</summary>
    internal string Call(string input = "")
    {
        IpldBlock? result = Runtime.Call(
            Actor,
            Caller,
            Invoke,
            new InvokeContractParams(Convert.FromHexString(input)));
        return Convert.ToHexStringLower(
            ParameterCodec.Decode<InvokeContractReturn>(result!).OutputData.Span);
    }

    internal ExitCode Fail(string input = "") => Runtime.Fail(
        Actor, Caller, Invoke, new InvokeContractParams(Convert.FromHexString(input)));
}
