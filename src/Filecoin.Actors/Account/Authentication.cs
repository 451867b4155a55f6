namespace Filecoin.Actors.Account;

/// <summary>Asking an actor whether it has signed something.</summary>
/// <remarks>Spec: actors/account, AuthenticateMessage.</remarks>
public static class Authentication
{
    private static readonly MethodNumber AuthenticateMessage =
        MethodNumber.Exported(nameof(AuthenticateMessage));

    /// <summary>Fails unless an actor says that it has signed a message.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="signer">Who is asked; it can change nothing meanwhile.</param>
    /// <param name="signature">The signature's bytes, without its type.</param>
    /// <param name="message">What was signed.</param>
    /// <exception cref="ActorAbortException">
    /// As the actor fails. USR_ILLEGAL_ARGUMENT, it says no. USR_ASSERTION_FAILED, it says
    /// nothing. USR_SERIALIZATION, it says something else.
    /// </exception>
    public static void RequireAuthentic(
        this IRuntime runtime,
        Address signer,
        ReadOnlyMemory<byte> signature,
        ReadOnlyMemory<byte> message)
    {
        SendResult result = runtime.Send(new()
        {
            To = signer,
            Method = AuthenticateMessage,
            Parameters = ParameterCodec.Encode(new AuthenticateMessageParams(signature, message)),
            IsReadOnly = true,
        });
        if (!result.Require<AuthenticateMessageReturn>().IsAuthentic)
        {
            throw Abort.IllegalArgument($"{signer} has not signed this");
        }
    }
}
