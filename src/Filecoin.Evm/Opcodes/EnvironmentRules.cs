namespace Filecoin.Evm;

/// <summary>What a contract may ask about its call, the chain and other accounts.</summary>
/// <remarks>
/// Spec: evm 7 and 12; builtin-actors actors/evm/src/interpreter/instructions/context.rs, ext.rs
/// and state.rs.
/// </remarks>
internal static class EnvironmentRules
{
    /// <summary>Quirk: the same in all networks and tipsets.</summary>
    internal const ulong BlockGasLimit = 10_000_000_000;

    private const long BlockHashEpochs = 256;

    internal static int Push(U256 value, ref U256 top, int pc)
    {
        Slots.Above(ref top) = value;
        return pc + 1;
    }

    internal static int Balance(EvmFrame frame, ref U256 top, int pc)
    {
        top = frame.Host.Balance(EthAddress.FromWord(top));
        return pc + 1;
    }

    internal static int BlockHash(EvmFrame frame, ref U256 top, int pc)
    {
        top = IsRecent(frame, top) ? frame.Host.BlockHash(new((long)top.W0)) : U256.Zero;
        return pc + 1;
    }

    /// <summary>The epoch, a host call, is asked for only if the number could be one.</summary>
    private static bool IsRecent(EvmFrame frame, in U256 number)
    {
        if (!number.IsUInt64 || number.W0 > long.MaxValue)
        {
            return false;
        }

        long current = frame.Host.Epoch.Value;
        long epoch = (long)number.W0;
        return epoch < current && epoch >= current - BlockHashEpochs;
    }

    internal static int PrevRandao(EvmFrame frame, ref U256 top, int pc) =>
        frame.Next(pc, frame.Host.PrevRandao(out Slots.Above(ref top)));

    internal static int Gas(EvmFrame frame, ref U256 top, int pc) => frame.TrySettle()
        ? StackRules.PushNumber(frame.Host.GasAvailable, ref top, pc)
        : EvmFrame.Halted;

    internal static int CodeSize(EvmFrame frame, ref U256 top, int pc)
    {
        if (!frame.TrySettle())
        {
            return EvmFrame.Halted;
        }

        ExitCode code = frame.Host.CodeSize(EthAddress.FromWord(top), out int size);
        top = (ulong)size;
        return frame.Next(pc, code);
    }

    internal static int CodeHash(EvmFrame frame, ref U256 top, int pc) => frame.TrySettle()
        ? frame.Next(pc, frame.Host.CodeHash(EthAddress.FromWord(top), out top))
        : EvmFrame.Halted;

    internal static int CopyCode(EvmFrame frame, ref U256 top, int pc)
    {
        if (!frame.TrySettle())
        {
            return EvmFrame.Halted;
        }

        ExitCode code = frame.Host.LoadCode(
            EthAddress.FromWord(top), out ReadOnlyMemory<byte> bytes);
        return code.IsSuccess
            ? MemoryRules.Copy(frame, ref Slots.Below(ref top, 1), pc, bytes.Span)
            : frame.Halt(code);
    }
}
