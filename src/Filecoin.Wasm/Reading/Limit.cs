namespace Filecoin.Wasm.Reading;

/// <summary>The declared size of a table, in elements, or of a memory, in pages.</summary>
internal readonly record struct Limit(long Minimum, long? Maximum);
