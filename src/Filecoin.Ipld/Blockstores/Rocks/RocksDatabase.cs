using System.Runtime.InteropServices;

namespace Filecoin.Ipld;

/// <summary>An open RocksDB database, by its C API.</summary>
/// <remarks>
/// Any number of threads may call it at once, but for <see cref="Dispose"/>.
/// Errors: a disk that fails is a <see cref="RocksException"/>.
/// </remarks>
public sealed class RocksDatabase : IDisposable
{
    /// <summary>The family that each database has.</summary>
    public const string DefaultFamily = "default";

    private readonly nint database;
    private readonly Dictionary<string, RocksFamily> families;
    private readonly nint reading = RocksNative.ReadOptionsCreate();
    private readonly nint writing = RocksNative.WriteOptionsCreate();
    private readonly nint writingSynced = RocksNative.WriteOptionsCreate();

    private RocksDatabase(nint database, Dictionary<string, RocksFamily> families)
    {
        (this.database, this.families) = (database, families);
        RocksNative.WriteOptionsSetSync(writingSynced, 1);
    }

    internal bool IsClosed { get; private set; }

    /// <summary>Opens the database in a folder, or makes it there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="names">Families that are made where they are missing.</param>
    /// <exception cref="RocksException">It is open elsewhere, is none, or is damaged.</exception>
    public static RocksDatabase Open(string path, params ReadOnlySpan<string> names)
    {
        nint options = RocksNative.OptionsCreate();
        try
        {
            RocksNative.OptionsSetCreateIfMissing(options, 1);
            RocksNative.OptionsSetCreateMissingFamilies(options, 1);

            // A newer format may have more families, and RocksDB opens all or none.
            HashSet<string> all = [DefaultFamily, .. names];
            if (File.Exists(Path.Combine(path, "CURRENT")))
            {
                all.UnionWith(FamiliesOf(path, options));
            }

            return Open(path, options, [.. all]);
        }
        finally
        {
            RocksNative.OptionsDestroy(options);
        }
    }

    /// <summary>A family by its name.</summary>
    /// <exception cref="KeyNotFoundException">The database has none of the name.</exception>
    public RocksFamily Family(string name) => families[name];

    /// <summary>The value of a key; null if it has none.</summary>
    public byte[]? Get(RocksFamily family, ReadOnlySpan<byte> key)
    {
        nint slice = Find(family, key);
        if (slice == 0)
        {
            return null;
        }

        byte[] value = RocksNative.Copy(RocksNative.PinnedValue(slice, out nuint size), size);
        RocksNative.PinnedDestroy(slice);
        return value;
    }

    /// <summary>Whether a key has a value.</summary>
    public bool Has(RocksFamily family, ReadOnlySpan<byte> key)
    {
        nint slice = Find(family, key);
        if (slice != 0)
        {
            RocksNative.PinnedDestroy(slice);
        }

        return slice != 0;
    }

    /// <summary>Writes all changes of a batch.</summary>
    /// <param name="batch">The changes.</param>
    /// <param name="isSynced">Whether it waits until the disk has them.</param>
    public void Write(RocksBatch batch, bool isSynced)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        nint error = 0;
        RocksNative.Write(
            database, isSynced ? writingSynced : writing, batch.Handle, ref error);
        RocksNative.Check(error);
    }

    /// <summary>A cursor over a family, at no key yet.</summary>
    public RocksCursor Browse(RocksFamily family)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return new(RocksNative.IteratorCreate(database, reading, family.Handle));
    }

    /// <summary>Closes the database; no call may be under way, and no cursor open.</summary>
    public void Dispose()
    {
        if (IsClosed)
        {
            return;
        }

        IsClosed = true;
        foreach (RocksFamily family in families.Values)
        {
            RocksNative.FamilyDestroy(family.Handle);
        }

        RocksNative.Close(database);
        RocksNative.ReadOptionsDestroy(reading);
        RocksNative.WriteOptionsDestroy(writing);
        RocksNative.WriteOptionsDestroy(writingSynced);
    }

    private nint Find(RocksFamily family, ReadOnlySpan<byte> key)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        nint error = 0;
        nint slice = RocksNative.GetPinned(
            database,
            reading,
            family.Handle,
            in MemoryMarshal.GetReference(key),
            (nuint)key.Length,
            ref error);
        RocksNative.Check(error);
        return slice;
    }

    private static string[] FamiliesOf(string path, nint options)
    {
        nint error = 0;
        nint list = RocksNative.ListFamilies(options, path, out nuint count, ref error);
        RocksNative.Check(error);
        string[] names = new string[(int)count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(list, i * nint.Size))!;
        }

        RocksNative.ListFamiliesDestroy(list, count);
        return names;
    }

    private static RocksDatabase Open(string path, nint options, string[] names)
    {
        nint[] texts = Array.ConvertAll(names, Marshal.StringToCoTaskMemUTF8);
        nint[] familyOptions = new nint[names.Length];
        Array.Fill(familyOptions, options);
        nint[] handles = new nint[names.Length];
        nint error = 0;
        nint database = RocksNative.Open(
            options, path, names.Length, texts, familyOptions, handles, ref error);
        Array.ForEach(texts, Marshal.FreeCoTaskMem);
        RocksNative.Check(error);
        Dictionary<string, RocksFamily> families = [];
        for (int i = 0; i < names.Length; i++)
        {
            families.Add(names[i], new(handles[i]));
        }

        return new(database, families);
    }
}
