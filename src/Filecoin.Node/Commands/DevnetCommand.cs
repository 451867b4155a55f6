using System.CommandLine;
using System.Diagnostics;
using System.Net;
using Filecoin.Chain;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary><c>fvm devnet</c>: a network on this machine that tools connect to.</summary>
internal static class DevnetCommand
{
    private const int AccountsMax = 800;
    private const decimal BlockSecondsMin = 0.1m;
    private const decimal BlockSecondsMax = 1_000_000_000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    public static Command Create()
    {
        Option<int> port = new("--port") { Description = "Port; 0 for any that is free." };
        port.DefaultValueFactory = _ => new DevnetOptions().Port;
        Option<string> host = new("--host") { Description = "Address to listen on." };
        host.DefaultValueFactory = _ => IPAddress.Loopback.ToString();
        Option<int> accounts = new("--accounts") { Description = "How many accounts." };
        accounts.DefaultValueFactory = _ => new DevnetOptions().Accounts;
        Option<long> balance = new("--balance") { Description = "What each owns, in FIL." };
        balance.DefaultValueFactory = _ => new DevnetOptions().BalanceFil;
        Option<string> mnemonic = new("--mnemonic") { Description = "Words that keys come from." };
        mnemonic.DefaultValueFactory = _ => MnemonicKeys.Words;
        Option<decimal?> blockTime = new("--block-time")
        {
            Description = "Seconds between blocks, such as 2 or 0.5; else a block as soon as a"
                + " message is there. A block's own time is whole seconds.",
        };
        Option<bool> manual = new("--no-mining") { Description = "Blocks when asked for alone." };
        Option<string?> folder = SharedOptions.DataFolder();
        Option<string?> database = SharedOptions.Database();
        Option<string?> genesis = new("--genesis")
        {
            Description = "File that says what a new network begins with: docs/genesis.md.",
        };
        Option<bool> exactGas = new("--exact-gas")
        {
            Description = "Run the official bundle's actors, whose gas is the network's.",
        };
        Option<bool> auth = new("--auth")
        {
            Description = "Ask callers for a token (Authorization: Bearer …); those without one "
                + "may only read.",
        };
        Option<string?> bundles = SharedOptions.Bundles();
        Command command = new(
            "devnet",
            "Run a network on this machine that Ethereum's and Filecoin's tools connect to.\n\n"
            + "  fvm devnet\n"
            + "  fvm devnet --port 8546 --block-time 2\n\n"
            + "Accounts come from words that all know: put no real money there. Ctrl-C ends it.")
        {
            port, host, accounts, balance, mnemonic, blockTime, manual, folder, database,
            genesis, exactGas, auth, bundles,
        };
        command.SetAction(parsed => Run(new()
        {
            Port = InRange(parsed.GetValue(port), 0, ushort.MaxValue, "--port"),
            Host = IPAddress.TryParse(parsed.GetValue(host), out IPAddress? address)
                ? address
                : throw new FormatException($"--host {parsed.GetValue(host)} is no address"),
            Accounts = InRange(parsed.GetValue(accounts), 1, AccountsMax, "--accounts"),
            BalanceFil = parsed.GetValue(balance) is >= 0 and <= 1_000_000
                ? parsed.GetValue(balance)
                : throw new FormatException("--balance is not 0 to 1000000"),
            Mnemonic = MnemonicKeys.Checked(parsed.GetValue(mnemonic)!, "--mnemonic"),
            BlockTime = BlockTimeOf(parsed.GetValue(blockTime), parsed.GetValue(manual)),
            IsManual = parsed.GetValue(manual),
            Genesis = parsed.GetValue(genesis) is string file ? GenesisFile.Read(file) : new(),
            Place = SharedOptions.Place(parsed, folder, database),
            IsGasExact = parsed.GetValue(exactGas),
            HasTokens = parsed.GetValue(auth),
            Bundles = parsed.GetValue(bundles),
        }));
        return command;
    }

    private static TimeSpan? BlockTimeOf(decimal? seconds, bool isManual) => seconds switch
    {
        null => null,
        _ when isManual => throw new FormatException(
            "--block-time makes blocks by the clock, and --no-mining when asked for alone: give"
                + " one of them"),
        >= BlockSecondsMin and <= BlockSecondsMax =>
            TimeSpan.FromTicks((long)(seconds.Value * TimeSpan.TicksPerSecond)),
        _ => throw new FormatException(
            $"--block-time {seconds} is not {BlockSecondsMin} to {BlockSecondsMax} seconds"),
    };

    private static int InRange(int value, int least, int most, string name) =>
        value >= least && value <= most
            ? value
            : throw new FormatException($"{name} {value} is not {least} to {most}");

    private static int Run(DevnetOptions options)
    {
        using EndSignal end = new();
        using DevnetNetwork network = DevnetNetwork.Open(options);
        WebHost host = WebHost.Start(network.Server, network.Node, new(options.Host, options.Port))
            .GetAwaiter().GetResult();
        DevnetBanner.Show(options, network, host.Endpoint);
        MakeBlocks(network.Node, end);
        host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return FvmCommand.Success;
    }

    /// <summary>Makes the blocks that are due by interval, until the network is to end.</summary>
    private static void MakeBlocks(RpcNode node, EndSignal end)
    {
        BlockProducer producer = node.Producer;
        Stopwatch clock = Stopwatch.StartNew();
        TimeSpan due = clock.Elapsed;
        while (!end.Wait(Tick) && !node.IsEndAsked)
        {
            TimeSpan now = clock.Elapsed;
            if (producer.Mode != ProductionMode.Interval)
            {
                due = now;
            }
            else if (producer.Tick(now - due))
            {
                // What is late does not make all that follows late.
                due = now - TimeSpan.FromTicks((now - due).Ticks % producer.Interval.Ticks);
            }
        }
    }
}
