using System.Globalization;
using System.Text;
using Filecoin.Crypto;

namespace Filecoin.Rpc;

/// <summary>Signatures of the node's accounts under what is no transaction.</summary>
/// <remarks>Spec: EIP-191, EIP-712; as anvil and Hardhat have them.</remarks>
public static class SigningMethods
{
    private const byte FirstRecovery = 27;

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<EthereumAddress, HexBytes, HexBytes>(
            "eth_sign", Permission.Sign, "Signs a text for a person.", Sign),
        RpcMethod.Of<HexBytes, EthereumAddress, string?, HexBytes>(
            "personal_sign", Permission.Sign, "The same; a password is not looked at.",
            SignForPerson, 2),
        .. RpcMethod.Of<EthereumAddress, JsonElement, HexBytes>(
            "eth_signTypedData_v4", Permission.Sign, "Signs data with types.", SignTyped)
            .And("eth_signTypedData"),
    ];

    private static HexBytes Sign(RpcCall call, EthereumAddress address, HexBytes data)
    {
        byte[] head = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"\u0019Ethereum Signed Message:\n{data.Bytes.Length}"));
        return SignHash(call, address, Keccak256.Hash([.. head, .. data.Bytes.Span]));
    }

    private static HexBytes SignForPerson(
        RpcCall call, HexBytes data, EthereumAddress address, string? password) =>
        Sign(call, address, data);

    private static HexBytes SignTyped(RpcCall call, EthereumAddress address, JsonElement data) =>
        SignHash(call, address, TypedData.HashOf(data));

    private static HexBytes SignHash(RpcCall call, EthereumAddress address, byte[] hash)
    {
        byte[] signature = call.Node.Keys.KeyOf(address.ToAddress()).Sign(hash);
        signature[^1] += FirstRecovery;
        return new(signature);
    }
}
