namespace Filecoin.Wasm.Reading;

/// <summary>A function type: at most one result.</summary>
/// <param name="Offset">Where the parameters' bytes stand in the module.</param>
/// <param name="ParameterCount">How many parameters.</param>
/// <param name="ResultOffset">Where the result's byte stands, if there is one.</param>
/// <param name="ResultCount">0 or 1.</param>
internal readonly record struct FunctionType(
    int Offset, int ParameterCount, int ResultOffset, int ResultCount);
