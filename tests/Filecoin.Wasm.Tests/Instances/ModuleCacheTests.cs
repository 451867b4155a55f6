using Filecoin.Wasm.Instances;

namespace Filecoin.Wasm.Tests.Instances;

public sealed class ModuleCacheTests : IDisposable
{
    private const string Seven = """
        (module (memory (export "memory") 1)
          (func (export "invoke") (param i32) (result i32) (i32.const 7)))
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-modules-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_module_is_kept_and_found_again()
    {
        ModuleCache cache = new(Path.Combine(folder, "cache"));
        _ = TestHost.Compile(Seven, cache);
        string file = Assert.Single(Directory.GetFiles(Path.Combine(folder, "cache")));
        DateTime written = File.GetLastWriteTimeUtc(file);

        CompiledModule again = TestHost.Compile(Seven, cache);

        using WasmInstance instance = new TestHost(x => 0).Open(again);
        Assert.Equal(7, instance.Call("invoke"u8, 0).Result);
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(-1)]
    public void A_damaged_file_is_compiled_anew(int position)
    {
        ModuleCache cache = new(Path.Combine(folder, "cache"));
        _ = TestHost.Compile(Seven, cache);
        string file = Assert.Single(Directory.GetFiles(Path.Combine(folder, "cache")));
        byte[] whole = File.ReadAllBytes(file);
        byte[] damaged = [.. whole];
        damaged[position < 0 ? damaged.Length + position : position] ^= 1;
        File.WriteAllBytes(file, damaged);

        _ = TestHost.Compile(Seven, cache);

        Assert.Equal(whole, File.ReadAllBytes(file));
    }

    [Fact]
    public void A_folder_that_others_may_write_is_not_used()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("no Unix file modes");
            return;
        }

        string open = Path.Combine(folder, "open");
        _ = Directory.CreateDirectory(open);
        File.SetUnixFileMode(open, (UnixFileMode)0b111_111_111);
        ModuleCache cache = new(open);

        _ = TestHost.Compile(Seven, cache);

        Assert.False(cache.IsTrusted);
        Assert.Empty(Directory.GetFiles(open));
    }
}
