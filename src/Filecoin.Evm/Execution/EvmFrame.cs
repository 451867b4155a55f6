using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

/// <summary>What the instructions of one run share.</summary>
internal sealed class EvmFrame(in EvmInvocation invocation, IEvmHost host) : IDisposable
{
    /// <summary>What an instruction answers, instead of where to go on, to end the run.</summary>
    internal const int Halted = -1;

    /// <summary>Work of the instructions so far, without what depends on sizes.</summary>
    internal long Used;

    /// <summary>How far <see cref="Used"/> may go before the host is asked again.</summary>
    internal long Limit;

    private long settled;
    private long sized;

    internal EvmCode Code { get; } = invocation.Code;

    internal ReadOnlyMemory<byte> Input { get; } = invocation.Input;

    internal EthAddress Receiver { get; } = invocation.Receiver;

    internal EthAddress Caller { get; } = invocation.Caller;

    internal U256 Value { get; } = invocation.Value;

    internal bool IsReadOnly { get; } = invocation.IsReadOnly;

    internal IEvmHost Host { get; } = host;

    internal EvmPrices Prices { get; } = host.Prices;

    internal EvmMemory Memory { get; } = new();

    /// <summary>What the last call gave back.</summary>
    internal ReadOnlyMemory<byte> ReturnData { get; set; }

    /// <summary>Work that the host was not told of yet.</summary>
    internal long Owed => Used - settled + sized;

    internal ExitCode ExitCode { get; private set; }

    internal ReadOnlyMemory<byte> Output { get; private set; }

    public void Dispose() => Memory.Dispose();

    /// <summary>Ends the run.</summary>
    internal int Halt(ExitCode code, ReadOnlyMemory<byte> output = default)
    {
        ExitCode = code;
        Output = output;
        return Halted;
    }

    /// <summary>Goes on behind an instruction of one byte if the host did not refuse it.</summary>
    internal int Next(int pc, ExitCode code) => code.IsSuccess ? pc + 1 : Halt(code);

    /// <summary>Pays the host for all work so far; false, and the end, if gas is gone.</summary>
    internal bool TrySettle()
    {
        long allowance = Host.Charge(Owed);
        settled = Used;
        sized = 0;
        Limit = Used + Math.Clamp(allowance, 0, long.MaxValue / 2);
        if (allowance < 0)
        {
            _ = Halt(ExitCode.SysOutOfGas);
        }

        return allowance >= 0;
    }

    /// <summary>Counts work that depends on a size; false, and the end, if gas is gone.</summary>
    internal bool TryCharge(long units, uint price)
    {
        long work = units * price;
        sized += work;
        Limit -= work;
        return Used <= Limit || TrySettle();
    }

    /// <summary>Counts the copying of bytes; false, and the end, if gas is gone.</summary>
    internal bool TryChargeCopy(int bytes) =>
        TryCharge(((long)bytes + U256.Length - 1) / U256.Length, Prices.CopiedWord);

    /// <summary>Grows memory to hold a region; false, and the end, if that is impossible.</summary>
    /// <remarks>Spec: evm 5: an empty region is nowhere, whatever its offset.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryReach(in U256 offset, in U256 size, out int start, out int length)
    {
        bool isInside = offset.IsUInt32 && size.IsUInt32
            && offset.W0 + size.W0 <= (ulong)Memory.Length;
        start = isInside ? (int)offset.W0 : 0;
        length = isInside ? (int)size.W0 : 0;
        return isInside || TryGrow(offset, size, out start, out length);
    }

    private bool TryGrow(in U256 offset, in U256 size, out int start, out int length)
    {
        (start, length) = (0, 0);
        if (size.IsZero)
        {
            return true;
        }

        if (!offset.IsUInt32 || !size.IsUInt32 || offset.W0 + size.W0 > uint.MaxValue)
        {
            _ = Halt(EvmExitCode.IllegalMemoryAccess);
            return false;
        }

        ulong end = offset.W0 + size.W0;
        if (end > (ulong)Memory.Length && !TryGrow(end))
        {
            return false;
        }

        (start, length) = ((int)offset.W0, (int)size.W0);
        return true;
    }

    private bool TryGrow(ulong end)
    {
        if (end > EvmMemory.LengthMax)
        {
            _ = Halt(ExitCode.SysIllegalInstruction);
            return false;
        }

        // Paid first: who has no gas for it takes no memory either.
        long words = ((long)end - Memory.Length + U256.Length - 1) / U256.Length;
        if (!TryCharge(words, Prices.MemoryWord))
        {
            return false;
        }

        Memory.Grow((int)end);
        return true;
    }
}
