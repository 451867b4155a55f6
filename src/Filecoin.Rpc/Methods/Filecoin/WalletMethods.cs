namespace Filecoin.Rpc;

/// <summary>The node's keys, and what addresses own.</summary>
/// <remarks>Spec: lotus node/impl/full/wallet.go.</remarks>
public static class WalletMethods
{
    private static readonly SignatureVerifier Verifier = new();

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<AddressView, AmountView>(
            "Filecoin.WalletBalance", Permission.Read, "What an address owns.", Balance),
        RpcMethod.Of<string, AddressView>(
            "Filecoin.WalletValidateAddress", Permission.Read, "Reads an address.", Validate),
        RpcMethod.Of<AddressView, byte[], SignatureView, bool>(
            "Filecoin.WalletVerify", Permission.Read, "Whether a signature is an address'.",
            Verify),
        RpcMethod.Of<string, AddressView>(
            "Filecoin.WalletNew", Permission.Write, "Makes a key.", New),
        RpcMethod.Of<AddressView, bool>(
            "Filecoin.WalletHas", Permission.Write, "Whether the node has a key.", Has),
        RpcMethod.Of(
            "Filecoin.WalletList", Permission.Write, "The addresses of the node's keys.", List),
        RpcMethod.Of(
            "Filecoin.WalletDefaultAddress", Permission.Write, "The address of the usual key.",
            DefaultAddress),
        RpcMethod.Of<AddressView, object?>(
            "Filecoin.WalletSetDefault", Permission.Write, "Makes a key the usual one.",
            SetDefault),
        RpcMethod.Of<AddressView, byte[], SignatureView>(
            "Filecoin.WalletSign", Permission.Sign, "Signs bytes.", Sign),
        RpcMethod.Of<AddressView, MessageView, SignedMessageView>(
            "Filecoin.WalletSignMessage", Permission.Sign, "Signs a message.", SignMessage),
        RpcMethod.Of<AddressView, KeyView>(
            "Filecoin.WalletExport", Permission.Admin, "A key's secret.", Export),
        RpcMethod.Of<KeyView, AddressView>(
            "Filecoin.WalletImport", Permission.Admin, "Takes a key.", Import),
        RpcMethod.Of<AddressView, object?>(
            "Filecoin.WalletDelete", Permission.Admin, "Forgets a key.", Delete),
    ];

    /// <summary>The node's key of an address, which may be an account's id.</summary>
    /// <exception cref="RpcException">The node has none.</exception>
    internal static WalletKey KeyOf(RpcCall call, AddressView address) =>
        call.Node.Wallet.Find(SignerOf(call, address))
            ?? throw new RpcException($"key info not found: the node has no key of {address}");

    /// <summary>Whose key it is: the address itself, unless that is an id.</summary>
    private static Address SignerOf(RpcCall call, AddressView address) => address.Address.IsId
        ? ActorMethods.AccountKey(call, address, null).Address
        : address.Address;

    private static AmountView Balance(RpcCall call, AddressView address) =>
        new(ChainState.At(call, null).BalanceOf(address.Address));

    private static AddressView Validate(RpcCall call, string text) =>
        Address.TryParse(text, out Address address)
            ? new(address)
            : throw new RpcException($"invalid address: {text}");

    /// <summary>Whether a signature of bytes is an address', which may be an id.</summary>
    internal static bool Verify(
        RpcCall call, AddressView signer, byte[] data, SignatureView signature)
    {
        Address key = SignerOf(call, signer);
        Signature given = signature.ToSignature();
        return given.Type == SignatureType.Delegated
            ? WalletKey.VerifyDelegated(key, data, given.Data.Span)
            : Verifier.VerifySignature(given.Type, given.Data.Span, key, data) == Verdict.Valid;
    }

    private static AddressView New(RpcCall call, string type)
    {
        WalletKey key = WalletKey.TryParseType(type, out SignatureType known)
            ? WalletKey.Make(known)
            : throw RpcException.BadParameters($"invalid key type: {type}");
        call.Node.Wallet.Add(key);
        return new(key.Address);
    }

    private static bool Has(RpcCall call, AddressView address) =>
        call.Node.Wallet.Find(address.Address) is not null;

    private static IReadOnlyList<AddressView> List(RpcCall call)
    {
        List<AddressView> addresses = [];
        foreach (Address address in call.Node.Wallet.Addresses)
        {
            addresses.Add(new(address));
        }

        return addresses;
    }

    private static AddressView DefaultAddress(RpcCall call) =>
        call.Node.Wallet.Usual is Address address
            ? new(address)
            : throw new RpcException("no default key: the wallet is empty");

    private static object? SetDefault(RpcCall call, AddressView address) =>
        call.Node.Wallet.Choose(address.Address)
            ? null
            : throw new RpcException($"key info not found: the node has no key of {address}");

    private static SignatureView Sign(RpcCall call, AddressView signer, byte[] data) =>
        SignatureView.Of(KeyOf(call, signer).Sign(data))!;

    private static SignedMessageView SignMessage(
        RpcCall call, AddressView signer, MessageView message) => SignedMessageView.Of(
            KeyOf(call, signer).Sign(message.ToMessage(), call.Node.Chain.Network.ChainId),
            message);

    private static KeyView Export(RpcCall call, AddressView address)
    {
        WalletKey key = KeyOf(call, address);
        return new(key.TypeName, key.Secret.ToArray());
    }

    private static AddressView Import(RpcCall call, KeyView given)
    {
        WalletKey key = WalletKey.TryParseType(given.Type, out SignatureType type)
            ? WalletKey.Of(type, given.PrivateKey)
            : throw RpcException.BadParameters($"invalid key type: {given.Type}");
        call.Node.Wallet.Add(key);
        return new(key.Address);
    }

    private static object? Delete(RpcCall call, AddressView address) =>
        call.Node.Wallet.Delete(address.Address)
            ? null
            : throw new RpcException($"key info not found: the node has no key of {address}");
}

/// <summary>A key with its secret.</summary>
/// <param name="Type">secp256k1, bls or delegated.</param>
/// <param name="PrivateKey">32 bytes; of BLS the lowest first.</param>
public sealed record KeyView(string Type, byte[] PrivateKey);
