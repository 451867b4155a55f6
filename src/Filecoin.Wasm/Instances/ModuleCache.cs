using System.Diagnostics.CodeAnalysis;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;
using System.Text;
using static Filecoin.Wasm.Instances.WasmtimeNative;

namespace Filecoin.Wasm.Instances;

/// <summary>Compiled modules in a folder, so that the next process starts fast.</summary>
/// <remarks>
/// A file is a compiled module and behind it the module's SHA-256 hash. The engine maps the file
/// and trusts it: the folder is the owner's alone, a file appears under its name only when it is
/// whole and is never written again, and whatever does not match its hash is compiled anew. The
/// name is made of everything that the compiled module depends on.
/// </remarks>
public sealed unsafe class ModuleCache
{
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string folder;

    /// <summary>Opens a folder, which is made if it is not there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public ModuleCache(string folder)
    {
        this.folder = folder;
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folder)
            : Directory.CreateDirectory(folder, OwnerOnly);
        IsTrusted = OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(folder)
                & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;
    }

    /// <summary>
    /// Whether nobody but the owner may write into the folder; if not, it is not used.
    /// </summary>
    public bool IsTrusted { get; }

    internal bool TryLoad(ReadOnlySpan<byte> wasm, RewriteRules rules, out nint module)
    {
        module = 0;
        string path = PathOf(wasm, rules);
        if (!IsTrusted || !File.Exists(path))
        {
            return false;
        }

        try
        {
            return IsWhole(path) && TryDeserialize(path, out module);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Keeps a module; that it cannot be kept is no failure.</summary>
    [SuppressMessage("", "RS0030", Justification = "Names a file until it is whole; no more.")]
    internal void Save(ReadOnlySpan<byte> wasm, RewriteRules rules, nint module)
    {
        ByteVector bytes;
        if (!IsTrusted || TakeError(wasmtime_module_serialize(module, &bytes)) is not null)
        {
            return;
        }

        string path = PathOf(wasm, rules);
        string temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            ReadOnlySpan<byte> content = new(bytes.Data, checked((int)bytes.Size));
            using (FileStream stream = File.Create(temporary))
            {
                stream.Write(content);
                stream.Write(SHA256.HashData(content));
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
        }
        finally
        {
            wasm_byte_vec_delete(&bytes);
        }
    }

    private static bool IsWhole(string path)
    {
        long length = new FileInfo(path).Length - SHA256.HashSizeInBytes;
        if (length is <= 0 or > int.MaxValue)
        {
            return false;
        }

        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(
            path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        using MemoryMappedViewAccessor view =
            file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            _ = SHA256.HashData(new ReadOnlySpan<byte>(start, (int)length), hash);
            return hash.SequenceEqual(new ReadOnlySpan<byte>(start + length, hash.Length));
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private static bool TryDeserialize(string path, out nint module)
    {
        nint loaded;
        string? error;
        fixed (byte* text = Encoding.UTF8.GetBytes($"{path}\0"))
        {
            error = TakeError(wasmtime_module_deserialize_file(
                WasmEngine.Instance.Handle, text, &loaded));
        }

        module = error is null ? loaded : 0;
        return error is null;
    }

    private string PathOf(ReadOnlySpan<byte> wasm, RewriteRules rules)
    {
        using IncrementalHash key = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        key.AppendData(Encoding.UTF8.GetBytes($"{WasmEngine.Settings}\n{rules}\n"));
        key.AppendData(wasm);
        return Path.Combine(folder, $"{Convert.ToHexStringLower(key.GetHashAndReset())}.cwasm");
    }
}
