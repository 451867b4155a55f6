using System.Text;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>The keys that callers of a node made or brought, in its folder.</summary>
/// <remarks>
/// Spec: lotus node/repo/fsrepo.go: a node signs without being asked for a password, so that its
/// keys are not locked, but for nobody else to read. A file each, with type and secret as lotus
/// has them; the address of the usual one is in the file default.
/// </remarks>
internal sealed class NodeKeys
{
    private const string Name = "keystore";
    private const string UsualName = "default";
    private const int FileBytesMax = 4_096;

    private readonly string folder;

    private NodeKeys(string folder) => this.folder = folder;

    /// <summary>What keeps keys in a network's folder.</summary>
    /// <exception cref="ClientException">A key there is damaged, or others may read it.</exception>
    public static WalletKeeping Open(string networkFolder)
    {
        NodeKeys keys = new(Path.Combine(networkFolder, Name));
        return new(keys.Read(), keys.ReadUsual(), keys.Keep, keys.Forget, keys.Choose);
    }

    private List<WalletKey> Read()
    {
        List<WalletKey> found = [];
        if (!Directory.Exists(folder))
        {
            return found;
        }

        foreach (string path in
            Directory.EnumerateFiles(folder, KeyFileName.Pattern).Order(StringComparer.Ordinal))
        {
            found.Add(ReadKey(path));
        }

        return found;
    }

    private static WalletKey ReadKey(string path)
    {
        string text = Encoding.UTF8.GetString(OwnerFile.ReadKey(path, FileBytesMax));
        WalletKey key;
        try
        {
            key = KeyText.Import(
                text, default, static () => throw new ClientException("a node has no password"));
        }
        catch (ClientException failure)
        {
            throw new ClientException($"{path}: {failure.Message}", failure);
        }

        return KeyFileName.TryRead(path, out Address named) && named == key.Address
            ? key
            : throw new ClientException(
                $"{path}: the key is that of {AddressArgument.FilecoinText(key.Address)}");
    }

    private Address? ReadUsual()
    {
        string path = Path.Combine(folder, UsualName);
        return !File.Exists(path) ? null
            : Address.TryParse(
                Encoding.UTF8.GetString(InputFile.Read(path, FileBytesMax)).Trim(),
                out Address address)
                ? address
                : throw new ClientException($"{path}: no address");
    }

    private void Keep(WalletKey key)
    {
        OwnerFile.MakeFolder(folder);
        OwnerFile.Write(PathOf(key.Address), Encoding.UTF8.GetBytes(KeyText.Json(key)));
    }

    private void Forget(Address address)
    {
        if (Directory.Exists(folder))
        {
            File.Delete(PathOf(address));
        }
    }

    private void Choose(Address address)
    {
        OwnerFile.MakeFolder(folder);
        OwnerFile.Write(
            Path.Combine(folder, UsualName),
            Encoding.UTF8.GetBytes(AddressArgument.FilecoinText(address)));
    }

    private string PathOf(Address address) => KeyFileName.PathIn(folder, address);
}
