using System.Text;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>The folder of the user's keys: a locked file each, for nobody else to read.</summary>
internal sealed class KeyFolder(string folder)
{
    private const string Variable = "FVM_KEYS";
    private const string ConfigVariable = "XDG_CONFIG_HOME";
    private const int FileBytesMax = 64 << 10;

    /// <summary>
    /// <c>$FVM_KEYS</c>, else <c>fvm/keys</c> in the user's configuration.
    /// </summary>
    public static KeyFolder OfUser()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return new(named);
        }

        string config = Environment.GetEnvironmentVariable(ConfigVariable) is { Length: > 0 } given
            ? given
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        return new(Path.Combine(config, "fvm", "keys"));
    }

    /// <summary>Whose keys there are, in the order of their text.</summary>
    public IReadOnlyList<Address> List()
    {
        List<Address> found = [];
        if (!Directory.Exists(folder))
        {
            return found;
        }

        foreach (string file in
            Directory.EnumerateFiles(folder, KeyFileName.Pattern).Order(StringComparer.Ordinal))
        {
            if (KeyFileName.TryRead(file, out Address address))
            {
                found.Add(address);
            }
        }

        return found;
    }

    /// <summary>Whether there is a key of an address.</summary>
    public bool Has(Address address) => File.Exists(PathOf(address));

    /// <summary>Keeps a key, locked.</summary>
    /// <exception cref="ClientException">There is one of that address.</exception>
    public void Add(WalletKey key, string password)
    {
        string path = PathOf(key.Address);
        if (File.Exists(path))
        {
            throw new ClientException($"{path}: there is a key of this address already");
        }

        OwnerFile.MakeFolder(folder);
        OwnerFile.Write(path, Encoding.UTF8.GetBytes(KeystoreFile.Lock(key, password)));
    }

    /// <summary>A key's file as it is, locked.</summary>
    /// <exception cref="ClientException">There is none, or others may read it.</exception>
    public string Read(Address address)
    {
        string path = PathOf(address);
        if (!File.Exists(path))
        {
            throw new ClientException(
                $"no key of {AddressArgument.Text(address)} in {folder}: `fvm wallet list` shows"
                    + " those there are");
        }

        return Encoding.UTF8.GetString(OwnerFile.ReadKey(path, FileBytesMax));
    }

    /// <summary>A key.</summary>
    /// <exception cref="ClientException">There is none, or it cannot be unlocked.</exception>
    public WalletKey Unlock(Address address, string password) =>
        KeystoreFile.Parse(Read(address), PathOf(address)).Unlock(password);

    private string PathOf(Address address) => KeyFileName.PathIn(folder, address);
}
