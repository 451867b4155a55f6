namespace Filecoin.ActorRuntime;

/// <summary>
/// What an invocation of an actor in C# pays for what Wasm's instructions and memory would have
/// cost: a sum over what it does, in milligas each.
/// </summary>
/// <param name="Start">Once, when it starts.</param>
/// <param name="ParameterByte">For each byte of its parameters.</param>
/// <param name="HostCall">For each host call.</param>
/// <param name="ReadByte">For each byte of blocks that it reads.</param>
/// <param name="WrittenByte">For each byte of blocks that it makes.</param>
public readonly record struct ExecutionPrice(
    long Start, long ParameterByte, long HostCall, long ReadByte, long WrittenByte);
