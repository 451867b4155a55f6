namespace Filecoin;

/// <summary>An actor's record in the state.</summary>
/// <remarks>Spec: message-execution 3.2. CBOR: an array of the members in order.</remarks>
/// <param name="Code">CID of its code.</param>
/// <param name="State">CID of its state.</param>
/// <param name="Nonce">Messages sent, of an account (sequence in ref-fvm).</param>
/// <param name="Balance">What it owns.</param>
/// <param name="DelegatedAddress">Its f4 address; null for none.</param>
public readonly record struct ActorState(
    Cid Code, Cid State, ulong Nonce, TokenAmount Balance, Address? DelegatedAddress)
    : ICbor<ActorState>
{
    private const int FieldCount = 5;

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out ActorState value)
    {
        value = default;
        if (!reader.TryReadArrayOf(FieldCount)
            || !reader.TryReadCid(out Cid code)
            || !reader.TryReadCid(out Cid state)
            || !reader.TryReadUInt64(out ulong nonce)
            || !TokenAmount.TryRead(ref reader, out TokenAmount balance))
        {
            return false;
        }

        Address? delegated = null;
        if (!reader.TryReadNull())
        {
            if (!Address.TryRead(ref reader, out Address address))
            {
                return false;
            }

            delegated = address;
        }

        value = new(code, state, nonce, balance, delegated);
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer)
    {
        writer.WriteArrayHeader(FieldCount);
        writer.WriteCid(Code);
        writer.WriteCid(State);
        writer.WriteUInt64(Nonce);
        Balance.WriteTo(ref writer);
        if (DelegatedAddress is Address address)
        {
            address.WriteTo(ref writer);
        }
        else
        {
            writer.WriteNull();
        }
    }
}

/// <summary>An actor's record up to network version 17: no delegated address.</summary>
[CborTuple]
public readonly partial record struct LegacyActorState(
    Cid Code, Cid State, ulong Nonce, TokenAmount Balance)
{
    /// <summary>The old form of a record; its delegated address is lost.</summary>
    public static LegacyActorState From(ActorState actor) =>
        new(actor.Code, actor.State, actor.Nonce, actor.Balance);

    /// <summary>The record in today's form.</summary>
    public ActorState ToCurrent() => new(Code, State, Nonce, Balance, null);
}
