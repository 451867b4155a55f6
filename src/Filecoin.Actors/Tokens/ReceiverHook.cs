namespace Filecoin.Actors.Tokens;

/// <summary>What the recipient of tokens is to be told, once they are its own.</summary>
/// <param name="Recipient">Who is told.</param>
/// <param name="Tokens">What.</param>
/// <remarks>Spec: actors/datacap; actors-utils fvm_actor_utils/src/receiver/mod.rs.</remarks>
public sealed record ReceiverHook(Address Recipient, TokensReceived Tokens)
{
    /// <summary>Tells the recipient, and gives what it says.</summary>
    /// <exception cref="ActorAbortException">The recipient's code, if it refuses.</exception>
    public ReadOnlyMemory<byte> Call(IRuntime runtime)
    {
        SendResult result = runtime.Send(
            Recipient,
            UniversalReceiverParams.Method,
            new UniversalReceiverParams(TokensReceived.Type, Cbor.Encode(Tokens)),
            TokenAmount.Zero);

        // Quirk: what a recipient gives with its refusal is dropped.
        return result.IsSuccess
            ? result.Value?.Data ?? default
            : throw new ActorAbortException(
                result.FailureCode, $"{Recipient} refuses: {result.FailureCode}");
    }
}
