using static Filecoin.Evm.Slots;

namespace Filecoin.Evm;

/// <summary>All instructions of the FEVM, each declared once.</summary>
/// <remarks>
/// Spec: evm 6; builtin-actors v18.0.0 actors/evm/src/interpreter/execution.rs. There is no
/// column of gas: see <see cref="EvmPrices"/>. What is not here is undefined, among it CALLCODE,
/// BLOBHASH and BLOBBASEFEE. Step: what it becomes in the midst of a block; one without ends the
/// block, as must all that show the stack or the gas or tell the host of work done, but for
/// those of the stack and jumps, which are read one by one. Bodies: f is the run, top the word on
/// top, pc the place.
/// </remarks>
internal static class OpcodeTable
{
    /// <summary>JUMP; JUMPI is the next.</summary>
    internal const byte Jump = 0x56;

    internal const byte JumpDestination = 0x5b;

    private const byte Push1 = 0x60;
    private const byte Duplicate1 = 0x80;
    private const byte Swap1 = 0x90;
    private const byte Log0 = 0xa0;

    /// <summary>By the byte.</summary>
    internal static readonly Opcode[] Rows = Build();

    /// <summary>Bytes of operand behind an instruction; none behind what is undefined.</summary>
    internal static int ImmediateOf(byte opcode) => Rows[opcode].Immediate;

    private static Opcode[] Build()
    {
        Opcode[] t = new Opcode[256];
        Array.Fill(t, Opcode.Undefined);

        //              name       pops pushes imm  [step]  body
        // Arithmetic.
        t[0x00] = new("STOP", 0, 0, 0, static (f, ref top, pc) => f.Halt(ExitCode.Ok));
        t[0x01] = new("ADD", 2, 1, 0, StepKind.Add, static (f, ref top, pc) =>
            ArithmeticRules.Add(ref top, pc));
        t[0x02] = new("MUL", 2, 1, 0, StepKind.Multiply, static (f, ref top, pc) =>
            ArithmeticRules.Multiply(ref top, pc));
        t[0x03] = new("SUB", 2, 1, 0, StepKind.Subtract, static (f, ref top, pc) =>
            ArithmeticRules.Subtract(ref top, pc));
        t[0x04] = new("DIV", 2, 1, 0, StepKind.Divide, static (f, ref top, pc) =>
            ArithmeticRules.TryDivide(f, top, Below(ref top, 1), ref Below(ref top, 1))
                ? pc + 1 : EvmFrame.Halted);
        t[0x05] = new("SDIV", 2, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            ArithmeticRules.DivideSigned(f, ref top, pc));
        t[0x06] = new("MOD", 2, 1, 0, StepKind.Remainder, static (f, ref top, pc) =>
            ArithmeticRules.TryRemainder(f, top, Below(ref top, 1), ref Below(ref top, 1))
                ? pc + 1 : EvmFrame.Halted);
        t[0x07] = new("SMOD", 2, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            ArithmeticRules.RemainderSigned(f, ref top, pc));
        t[0x08] = new("ADDMOD", 3, 1, 0, StepKind.AddModulo, static (f, ref top, pc) =>
            ArithmeticRules.TryAddModulo(
                f, top, Below(ref top, 1), Below(ref top, 2), ref Below(ref top, 2))
                ? pc + 1 : EvmFrame.Halted);
        t[0x09] = new("MULMOD", 3, 1, 0, StepKind.MultiplyModulo, static (f, ref top, pc) =>
            ArithmeticRules.TryMultiplyModulo(
                f, top, Below(ref top, 1), Below(ref top, 2), ref Below(ref top, 2))
                ? pc + 1 : EvmFrame.Halted);
        t[0x0a] = new("EXP", 2, 1, 0, StepKind.Power, static (f, ref top, pc) =>
            ArithmeticRules.TryPower(f, top, Below(ref top, 1), ref Below(ref top, 1))
                ? pc + 1 : EvmFrame.Halted);
        t[0x0b] = new("SIGNEXTEND", 2, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            ArithmeticRules.ExtendSign(ref top, pc));

        // Comparisons and bits.
        t[0x10] = new("LT", 2, 1, 0, StepKind.Less, static (f, ref top, pc) =>
            BitRules.Less(ref top, pc));
        t[0x11] = new("GT", 2, 1, 0, StepKind.Less, static (f, ref top, pc) =>
            BitRules.Greater(ref top, pc));
        t[0x12] = new("SLT", 2, 1, 0, StepKind.LessSigned, static (f, ref top, pc) =>
            BitRules.LessSigned(ref top, pc));
        t[0x13] = new("SGT", 2, 1, 0, StepKind.LessSigned, static (f, ref top, pc) =>
            BitRules.GreaterSigned(ref top, pc));
        t[0x14] = new("EQ", 2, 1, 0, StepKind.Equal, static (f, ref top, pc) =>
            BitRules.Equal(ref top, pc));
        t[0x15] = new("ISZERO", 1, 1, 0, StepKind.IsZero, static (f, ref top, pc) =>
            BitRules.IsZero(ref top, pc));
        t[0x16] = new("AND", 2, 1, 0, StepKind.And, static (f, ref top, pc) =>
            BitRules.And(ref top, pc));
        t[0x17] = new("OR", 2, 1, 0, StepKind.Or, static (f, ref top, pc) =>
            BitRules.Or(ref top, pc));
        t[0x18] = new("XOR", 2, 1, 0, StepKind.Xor, static (f, ref top, pc) =>
            BitRules.Xor(ref top, pc));
        t[0x19] = new("NOT", 1, 1, 0, StepKind.Not, static (f, ref top, pc) =>
            BitRules.Not(ref top, pc));
        t[0x1a] = new("BYTE", 2, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            BitRules.ByteAt(ref top, pc));
        t[0x1b] = new("SHL", 2, 1, 0, StepKind.ShiftLeft, static (f, ref top, pc) =>
            BitRules.ShiftLeft(ref top, pc));
        t[0x1c] = new("SHR", 2, 1, 0, StepKind.ShiftRight, static (f, ref top, pc) =>
            BitRules.ShiftRight(ref top, pc));
        t[0x1d] = new("SAR", 2, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            BitRules.ShiftRightSigned(ref top, pc));
        t[0x1e] = new("CLZ", 1, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            BitRules.LeadingZeros(ref top, pc));
        t[0x20] = new("KECCAK256", 2, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            MemoryRules.Hash(f, ref top, pc));

        // The call, the chain and other accounts.
        t[0x30] = new("ADDRESS", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            EnvironmentRules.Push(f.Receiver.ToWord(), ref top, pc));
        t[0x31] = new("BALANCE", 1, 1, 0, static (f, ref top, pc) =>
            EnvironmentRules.Balance(f, ref top, pc));
        t[0x32] = new("ORIGIN", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            EnvironmentRules.Push(f.Host.Origin.ToWord(), ref top, pc));
        t[0x33] = new("CALLER", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            EnvironmentRules.Push(f.Caller.ToWord(), ref top, pc));
        t[0x34] = new("CALLVALUE", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            EnvironmentRules.Push(f.Value, ref top, pc));
        t[0x35] = new("CALLDATALOAD", 1, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            MemoryRules.LoadInput(f, ref top, pc));
        t[0x36] = new("CALLDATASIZE", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            StackRules.PushNumber((ulong)f.Input.Length, ref top, pc));
        t[0x37] = new("CALLDATACOPY", 3, 0, 0, StepKind.Apply, static (f, ref top, pc) =>
            MemoryRules.Copy(f, ref top, pc, f.Input.Span));
        t[0x38] = new("CODESIZE", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            StackRules.PushNumber((ulong)f.Code.Length, ref top, pc));
        t[0x39] = new("CODECOPY", 3, 0, 0, StepKind.Apply, static (f, ref top, pc) =>
            MemoryRules.Copy(f, ref top, pc, f.Code.Bytes));
        t[0x3a] = new("GASPRICE", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            EnvironmentRules.Push(f.Host.GasPrice, ref top, pc));
        t[0x3b] = new("EXTCODESIZE", 1, 1, 0, static (f, ref top, pc) =>
            EnvironmentRules.CodeSize(f, ref top, pc));
        t[0x3c] = new("EXTCODECOPY", 4, 0, 0, static (f, ref top, pc) =>
            EnvironmentRules.CopyCode(f, ref top, pc));
        t[0x3d] = new("RETURNDATASIZE", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            StackRules.PushNumber((ulong)f.ReturnData.Length, ref top, pc));
        t[0x3e] = new("RETURNDATACOPY", 3, 0, 0, StepKind.Apply, static (f, ref top, pc) =>
            MemoryRules.CopyReturnData(f, ref top, pc));
        t[0x3f] = new("EXTCODEHASH", 1, 1, 0, static (f, ref top, pc) =>
            EnvironmentRules.CodeHash(f, ref top, pc));
        t[0x40] = new("BLOCKHASH", 1, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            EnvironmentRules.BlockHash(f, ref top, pc));
        t[0x41] = new("COINBASE", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            StackRules.PushNumber(0, ref top, pc));
        t[0x42] = new("TIMESTAMP", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            StackRules.PushNumber(f.Host.Timestamp, ref top, pc));
        t[0x43] = new("NUMBER", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            StackRules.PushNumber((ulong)f.Host.Epoch.Value, ref top, pc));
        t[0x44] = new("PREVRANDAO", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            EnvironmentRules.PrevRandao(f, ref top, pc));
        t[0x45] = new("GASLIMIT", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            StackRules.PushNumber(EnvironmentRules.BlockGasLimit, ref top, pc));
        t[0x46] = new("CHAINID", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            StackRules.PushNumber(f.Host.ChainId, ref top, pc));
        t[0x47] = new("SELFBALANCE", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            EnvironmentRules.Push(f.Host.SelfBalance, ref top, pc));
        t[0x48] = new("BASEFEE", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            EnvironmentRules.Push(f.Host.BaseFee, ref top, pc));

        // Stack, memory, storage and flow.
        t[0x50] = new("POP", 1, 0, 0, static (f, ref top, pc) => pc + 1);
        t[0x51] = new("MLOAD", 1, 1, 0, StepKind.Load, static (f, ref top, pc) =>
            MemoryRules.Load(f, ref top, pc));
        t[0x52] = new("MSTORE", 2, 0, 0, StepKind.Store, static (f, ref top, pc) =>
            MemoryRules.Store(f, ref top, pc));
        t[0x53] = new("MSTORE8", 2, 0, 0, StepKind.Apply, static (f, ref top, pc) =>
            MemoryRules.StoreByte(f, ref top, pc));
        t[0x54] = new("SLOAD", 1, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            StorageRules.Load(f, ref top, pc));
        t[0x55] = new("SSTORE", 2, 0, 0, StepKind.Apply, static (f, ref top, pc) =>
            StorageRules.Store(f, ref top, pc));
        t[0x56] = new("JUMP", 1, 0, 0, static (f, ref top, pc) => FlowRules.Jump(f, ref top));
        t[0x57] = new("JUMPI", 2, 0, 0, static (f, ref top, pc) =>
            FlowRules.JumpIf(f, ref top, pc));
        t[0x58] = new("PC", 0, 1, 0, static (f, ref top, pc) =>
            StackRules.PushNumber((ulong)pc, ref top, pc));
        t[0x59] = new("MSIZE", 0, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            StackRules.PushNumber((ulong)f.Memory.Length, ref top, pc));
        t[0x5a] = new("GAS", 0, 1, 0, static (f, ref top, pc) =>
            EnvironmentRules.Gas(f, ref top, pc));
        t[JumpDestination] = new("JUMPDEST", 0, 0, 0, static (f, ref top, pc) => pc + 1);
        t[0x5c] = new("TLOAD", 1, 1, 0, StepKind.Apply, static (f, ref top, pc) =>
            StorageRules.LoadTransient(f, ref top, pc));
        t[0x5d] = new("TSTORE", 2, 0, 0, StepKind.Apply, static (f, ref top, pc) =>
            StorageRules.StoreTransient(f, ref top, pc));
        t[0x5e] = new("MCOPY", 3, 0, 0, StepKind.Apply, static (f, ref top, pc) =>
            MemoryRules.CopyWithin(f, ref top, pc));
        t[0x5f] = new("PUSH0", 0, 1, 0, static (f, ref top, pc) =>
            StackRules.PushNumber(0, ref top, pc));
        t[Push1] = new("PUSH1", 0, 1, 1, static (f, ref top, pc) =>
            StackRules.PushByte(f, ref top, pc));
        for (int n = 2; n <= 32; n++)
        {
            t[Push1 + n - 1] = Push(n);
        }

        for (int n = 1; n <= 16; n++)
        {
            t[Duplicate1 + n - 1] = Duplicate(n);
            t[Swap1 + n - 1] = Swap(n);
        }

        for (int n = 0; n <= 4; n++)
        {
            t[Log0 + n] = Log(n);
        }

        // Calls, creation and ends.
        t[0xf0] = new("CREATE", 3, 1, 0, static (f, ref top, pc) =>
            CallRules.Create(f, ref top, pc, false));
        t[0xf1] = new("CALL", 7, 1, 0, static (f, ref top, pc) =>
            CallRules.Call(f, ref top, pc, EvmCallKind.Call));
        t[0xf3] = new("RETURN", 2, 0, 0, static (f, ref top, pc) =>
            FlowRules.Return(f, ref top, ExitCode.Ok));
        t[0xf4] = new("DELEGATECALL", 6, 1, 0, static (f, ref top, pc) =>
            CallRules.Call(f, ref top, pc, EvmCallKind.Delegate));
        t[0xf5] = new("CREATE2", 4, 1, 0, static (f, ref top, pc) =>
            CallRules.Create(f, ref top, pc, true));
        t[0xfa] = new("STATICCALL", 6, 1, 0, static (f, ref top, pc) =>
            CallRules.Call(f, ref top, pc, EvmCallKind.Static));
        t[0xfd] = new("REVERT", 2, 0, 0, static (f, ref top, pc) =>
            FlowRules.Return(f, ref top, EvmExitCode.Reverted));
        t[0xfe] = new("INVALID", 0, 0, 0, static (f, ref top, pc) =>
            f.Halt(EvmExitCode.InvalidInstruction));
        t[0xff] = new("SELFDESTRUCT", 1, 0, 0, static (f, ref top, pc) =>
            FlowRules.SelfDestruct(f, ref top));
        return t;
    }

    private static Opcode Push(int n) => n <= sizeof(ulong)
        ? new($"PUSH{n}", 0, 1, n, (f, ref top, pc) => StackRules.PushShort(f, ref top, pc, n))
        : new($"PUSH{n}", 0, 1, n, (f, ref top, pc) => StackRules.PushLong(f, ref top, pc, n));

    private static Opcode Duplicate(int n) =>
        new($"DUP{n}", n, n + 1, 0, (_, ref top, pc) => StackRules.Duplicate(ref top, pc, n));

    private static Opcode Swap(int n) =>
        new($"SWAP{n}", n + 1, n + 1, 0, (_, ref top, pc) => StackRules.Swap(ref top, pc, n));

    private static Opcode Log(int n) =>
        new($"LOG{n}", n + 2, 0, 0, (f, ref top, pc) => StorageRules.Log(f, ref top, pc, n));
}
