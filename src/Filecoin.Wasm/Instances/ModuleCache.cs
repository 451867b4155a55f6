using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using static Filecoin.Wasm.Instances.WasmtimeNative;

namespace Filecoin.Wasm.Instances;

/// <summary>Compiled modules in a folder, so that the next process starts fast.</summary>
/// <remarks>
/// A file is a SHA-256 hash and the compiled module that it is of. The engine trusts what it
/// loads: the folder is the owner's alone, a file appears under its name only when it is whole,
/// and whatever does not match its hash is compiled anew. The name is made of everything that the
/// compiled module depends on.
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

        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (IOException)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (file.Length <= hash.Length)
        {
            return false;
        }

        _ = SHA256.HashData(file.AsSpan(hash.Length), hash);
        return hash.SequenceEqual(file.AsSpan(0, hash.Length))
            && TryDeserialize(file.AsSpan(hash.Length), out module);
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
                stream.Write(SHA256.HashData(content));
                stream.Write(content);
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

    private static bool TryDeserialize(ReadOnlySpan<byte> content, out nint module)
    {
        nint loaded;
        fixed (byte* bytes = content)
        {
            string? error = TakeError(wasmtime_module_deserialize(
                WasmEngine.Instance.Handle, bytes, (nuint)content.Length, &loaded));
            module = error is null ? loaded : 0;
            return error is null;
        }
    }

    private string PathOf(ReadOnlySpan<byte> wasm, RewriteRules rules)
    {
        using IncrementalHash key = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        key.AppendData(Encoding.UTF8.GetBytes($"{WasmEngine.Settings}\n{rules}\n"));
        key.AppendData(wasm);
        return Path.Combine(folder, $"{Convert.ToHexStringLower(key.GetHashAndReset())}.cwasm");
    }
}
