using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Filecoin.Evm;

/// <summary>Runs a contract's code.</summary>
/// <remarks>Spec: evm 5; builtin-actors actors/evm/src/interpreter/execution.rs.</remarks>
public static class EvmInterpreter
{
    /// <summary>Most words on the stack.</summary>
    public const int StackDepthMax = 1024;

    /// <summary>Runs to the end.</summary>
    /// <remarks>
    /// Errors: whatever the host throws. The stack and the memory are from a pool and go back
    /// to it in any case.
    /// </remarks>
    public static EvmResult Run(in EvmInvocation invocation, IEvmHost host)
    {
        // The slot below the first word is there for references to the top of an empty stack.
        U256[] stack = ArrayPool<U256>.Shared.Rent(
            StackDepthMax + 1 + BlockAssembler.SlotsMax);
        EvmFrame frame = new(invocation, host);
        try
        {
            int position = !frame.TryBegin() ? 0
                : host.Observer is IEvmObserver observer ? ObservedLoop(frame, stack, observer)
                : Loop(frame, stack);
            return frame.TrySettle()
                ? new(frame.ExitCode, frame.Output, position)
                : new(ExitCode.SysOutOfGas, default, position);
        }
        finally
        {
            frame.Dispose();
            ArrayPool<U256>.Shared.Return(stack);
        }
    }

    // No bound is looked at twice: the code is padded with STOP, rows exist for all bytes, and
    // each row says how far its body reaches into the stack. Compiled once and for good: a first
    // version that is replaced later makes short programs three times as slow.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Loop(EvmFrame frame, U256[] stack)
    {
        ref U256 bottom = ref MemoryMarshal.GetArrayDataReference(stack);
        ref byte code = ref MemoryMarshal.GetArrayDataReference(frame.Code.Padded);
        ref Opcode rows = ref MemoryMarshal.GetArrayDataReference(OpcodeTable.Rows);
        ref uint prices = ref MemoryMarshal.GetArrayDataReference(frame.Prices.Opcodes);
        int position;
        int next = 0;
        int depth = 0;
        long used = frame.Used;
        bool mayUseBlocks = frame.Counter is null;
        unchecked
        {
            do
            {
                position = next;
                int opcode = Unsafe.Add(ref code, position);
                ref Opcode row = ref Unsafe.Add(ref rows, opcode);
                int after = depth + row.Change;
                if (depth < row.Pops || after > StackDepthMax)
                {
                    return Refuse(frame, row, depth, position);
                }

                used += Unsafe.Add(ref prices, opcode);
                frame.Used = used;
                if (used > frame.Limit && !frame.TrySettle(opcode))
                {
                    return position;
                }

                next = row.Body(frame, ref Unsafe.Add(ref bottom, depth), position);
                depth = after;
                if ((opcode & ~1) == OpcodeTable.Jump && next > 0 && next != position + 1
                    && mayUseBlocks && frame.Blocks.Enter(next - 1) is Block block)
                {
                    next = BlockRunner.Run(frame, ref bottom, ref depth, block, ref position);
                    used = frame.Used;
                }
            }
            while (next >= 0);
        }

        return position;
    }

    /// <summary>The same for somebody who looks on: the loop above is not slowed down.</summary>
    private static int ObservedLoop(EvmFrame frame, U256[] stack, IEvmObserver observer)
    {
        int position;
        int next = 0;
        int depth = 0;
        do
        {
            position = next;
            byte opcode = frame.Code.Padded[position];
            observer.OnInstruction(new(position, opcode, frame.Owed)
            {
                Stack = stack.AsSpan(1, depth),
                Memory = frame.Memory.Slice(0, frame.Memory.Length),
                ReturnData = frame.ReturnData.Span,
            });
            Opcode row = OpcodeTable.Rows[opcode];
            if (depth < row.Pops || depth + row.Change > StackDepthMax)
            {
                return Refuse(frame, row, depth, position);
            }

            frame.Used += frame.Prices.Opcodes[opcode];
            if (frame.Used > frame.Limit && !frame.TrySettle())
            {
                return position;
            }

            next = row.Body(frame, ref stack[depth], position);
            depth += row.Change;
        }
        while (next >= 0);
        return position;
    }

    private static int Refuse(EvmFrame frame, in Opcode row, int depth, int position)
    {
        _ = frame.Halt(
            !row.IsDefined ? EvmExitCode.UndefinedInstruction
            : depth < row.Pops ? EvmExitCode.StackUnderflow
            : EvmExitCode.StackOverflow);
        return position;
    }
}
