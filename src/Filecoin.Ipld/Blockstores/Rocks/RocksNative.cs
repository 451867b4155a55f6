using System.Runtime.InteropServices;

namespace Filecoin.Ipld;

/// <summary>The part of RocksDB's C API that the stores use, and nothing else.</summary>
/// <remarks>
/// Spec: rocksdb include/rocksdb/c.h, version 11. A call that fails writes a text to its last
/// parameter, which the caller frees.
/// </remarks>
internal static class RocksNative
{
    private const string Library = "rocksdb";

    [DllImport(Library, EntryPoint = "rocksdb_options_create")]
    internal static extern nint OptionsCreate();

    [DllImport(Library, EntryPoint = "rocksdb_options_destroy")]
    internal static extern void OptionsDestroy(nint options);

    [DllImport(Library, EntryPoint = "rocksdb_options_set_create_if_missing")]
    internal static extern void OptionsSetCreateIfMissing(nint options, byte value);

    [DllImport(Library, EntryPoint = "rocksdb_options_set_create_missing_column_families")]
    internal static extern void OptionsSetCreateMissingFamilies(nint options, byte value);

    [DllImport(Library, EntryPoint = "rocksdb_list_column_families")]
    internal static extern nint ListFamilies(
        nint options,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        out nuint count,
        ref nint error);

    [DllImport(Library, EntryPoint = "rocksdb_list_column_families_destroy")]
    internal static extern void ListFamiliesDestroy(nint names, nuint count);

    [DllImport(Library, EntryPoint = "rocksdb_open_column_families")]
    internal static extern nint Open(
        nint options,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        int count,
        nint[] names,
        nint[] familyOptions,
        [In, Out] nint[] families,
        ref nint error);

    [DllImport(Library, EntryPoint = "rocksdb_close")]
    internal static extern void Close(nint database);

    [DllImport(Library, EntryPoint = "rocksdb_column_family_handle_destroy")]
    internal static extern void FamilyDestroy(nint family);

    [DllImport(Library, EntryPoint = "rocksdb_readoptions_create")]
    internal static extern nint ReadOptionsCreate();

    [DllImport(Library, EntryPoint = "rocksdb_readoptions_destroy")]
    internal static extern void ReadOptionsDestroy(nint options);

    [DllImport(Library, EntryPoint = "rocksdb_writeoptions_create")]
    internal static extern nint WriteOptionsCreate();

    [DllImport(Library, EntryPoint = "rocksdb_writeoptions_destroy")]
    internal static extern void WriteOptionsDestroy(nint options);

    [DllImport(Library, EntryPoint = "rocksdb_writeoptions_set_sync")]
    internal static extern void WriteOptionsSetSync(nint options, byte value);

    [DllImport(Library, EntryPoint = "rocksdb_get_pinned_cf")]
    internal static extern nint GetPinned(
        nint database, nint options, nint family, in byte key, nuint keyBytes, ref nint error);

    [DllImport(Library, EntryPoint = "rocksdb_pinnableslice_value")]
    internal static extern nint PinnedValue(nint slice, out nuint bytes);

    [DllImport(Library, EntryPoint = "rocksdb_pinnableslice_destroy")]
    internal static extern void PinnedDestroy(nint slice);

    [DllImport(Library, EntryPoint = "rocksdb_writebatch_create")]
    internal static extern nint BatchCreate();

    [DllImport(Library, EntryPoint = "rocksdb_writebatch_destroy")]
    internal static extern void BatchDestroy(nint batch);

    [DllImport(Library, EntryPoint = "rocksdb_writebatch_put_cf")]
    internal static extern void BatchPut(
        nint batch, nint family, in byte key, nuint keyBytes, in byte value, nuint valueBytes);

    [DllImport(Library, EntryPoint = "rocksdb_writebatch_delete_cf")]
    internal static extern void BatchDelete(
        nint batch, nint family, in byte key, nuint keyBytes);

    [DllImport(Library, EntryPoint = "rocksdb_write")]
    internal static extern void Write(nint database, nint options, nint batch, ref nint error);

    [DllImport(Library, EntryPoint = "rocksdb_create_iterator_cf")]
    internal static extern nint IteratorCreate(nint database, nint options, nint family);

    [DllImport(Library, EntryPoint = "rocksdb_iter_destroy")]
    internal static extern void IteratorDestroy(nint iterator);

    [DllImport(Library, EntryPoint = "rocksdb_iter_seek_to_first")]
    internal static extern void IteratorSeekToFirst(nint iterator);

    [DllImport(Library, EntryPoint = "rocksdb_iter_seek")]
    internal static extern void IteratorSeek(nint iterator, in byte key, nuint keyBytes);

    [DllImport(Library, EntryPoint = "rocksdb_iter_seek_for_prev")]
    internal static extern void IteratorSeekBack(nint iterator, in byte key, nuint keyBytes);

    [DllImport(Library, EntryPoint = "rocksdb_iter_next")]
    internal static extern void IteratorNext(nint iterator);

    [DllImport(Library, EntryPoint = "rocksdb_iter_valid")]
    internal static extern byte IteratorIsValid(nint iterator);

    [DllImport(Library, EntryPoint = "rocksdb_iter_key")]
    internal static extern nint IteratorKey(nint iterator, out nuint bytes);

    [DllImport(Library, EntryPoint = "rocksdb_iter_value")]
    internal static extern nint IteratorValue(nint iterator, out nuint bytes);

    [DllImport(Library, EntryPoint = "rocksdb_iter_get_error")]
    internal static extern void IteratorError(nint iterator, ref nint error);

    [DllImport(Library, EntryPoint = "rocksdb_free")]
    internal static extern void Free(nint memory);

    /// <summary>Fails with what a call has said.</summary>
    /// <exception cref="RocksException">It has said something.</exception>
    internal static void Check(nint error)
    {
        if (error != 0)
        {
            string? text = Marshal.PtrToStringUTF8(error);
            Free(error);
            throw new RocksException(text ?? "it failed");
        }
    }

    /// <summary>A copy of bytes that the library has.</summary>
    internal static byte[] Copy(nint bytes, nuint count)
    {
        byte[] copy = new byte[checked((int)count)];
        if (copy.Length > 0)
        {
            Marshal.Copy(bytes, copy, 0, copy.Length);
        }

        return copy;
    }
}
