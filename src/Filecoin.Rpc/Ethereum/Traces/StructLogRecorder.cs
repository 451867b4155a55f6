using Filecoin.ActorRuntime;

namespace Filecoin.Rpc;

/// <summary>An instruction that ran.</summary>
internal sealed class StructLog
{
    /// <summary>Where in the code it stands.</summary>
    public required int Position { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How many runs of code are around it, its own included.</summary>
    public required int Depth { get; init; }

    /// <summary>Gas that was left before it.</summary>
    public required long Gas { get; init; }

    /// <summary>Gas that it took, with calls that it made.</summary>
    public long Cost { get; set; }

    /// <summary>Why the run ended with it; null if it went on or ended well.</summary>
    public string? Error { get; set; }

    /// <summary>Words from the bottom, least significant bytes first; null if not wanted.</summary>
    public byte[]? Stack { get; init; }

    /// <summary>The memory; null if not wanted.</summary>
    public byte[]? Memory { get; init; }

    /// <summary>What the last call gave back; null if not wanted.</summary>
    public byte[]? ReturnData { get; init; }

    /// <summary>Slots that were used so far, where it uses one; else null.</summary>
    public IReadOnlyDictionary<string, string>? Storage { get; set; }
}

/// <summary>Takes instructions down as geth's tracer of opcodes does.</summary>
/// <remarks>
/// Gas is what the machine had left, so that a step costs what the machine charged: host calls,
/// and where it estimates the work of instructions that too.
/// </remarks>
internal sealed class StructLogRecorder(TracerOptions options) : IInstructionObserver
{
    private const int WordLength = 32;
    private const int StepBytes = 128;
    private const int BytesMax = 64 << 20;
    private const byte Load = 0x54;
    private const byte Store = 0x55;

    private readonly List<StructLog> steps = [];
    private readonly Stack<Run> runs = new();
    private readonly Dictionary<string, SortedDictionary<string, string>> storage = [];
    private long bytes;
    private bool isFull;

    private sealed class Run(SortedDictionary<string, string> slots)
    {
        public SortedDictionary<string, string> Slots => slots;

        public StructLog? Last { get; set; }

        /// <summary>The slot whose value is on the stack next; null for none.</summary>
        public string? Loading { get; set; }
    }

    /// <summary>Whether any code ran.</summary>
    public bool HasSeenCode { get; private set; }

    /// <summary>What was taken down.</summary>
    /// <exception cref="RpcException">It was too much.</exception>
    public IReadOnlyList<StructLog> Steps => isFull
        ? throw new RpcException(new RpcError(
            RpcError.LimitCode,
            $"the trace takes more than {BytesMax} bytes: limit, disableStack, disableStorage"))
        : steps;

    /// <inheritdoc/>
    public void OnRunBegun(ReadOnlySpan<byte> contract20)
    {
        HasSeenCode = true;
        string contract = Convert.ToHexStringLower(contract20);
        if (!storage.TryGetValue(contract, out SortedDictionary<string, string>? slots))
        {
            storage[contract] = slots = new(StringComparer.Ordinal);
        }

        runs.Push(new(slots));
    }

    /// <inheritdoc/>
    public void OnInstruction(in InstructionStep instruction)
    {
        Run run = runs.Peek();
        long gas = instruction.GasMilligas / Gas.Precision;
        run.Last?.Cost = run.Last.Gas - gas;
        FinishLoad(run, instruction.Stack);
        run.Last = null;
        if (isFull || (options.Limit > 0 && steps.Count >= options.Limit))
        {
            return;
        }

        StructLog log = new()
        {
            Position = instruction.Position,
            Name = instruction.Name.Length > 0
                ? instruction.Name
                : $"opcode 0x{instruction.Opcode:x} not defined",
            Depth = runs.Count,
            Gas = gas,
            Stack = options.DisableStack ? null : instruction.Stack.ToArray(),
            Memory = options.EnableMemory ? instruction.Memory.ToArray() : null,
            ReturnData = options.EnableReturnData ? instruction.ReturnData.ToArray() : null,
        };
        TakeStorage(run, log, instruction);
        run.Last = log;
        bytes += StepBytes + (log.Stack?.Length ?? 0) + (log.Memory?.Length ?? 0)
            + (log.ReturnData?.Length ?? 0);
        isFull = bytes > BytesMax;
        if (!isFull)
        {
            steps.Add(log);
        }
    }

    /// <inheritdoc/>
    public void OnRunEnded(long gasMilligas, ExitCode? exitCode)
    {
        Run run = runs.Pop();
        if (run.Last is not StructLog last)
        {
            return;
        }

        last.Cost = last.Gas - (gasMilligas / Gas.Precision);
        ExitCode code = exitCode ?? ExitCode.SysOutOfGas;
        last.Error = code.Value == ExitText.Reverted
            ? null
            : ExitText.Trace(code, isContract: true);
    }

    /// <summary>What a SLOAD gave is on the stack when the next instruction begins.</summary>
    private void FinishLoad(Run run, ReadOnlySpan<byte> stack)
    {
        if (run.Loading is string key && run.Last is StructLog load)
        {
            run.Slots[key] = Word(stack, 0);
            Show(run, load);
        }

        run.Loading = null;
    }

    private void TakeStorage(Run run, StructLog log, in InstructionStep step)
    {
        if (options.DisableStorage || step.Opcode is not (Load or Store))
        {
            return;
        }

        int needed = step.Opcode == Load ? 1 : 2;
        if (step.Stack.Length < needed * WordLength)
        {
            return;
        }

        string key = Word(step.Stack, 0);
        if (step.Opcode == Load)
        {
            run.Loading = key;
            return;
        }

        run.Slots[key] = Word(step.Stack, 1);
        Show(run, log);
    }

    private void Show(Run run, StructLog log)
    {
        bytes += run.Slots.Count * 4L * WordLength;
        isFull |= bytes > BytesMax;
        log.Storage = isFull ? null : new Dictionary<string, string>(run.Slots);
    }

    /// <summary>A word so far below the top, its 64 digits.</summary>
    private static string Word(ReadOnlySpan<byte> stack, int below)
    {
        Span<byte> word = stackalloc byte[WordLength];
        stack.Slice(stack.Length - ((below + 1) * WordLength), WordLength).CopyTo(word);
        word.Reverse();
        return Convert.ToHexStringLower(word);
    }
}
