using Wasmtime;

namespace Filecoin.Wasm.Tests.Running;

/// <summary>Wasmtime with the reference's settings, as far as its managed API has them.</summary>
internal static class ReferenceEngine
{
    public static Engine Instance { get; } = new(new Config()
        .WithCraneliftNaNCanonicalization(true)
        .WithMaximumStackSize(2 << 20)
        .WithBulkMemory(true)
        .WithReferenceTypes(true)
        .WithSIMD(false)
        .WithRelaxedSIMD(false, true)
        .WithMultiValue(false)
        .WithMultiMemory(false)
        .WithMemory64(false)
        .WithTailCalls(false)
        .WithWasmThreads(false)
        .WithWideArithmetic(false)
        .WithExceptions(false)
        .WithFunctionReferences(false)
        .WithGc(false));
}
