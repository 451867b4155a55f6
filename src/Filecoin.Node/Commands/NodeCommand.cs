using System.CommandLine;
using System.Net;

namespace Filecoin.Node;

/// <summary><c>fvm node</c>: a node that reads a chain, or follows another node's.</summary>
internal static class NodeCommand
{
    private const int PortUsual = 8546;

    public static Command Create()
    {
        Option<string?> follow = new("--follow")
        {
            Description = "Address of a node, whose blocks are executed here: http://host:port.",
        };
        Option<string?> folder = SharedOptions.DataFolder();
        Option<string?> database = SharedOptions.Database();
        Option<int> port = new("--port") { Description = "Port; 0 for any that is free." };
        port.DefaultValueFactory = _ => PortUsual;
        Option<string> host = new("--host") { Description = "Address to listen on." };
        host.DefaultValueFactory = _ => IPAddress.Loopback.ToString();
        Option<bool> exactGas = new("--exact-gas")
        {
            Description = "Execute with the official bundle's actors, as the node followed does.",
        };
        Option<string?> bundles = SharedOptions.Bundles();
        Command command = new(
            "node",
            "Serve a chain that this node makes no blocks of.\n\n"
            + "  fvm node --follow http://127.0.0.1:8545\n"
            + "  fvm node --store postgres://fvm@database/chain\n\n"
            + "With --follow it takes another node's blocks and executes them; where it comes to\n"
            + "something else it says at which message and field, and ends. Without, it reads\n"
            + "what a folder or a database has. Exit codes: 0 ended by Ctrl-C, 1 the nodes\n"
            + "disagree, 2 wrong usage, 3 no chain.")
        {
            follow, folder, database, port, host, exactGas, bundles,
        };
        command.SetAction(parsed => Run(
            new()
            {
                Leader = parsed.GetValue(follow),
                Place = SharedOptions.Place(parsed, folder, database),
                IsGasExact = parsed.GetValue(exactGas),
                Bundles = parsed.GetValue(bundles),
            },
            new(
                IPAddress.TryParse(parsed.GetValue(host), out IPAddress? address)
                    ? address
                    : throw new FormatException($"--host {parsed.GetValue(host)} is no address"),
                parsed.GetValue(port) is >= 0 and <= ushort.MaxValue
                    ? parsed.GetValue(port)
                    : throw new FormatException($"--port {parsed.GetValue(port)} is none"))));
        return command;
    }

    private static int Run(ReadNodeOptions options, IPEndPoint endpoint)
    {
        if (options.Leader is null && options.Place.IsMemory)
        {
            throw new FormatException("no chain: give --follow, --data-dir or --store");
        }

        using EndSignal end = new();
        using ReadNode node = ReadNode.Open(options, Tell, end.Token);
        WebHost host = WebHost.Start(node.Server, node.Node, endpoint).GetAwaiter().GetResult();
        try
        {
            Console.WriteLine(
                $"Head is epoch {node.Node.Chain.Head.Epoch}"
                    + (options.Leader is string leader ? $", following {leader}" : "")
                    + $"\n\nListening on http://{host.Endpoint} and ws://{host.Endpoint}");
            Console.Out.Flush();
            while (!end.Wait(node.Step()))
            {
            }
        }
        finally
        {
            host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        return FvmCommand.Success;
    }

    private static void Tell(string line) =>
        Console.Error.WriteLine(Excerpt.OneLine($"fvm: {line}"));
}
