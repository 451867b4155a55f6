namespace Filecoin.Actors.Datacap;

/// <summary>Datacap for a verified client.</summary>
/// <param name="To">The client.</param>
/// <param name="Amount">How much.</param>
/// <param name="Operators">Who may spend as much of it as they like.</param>
[CborTuple]
public sealed partial record MintParams(
    Address To, TokenAmount Amount, ValueList<Address> Operators);

/// <summary>A client's datacap that is destroyed.</summary>
[CborTuple]
public sealed partial record DestroyParams(Address Owner, TokenAmount Amount);
