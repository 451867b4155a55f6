using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Filecoin.Evm;

/// <summary>Runs blocks.</summary>
internal static partial class BlockRunner
{
    /// <summary>
    /// Runs one block after the other until the next one is not there, cannot be paid at once or
    /// does not find its words on the stack.
    /// </summary>
    /// <param name="frame">The run.</param>
    /// <param name="bottom">The slot below the stack's first word.</param>
    /// <param name="depth">Words on the stack, before and afterwards.</param>
    /// <param name="block">The first block.</param>
    /// <param name="position">The instruction that ended the run, if one did.</param>
    /// <returns>Where to go on, or <see cref="EvmFrame.Halted"/>.</returns>
    /// <remarks>
    /// What the frame says of work done is right whenever a rule may look at it; so no result
    /// depends on whether instructions run in blocks.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Run(
        EvmFrame frame, ref U256 bottom, ref int depth, Block block, ref int position)
    {
        unchecked
        {
            while (true)
            {
                long used = frame.Used;
                if ((depth < block.Needs
                        || depth + block.Growth > EvmInterpreter.StackDepthMax
                        || used + block.Price > frame.Limit)
                    && !MayRun(frame, depth, block))
                {
                    position = block.Start;
                    return frame.ExitCode.IsSuccess ? block.Start : EvmFrame.Halted;
                }

                ref U256 top = ref Unsafe.Add(ref bottom, depth);
                ref Step step = ref MemoryMarshal.GetArrayDataReference(block.Steps);
                bool isTaken;
                while (true)
                {
                    switch (step.Kind)
                    {
                        case StepKind.Add:
                            U256.Add(A(ref top, step), B(ref top, step), ref T(ref top, step));
                            break;
                        case StepKind.Subtract:
                            U256.Subtract(
                                A(ref top, step), B(ref top, step), ref T(ref top, step));
                            break;
                        case StepKind.Multiply:
                            U256.Multiply(
                                A(ref top, step), B(ref top, step), ref T(ref top, step));
                            break;
                        case StepKind.And:
                            U256.And(A(ref top, step), B(ref top, step), ref T(ref top, step));
                            break;
                        case StepKind.Or:
                            U256.Or(A(ref top, step), B(ref top, step), ref T(ref top, step));
                            break;
                        case StepKind.Xor:
                            U256.Xor(A(ref top, step), B(ref top, step), ref T(ref top, step));
                            break;
                        case StepKind.Less:
                            Answer(
                                A(ref top, step) < B(ref top, step), ref T(ref top, step));
                            break;
                        case StepKind.LessSigned:
                            Answer(
                                U256.IsLessSigned(A(ref top, step), B(ref top, step)),
                                ref T(ref top, step));
                            break;
                        case StepKind.Equal:
                            Answer(
                                A(ref top, step) == B(ref top, step), ref T(ref top, step));
                            break;
                        case StepKind.ShiftLeft:
                            U256.ShiftLeft(
                                B(ref top, step), A(ref top, step), ref T(ref top, step));
                            break;
                        case StepKind.ShiftRight:
                            U256.ShiftRight(
                                B(ref top, step), A(ref top, step), 0, ref T(ref top, step));
                            break;
                        case StepKind.AddNumber:
                            U256.Add(A(ref top, step), step.Number, ref T(ref top, step));
                            break;
                        case StepKind.SubtractNumber:
                            U256.Subtract(A(ref top, step), step.Number, ref T(ref top, step));
                            break;
                        case StepKind.AndNumber:
                            U256.Set(
                                ref T(ref top, step), A(ref top, step).W0 & step.Number, 0, 0, 0);
                            break;
                        case StepKind.LessNumber:
                            Answer(
                                IsLess(A(ref top, step), step.Number), ref T(ref top, step));
                            break;
                        case StepKind.GreaterNumber:
                            Answer(
                                IsGreater(A(ref top, step), step.Number), ref T(ref top, step));
                            break;
                        case StepKind.EqualNumber:
                            Answer(
                                IsEqual(A(ref top, step), step.Number), ref T(ref top, step));
                            break;
                        case StepKind.ShiftLeftNumber:
                            U256.ShiftLeft(
                                A(ref top, step), (int)step.Number, ref T(ref top, step));
                            break;
                        case StepKind.ShiftRightNumber:
                            U256.ShiftRight(
                                A(ref top, step), (int)step.Number, 0, ref T(ref top, step));
                            break;
                        case StepKind.IsZero:
                            Answer(A(ref top, step).IsZero, ref T(ref top, step));
                            break;
                        case StepKind.Not:
                            U256.Not(A(ref top, step), ref T(ref top, step));
                            break;
                        case StepKind.Move:
                            U256.Copy(ref A(ref top, step), ref T(ref top, step));
                            break;
                        case StepKind.Number:
                            U256.Set(ref T(ref top, step), step.Number, 0, 0, 0);
                            break;
                        case StepKind.Wide:
                            U256.Copy(
                                ref block.WideNumbers[(int)step.Number], ref T(ref top, step));
                            break;
                        case StepKind.Divide:
                        case StepKind.Remainder:
                        case StepKind.AddModulo:
                        case StepKind.MultiplyModulo:
                        case StepKind.Power:
                        case StepKind.Apply:
                            frame.Used = used + step.Paid;
                            if (!TryRule(frame, ref top, step))
                            {
                                goto halted;
                            }

                            break;
                        case StepKind.Load:
                            frame.Used = used + step.Paid;
                            if (!MemoryRules.TryLoad(
                                frame, A(ref top, step), ref T(ref top, step)))
                            {
                                goto halted;
                            }

                            break;
                        case StepKind.LoadAt:
                            frame.Used = used + step.Paid;
                            if (!MemoryRules.TryLoad(frame, step.Number, ref T(ref top, step)))
                            {
                                goto halted;
                            }

                            break;
                        case StepKind.Store:
                            frame.Used = used + step.Paid;
                            if (!MemoryRules.TryStore(frame, A(ref top, step), B(ref top, step)))
                            {
                                goto halted;
                            }

                            break;
                        case StepKind.StoreAt:
                            frame.Used = used + step.Paid;
                            if (!MemoryRules.TryStore(frame, step.Number, B(ref top, step)))
                            {
                                goto halted;
                            }

                            break;
                        case StepKind.IfZero:
                            isTaken = A(ref top, step).IsZero;
                            goto branch;
                        case StepKind.IfNotZero:
                            isTaken = !A(ref top, step).IsZero;
                            goto branch;
                        case StepKind.IfLess:
                            isTaken = A(ref top, step) < B(ref top, step);
                            goto branch;
                        case StepKind.IfNotLess:
                            isTaken = !(A(ref top, step) < B(ref top, step));
                            goto branch;
                        case StepKind.IfLessSigned:
                            isTaken = U256.IsLessSigned(A(ref top, step), B(ref top, step));
                            goto branch;
                        case StepKind.IfNotLessSigned:
                            isTaken = !U256.IsLessSigned(A(ref top, step), B(ref top, step));
                            goto branch;
                        case StepKind.IfEqual:
                            isTaken = A(ref top, step) == B(ref top, step);
                            goto branch;
                        case StepKind.IfNotEqual:
                            isTaken = A(ref top, step) != B(ref top, step);
                            goto branch;
                        case StepKind.IfLessNumber:
                            isTaken = IsLess(A(ref top, step), step.Number);
                            goto branch;
                        case StepKind.IfNotLessNumber:
                            isTaken = !IsLess(A(ref top, step), step.Number);
                            goto branch;
                        case StepKind.IfGreaterNumber:
                            isTaken = IsGreater(A(ref top, step), step.Number);
                            goto branch;
                        case StepKind.IfNotGreaterNumber:
                            isTaken = !IsGreater(A(ref top, step), step.Number);
                            goto branch;
                        case StepKind.IfEqualNumber:
                            isTaken = IsEqual(A(ref top, step), step.Number);
                            goto branch;
                        case StepKind.IfNotEqualNumber:
                            isTaken = !IsEqual(A(ref top, step), step.Number);
                            goto branch;
                        case StepKind.Jump:
                            isTaken = true;
                            goto branch;
                        case StepKind.Continue:
                            isTaken = false;
                            goto branch;
                        case StepKind.JumpTo:
                            ref U256 target = ref A(ref top, step);
                            frame.Used = used + block.Price;
                            if (!frame.Code.IsJumpDestination(target))
                            {
                                _ = frame.Halt(EvmExitCode.BadJumpDestination);
                                goto halted;
                            }

                            depth += block.Change;
                            int destination = (int)target.W0;
                            if (frame.Blocks.Enter(destination) is not Block entered)
                            {
                                return destination + 1;
                            }

                            block = entered;
                            goto next;
                        case StepKind.Perform:
                            frame.Used = used + block.Price;
                            if (OpcodeTable.Rows[step.Opcode]
                                .Body(frame, ref A(ref top, step), step.Position) < 0)
                            {
                                goto halted;
                            }

                            depth += block.Change;
                            block = block.Next ?? frame.Blocks.NextOf(block);
                            goto next;
                        default:
                            frame.Used = used + block.Price;
                            depth += block.Change;
                            return step.Position;
                    }

                    step = ref Unsafe.Add(ref step, 1);
                }

            branch:
                frame.Used = used + block.Price;
                depth += block.Change;
                if (isTaken)
                {
                    int destination = block.Destination;
                    Block? taken = block.Taken ?? frame.Blocks.TakenFrom(block);
                    if (taken is null)
                    {
                        return destination + 1;
                    }

                    block = taken;
                }
                else
                {
                    block = block.Next ?? frame.Blocks.NextOf(block);
                }

            next:
                continue;

            halted:
                position = step.Position;
                return EvmFrame.Halted;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref U256 A(ref U256 top, in Step step) =>
        ref Unsafe.AddByteOffset(ref top, (nint)step.A);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref U256 B(ref U256 top, in Step step) =>
        ref Unsafe.AddByteOffset(ref top, (nint)step.B);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref U256 C(ref U256 top, in Step step) =>
        ref Unsafe.AddByteOffset(ref top, (nint)step.C);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref U256 T(ref U256 top, in Step step) =>
        ref Unsafe.AddByteOffset(ref top, (nint)step.Target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLess(in U256 word, ulong number) =>
        word.IsUInt64 && word.W0 < number;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsGreater(in U256 word, ulong number) =>
        !word.IsUInt64 || word.W0 > number;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsEqual(in U256 word, ulong number) =>
        word.IsUInt64 && word.W0 == number;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Answer(bool value, ref U256 slot) =>
        U256.Set(ref slot, value ? 1UL : 0, 0, 0, 0);
}
