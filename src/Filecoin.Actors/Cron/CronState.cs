namespace Filecoin.Actors.Cron;

/// <summary>A method that cron calls.</summary>
/// <param name="Receiver">The actor.</param>
/// <param name="Method">Its method, which takes no parameters.</param>
[CborTuple]
public readonly partial record struct CronEntry(Address Receiver, MethodNumber Method);

/// <summary>The cron actor's state, and what it is made with.</summary>
/// <param name="Entries">What it calls, in order.</param>
[CborTuple]
public readonly partial record struct CronState(ValueList<CronEntry> Entries);
