using System.Runtime.InteropServices;
using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <content>Tells who looks on of each instruction.</content>
internal sealed partial class ContractHost : IEvmObserver
{
    /// <inheritdoc/>
    public IEvmObserver? Observer => runtime.Observer is null ? null : this;

    /// <summary>What is left of gas.</summary>
    internal long MilligasLeft => runtime.ExecutionLeft;

    /// <inheritdoc/>
    public void OnInstruction(in EvmStep instruction) => runtime.Observer!.OnInstruction(new(
        instruction.Position,
        instruction.Name,
        runtime.ExecutionLeft - (metering.IsCharged ? instruction.Work : 0))
    {
        Opcode = instruction.Opcode,
        Stack = MemoryMarshal.AsBytes(instruction.Stack),
        Memory = instruction.Memory,
        ReturnData = instruction.ReturnData,
    });
}
