using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

/// <summary>What the instructions of one run share.</summary>
internal sealed class EvmFrame(in EvmInvocation invocation, IEvmHost host) : IDisposable
{
    /// <summary>What an instruction answers, instead of where to go on, to end the run.</summary>
    internal const int Halted = -1;

    private const int WordBits = 64;

    /// <summary>Work after which the host is asked again, whatever it allows.</summary>
    /// <remarks>Some 100 µs: the host may have others wait for their turn.</remarks>
    private const long UnaskedMax = 5_000_000_000;

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

    /// <summary>Takes down all work, instruction by instruction; null as a rule.</summary>
    internal Action<int, long>? Counter { get; } = host.Counter;

    internal EvmMemory Memory { get; } = new();

    /// <summary>What the code's instructions are made into where they run often.</summary>
    internal BlockTable Blocks => field ??= Code.BlocksFor(Prices);

    /// <summary>What multiplies modulo a number.</summary>
    internal ModularProducts Products => field ??= new();

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

    /// <summary>
    /// Counts what every run of the code costs, and asks the host for the first time; false, and
    /// the end, if gas is gone.
    /// </summary>
    internal bool TryBegin()
    {
        _ = Count(EvmWork.CodeByte, Code.Length);
        _ = Count(EvmWork.CodeInstruction, Code.Instructions);
        return TrySettle();
    }

    /// <summary>Pays for an instruction that is more than what was allowed.</summary>
    internal bool TrySettle(int opcode)
    {
        Counter?.Invoke(opcode, 1);
        return TrySettle();
    }

    /// <summary>Pays the host for all work so far; false, and the end, if gas is gone.</summary>
    internal bool TrySettle()
    {
        long allowance = Host.Charge(Owed);
        settled = Used;
        sized = 0;
        Limit = Used + (Counter is null ? Math.Clamp(allowance, 0, UnaskedMax) : -1);
        if (allowance < 0)
        {
            _ = Halt(ExitCode.SysOutOfGas);
        }

        return allowance >= 0;
    }

    /// <summary>Counts work that depends on a size; false, and the end, if gas is gone.</summary>
    internal bool TryCharge(long units, EvmWork kind)
    {
        Limit -= Count(kind, units);
        return Used <= Limit || TrySettle();
    }

    /// <summary>Counts the copying of bytes; false, and the end, if gas is gone.</summary>
    internal bool TryChargeCopy(int bytes) =>
        TryCharge(WordsOf(bytes), EvmWork.CopiedWord);

    /// <summary>Counts an event's data; false, and the end, if gas is gone.</summary>
    internal bool TryChargeLog(int bytes) => TryCharge(WordsOf(bytes), EvmWork.LogWord);

    /// <summary>Counts a division of words; false, and the end, if gas is gone.</summary>
    internal bool TryChargeQuotient(in U256 dividend, in U256 divisor)
    {
        int bits = dividend.BitLength;
        int divisorBits = divisor.BitLength;
        return divisorBits == 0
            || bits < divisorBits
            || (divisorBits <= WordBits
                ? TryCharge(1, EvmWork.ShortDivision)
                : TryCharge((2 * QuotientWords(bits, divisorBits)) + 1, EvmWork.LongQuotient));
    }

    /// <summary>
    /// Counts a division of a sum or product; false, and the end, if gas is gone.
    /// </summary>
    internal bool TryChargeWideQuotient(int dividendBits, in U256 divisor)
    {
        int divisorBits = divisor.BitLength;
        return divisorBits == 0
            || dividendBits < divisorBits
            || (divisorBits <= WordBits
                ? TryCharge(1, EvmWork.WideShortDivision)
                : TryCharge(QuotientWords(dividendBits, divisorBits), EvmWork.WideQuotient));
    }

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

    private static int QuotientWords(int dividendBits, int divisorBits) =>
        ((dividendBits - 1) / WordBits) - ((divisorBits - 1) / WordBits) + 1;

    private static long WordsOf(long bytes) => (bytes + U256.Length - 1) / U256.Length;

    private long Count(EvmWork kind, long units)
    {
        Counter?.Invoke(EvmPrices.OpcodeCount + (int)kind, units);
        long work = units * Prices[kind];
        sized += work;
        return work;
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
        // Paid first: who has no gas for it takes no memory either. Measured: the reference has
        // half of what is too much before it ends.
        long words = WordsOf((long)end - Memory.Length);
        if (!TryCharge(end > EvmMemory.LengthMax ? words / 2 : words, EvmWork.MemoryWord))
        {
            return false;
        }

        if (end > EvmMemory.LengthMax)
        {
            _ = Halt(ExitCode.SysIllegalInstruction);
            return false;
        }

        Memory.Grow((int)end);
        return true;
    }
}
