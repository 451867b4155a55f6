namespace Filecoin.Vm;

/// <summary>Runs an actor's code for one invocation: as Wasm, or written in C#.</summary>
internal interface IActorCode
{
    /// <summary>Runs the code with a CID.</summary>
    /// <exception cref="FatalException">It cannot be run, or a block is missing.</exception>
    CallResult Run(Cid code);
}
