namespace Filecoin.Actors.Account;

/// <summary>An account's state.</summary>
/// <param name="Address">Its key: f1 or f3.</param>
[CborTuple]
public readonly partial record struct AccountState(Address Address);
