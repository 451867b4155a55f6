using System.Collections.Concurrent;
using Filecoin.Wasm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Vm;

/// <summary>Compiled actors by code CID, for any number of machines and threads.</summary>
/// <remarks>
/// Spec: wasm-engine 3. An actor is compiled when it is first called. Failures are kept as well:
/// code with a CID is always the same code.
/// </remarks>
public sealed class ActorCode(ModuleCache? cache)
{
    private readonly ConcurrentDictionary<(Cid Code, ProtocolLine Line), Lazy<CompiledModule>>
        modules = new();

    /// <summary>The compiled form of an actor's code.</summary>
    /// <exception cref="FatalException">The code is missing or not accepted.</exception>
    internal CompiledModule Load(Cid code, NetworkConfig config, IBlockstore store)
    {
        if (!modules.TryGetValue((code, config.Line), out Lazy<CompiledModule>? module))
        {
            if (!store.TryGet(code, out ReadOnlyMemory<byte> wasm))
            {
                throw new FatalException($"no actor code {code} in the store");
            }

            module = modules.GetOrAdd(
                (code, config.Line), _ => new(() => Compile(wasm, config)));
        }

        try
        {
            return module.Value;
        }
        catch (WasmRefusedException refusal)
        {
            throw new FatalException($"actor code {code}: {refusal.Message}", refusal);
        }
    }

    private CompiledModule Compile(ReadOnlyMemory<byte> wasm, NetworkConfig config) =>
        CompiledModule.Load(
            wasm.Span, config.Rewriting, SyscallTable.For(config.Line).Linker, cache);
}
