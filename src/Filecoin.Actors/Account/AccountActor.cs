namespace Filecoin.Actors.Account;

/// <summary>The account of a key, f1 or f3.</summary>
/// <remarks>Spec: actors/account.</remarks>
public static class AccountActor
{
    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.Account,
        [
            ActorMethod.Of<Address>(1, nameof(Constructor), Constructor),
            ActorMethod.Returning<Address>(2, nameof(PubkeyAddress), PubkeyAddress),
            ActorMethod.Exported<AuthenticateMessageParams, AuthenticateMessageReturn>(
                nameof(AuthenticateMessage), AuthenticateMessage),
        ])
    {
        AcceptsExported = true,
    };

    /// <summary>The machine calls it when a key's address is used for the first time.</summary>
    private static void Constructor(IRuntime runtime, Address address)
    {
        runtime.RequireCaller(WellKnownActors.System);
        if (address.Protocol is not (Protocol.Secp256k1 or Protocol.Bls))
        {
            throw Abort.IllegalArgument($"an account's address is f1 or f3, not {address}");
        }

        runtime.CreateState(new AccountState(address));
    }

    private static Address PubkeyAddress(IRuntime runtime)
    {
        runtime.AcceptAnyCaller();
        return runtime.LoadState<AccountState>().Address;
    }

    /// <summary>
    /// Ends with USR_ILLEGAL_ARGUMENT, never false, unless the signature is valid.
    /// </summary>
    private static AuthenticateMessageReturn AuthenticateMessage(
        IRuntime runtime, AuthenticateMessageParams parameters)
    {
        runtime.AcceptAnyCaller();
        Address signer = runtime.LoadState<AccountState>().Address;
        SignatureType type = signer.Protocol switch
        {
            Protocol.Secp256k1 => SignatureType.Secp256k1,
            Protocol.Bls => SignatureType.Bls,
            _ => throw Abort.IllegalState($"an account's address is f1 or f3, not {signer}"),
        };
        Signature signature = new(type, parameters.Signature);
        return runtime.IsSignatureValid(signature, signer, parameters.Message.Span)
            ? new(true)
            : throw Abort.IllegalArgument("failed to authenticate message, signature invalid");
    }
}
