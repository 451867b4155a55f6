using System.CommandLine;
using Filecoin.Chain;

namespace Filecoin.Node;

/// <summary>
/// <c>fvm chain export</c> and <c>fvm chain import</c>: a chain as a CAR.
/// </summary>
internal static class ChainFiles
{
    private const string PartMark = ".part";

    public static Command Export()
    {
        Argument<string> file = new("FILE") { Description = "The CAR to be written." };
        Option<string?> folder = SharedOptions.DataFolder();
        Option<string?> database = SharedOptions.Database();
        Option<string?> follow = new("--follow")
        {
            Description = "Address of a running node, whose chain is executed here first.",
        };
        Option<long?> epochs = new("--epochs")
        {
            Description = "For how many of the last epochs messages and states are written;"
                + " else for all.",
        };
        Command command = new(
            "export",
            "Write a chain to a file: all headers, and messages, receipts and states.\n\n"
            + "  fvm chain export chain.car --data-dir DIR\n"
            + "  fvm chain export chain.car --follow http://127.0.0.1:8545\n\n"
            + "Until it is whole the file has another name, FILE.part; a\n"
            + "file that is there already is not written over.")
        {
            file.WithoutOptions(), folder, database, follow, epochs,
        };
        command.SetAction(parsed =>
        {
            ChainPlace place = SharedOptions.Place(parsed, folder, database);
            string target = parsed.GetValue(file)!;
            RequireNew(target);
            long depth = parsed.GetValue(epochs) ?? long.MaxValue;
            if (depth <= 0)
            {
                throw new FormatException("--epochs is not positive");
            }

            return parsed.GetValue(follow) is string url
                ? ExportFrom(url, target, depth)
                : ExportFrom(place, target, depth);
        });
        return command;
    }

    public static Command Import()
    {
        Argument<string> file = new("FILE") { Description = "The CAR." };
        Option<string?> folder = SharedOptions.DataFolder();
        Option<string?> database = SharedOptions.Database();
        Option<string?> genesis = new("--genesis")
        {
            Description = "File that the network began with, which says its name and chain id.",
        };
        Option<bool> exactGas = new("--exact-gas")
        {
            Description = "Execute with the official bundle's actors, as its network did.",
        };
        Option<string?> bundles = SharedOptions.Bundles();
        Command command = new(
            "import",
            "Take a chain up that was written to a file, into an empty folder or database.\n\n"
            + "  fvm chain import chain.car --data-dir DIR\n"
            + "  fvm devnet --data-dir DIR\n\n"
            + "Every block is checked against its name, and the last one is executed.")
        {
            file.WithoutOptions(), folder, database, genesis, exactGas, bundles,
        };
        command.SetAction(parsed => ImportTo(
            SharedOptions.Place(parsed, folder, database),
            parsed.GetValue(file)!,
            parsed.GetValue(genesis) is string begun ? GenesisFile.Read(begun).Network : null,
            DevnetActors.Choose(parsed.GetValue(exactGas), parsed.GetValue(bundles))));
        return command;
    }

    private static int ExportFrom(ChainPlace place, string file, long depth)
    {
        RequirePlace(place);
        using IOrderedStore store = place.OpenToRead();
        return Write(new(store, NetworkParameters.Devnet), file, depth);
    }

    private static int ExportFrom(string url, string file, long depth)
    {
        using EndSignal end = new();
        using ReadNode node = ReadNode.Open(new() { Leader = url }, Tell, end.Token);
        LongWork.Run($"follow {url}", null, () => node.Node.Chain.Head.Epoch.Value, () =>
        {
            while (node.Step() != ReadNode.LookAgain)
            {
                end.Token.ThrowIfCancellationRequested();
            }
        });
        return Write(node.Node.Chain.Store, file, depth);
    }

    private static int Write(ChainStore chain, string file, long depth)
    {
        Tipset last = chain.Head ?? throw new SnapshotException("no chain has been begun");
        string part = file + PartMark;
        long length;
        try
        {
            using FileStream target = new(part, FileMode.Create, FileAccess.Write);
            LongWork.Run($"export {file}", null, () => target.Position, () =>
                ChainSnapshot.Export(chain, last, depth, target));
            target.Flush(flushToDisk: true);
            length = target.Length;
        }
        catch
        {
            File.Delete(part);
            throw;
        }

        File.Move(part, file, overwrite: false);
        Console.WriteLine($"{file}: the chain up to epoch {last.Epoch}, {length} bytes");
        return FvmCommand.Success;
    }

    private static int ImportTo(
        ChainPlace place, string file, NetworkParameters? network, DevnetActors actors)
    {
        RequirePlace(place);
        using FileStream source = InputFile.Open(file);
        using IOrderedStore store = place.Open();
        Tipset? last = null;
        LongWork.Run($"import {file}", source.Length, () => source.Position, () =>
            last = ChainSnapshot.Import(source, new()
            {
                Store = store,
                Machines = actors.Open,
                BuildGenesis = static _ => throw new InvalidOperationException("no first state"),
                Network = network ?? NetworkParameters.Devnet,
                Verifier = actors.Verifier,
            }));
        Console.WriteLine($"the chain up to epoch {last!.Epoch} is taken up");
        return FvmCommand.Success;
    }

    /// <summary>A chain is worth more than the time to delete a file by hand.</summary>
    private static void RequireNew(string file)
    {
        if (Path.Exists(file))
        {
            throw new IOException($"{file} is there already: delete it, or give another name");
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? file;
        if (!Directory.Exists(folder))
        {
            throw new IOException($"{file}: no such folder: {folder}");
        }
    }

    private static void RequirePlace(ChainPlace place)
    {
        if (place.IsMemory)
        {
            throw new FormatException("no chain: give --data-dir or --store");
        }
    }

    private static void Tell(string line) =>
        Console.Error.WriteLine(Excerpt.OneLine($"fvm: {line}"));
}
