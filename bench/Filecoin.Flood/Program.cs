using System.Globalization;
using Filecoin.Flood;

// Floods a node, to see what is left for others.
if (args is not [string url, string name, string connections, string seconds]
    || Attack.Find(name) is not Attack attack)
{
    Console.Error.WriteLine(
        $"Filecoin.Flood URL KIND CONNECTIONS SECONDS, where KIND is one of\n{Attack.Names}");
    return 1;
}

using CancellationTokenSource end = new();
HostileConnections flood = new(new(url), end.Token);
Task over = flood.Begin(attack, int.Parse(connections, CultureInfo.InvariantCulture));
await flood.AllConnected;
Console.WriteLine("begun");
end.CancelAfter(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
await over;
Console.WriteLine(flood);
return 0;
