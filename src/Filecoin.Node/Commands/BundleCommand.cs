using System.CommandLine;

namespace Filecoin.Node;

/// <summary><c>fvm bundle</c>: the bundles of built-in actors.</summary>
internal static class BundleCommand
{
    public static Command Create()
    {
        return new("bundle", "Keep official bundles of built-in actors.") { Import(), List() };
    }

    private static Command Import()
    {
        Argument<string> file = new("FILE") { Description = "A .car or a .tar.zst." };
        Option<int?> version = new("--actors-version")
        {
            Description = "The actors' version, where the file's name does not say it.",
        };
        Option<string?> network = new("--network")
        {
            Description = "The network, where the file's name does not say it.",
        };
        Option<string?> bundles = SharedOptions.Bundles();
        Command command = new("import", "Check a bundle, every block of it, and keep it.")
        {
            file.WithoutOptions(), version, network, bundles,
        };
        command.SetAction(parsed =>
        {
            BundleImport import = new(SharedOptions.Store(parsed.GetValue(bundles)));
            string path = parsed.GetValue(file)!;
            IReadOnlyList<ImportedBundle> found = [];
            LongWork.Run(
                $"import {path}",
                File.Exists(path) ? new FileInfo(path).Length : null,
                () => import.Position,
                () => found = import.Import(
                    path, parsed.GetValue(version), parsed.GetValue(network)));
            foreach (ImportedBundle bundle in found)
            {
                Console.WriteLine($"v{bundle.Version} {bundle.Network} {bundle.Manifest}");
            }

            return FvmCommand.Success;
        });
        return command;
    }

    private static Command List()
    {
        Option<string?> bundles = SharedOptions.Bundles();
        Option<bool> actors = new("--actors") { Description = "Also name each actor's code." };
        Command command = new("list", "Show version, network, manifest and actors of each bundle.")
        {
            bundles, actors,
        };
        command.SetAction(parsed =>
        {
            BundleStore store = SharedOptions.Store(parsed.GetValue(bundles));
            foreach ((int version, string network) in store.List())
            {
                Bundle bundle = store.Load(version, network);
                IReadOnlyList<(string Name, Cid Code)> list =
                    BundleManifest.Read(bundle.Store, bundle.Manifest);
                Console.WriteLine(
                    $"v{version,-3} {network,-16} {bundle.Manifest}  "
                    + string.Join(' ', list.Select(actor => actor.Name)));
                foreach ((string name, Cid code) in parsed.GetValue(actors) ? list : [])
                {
                    Console.WriteLine($"       {name,-18} {code}");
                }
            }

            return FvmCommand.Success;
        });
        return command;
    }
}
