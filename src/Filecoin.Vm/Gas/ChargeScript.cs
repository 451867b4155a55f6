namespace Filecoin.Vm;

/// <summary>
/// The charges of a message that was run as Wasm, to be followed while it is run with native
/// actors: what Wasm's instructions cost is taken from here, all else must be the same.
/// </summary>
/// <remarks>
/// For comparisons. A message that follows to the end has used the same gas, so that its receipt
/// and the state's root are the same to the last bit. Instructions are paid when the next charge
/// of another kind comes, or a native actor ends.
/// </remarks>
public sealed class ChargeScript(IReadOnlyList<GasCharge> charges)
{
    /// <summary>Name of the charge for instructions.</summary>
    public const string Instructions = "wasm_exec";

    /// <summary>Name of the charge for memory that has grown.</summary>
    public const string Growth = "wasm_memory_grow";

    private readonly Stack<ExecutionSample?> open = new();
    private readonly List<ExecutionSample> samples = [];
    private int position;

    /// <summary>Whether gas ran out within what a native actor's Wasm would have run.</summary>
    private bool ranOutWithin;

    /// <summary>Where the message left the script; null if it has not.</summary>
    public string? Difference { get; private set; }

    /// <summary>
    /// What native actors did and what their Wasm paid, in order of their starts.
    /// </summary>
    public IReadOnlyList<ExecutionSample> Samples => samples;

    /// <summary>An invocation begins; null for one of Wasm.</summary>
    internal void Begin(ExecutionSample? sample)
    {
        open.Push(sample);
        if (sample is not null)
        {
            samples.Add(sample);
        }
    }

    /// <summary>An invocation ends.</summary>
    internal void End() => _ = open.Pop();

    /// <summary>Pays what is left, and says so if that is more than instructions.</summary>
    internal void Finish(GasTracker gas)
    {
        _ = PayExecution(gas, _ => true);
        if (position < charges.Count && Difference is null)
        {
            Difference = $"charge {position}: expected {Describe(charges[position])}, got none";
        }
    }

    /// <summary>Pays a charge, and before it what the script has in between.</summary>
    internal bool TryCharge(in GasCharge charge, GasTracker gas)
    {
        if (Difference is not null)
        {
            return gas.TryCharge(charge.Total);
        }

        if (IsExecution(charge))
        {
            return TryChargeExecution(charge, gas);
        }

        if (!PayExecution(gas, _ => true))
        {
            ranOutWithin = true;
            return false;
        }

        if (position == charges.Count || charges[position] != charge)
        {
            string expected = position == charges.Count ? "none" : Describe(charges[position]);
            Difference = $"charge {position}: expected {expected}, got {Describe(charge)}";
        }

        position++;
        return gas.TryCharge(charge.Total);
    }

    /// <summary>Pays what the Wasm of a native actor would have run last.</summary>
    /// <param name="gas">The meter.</param>
    /// <param name="isInert">Whether it makes no host call before.</param>
    internal bool TryEndNative(GasTracker gas, bool isInert)
    {
        if (Difference is not null)
        {
            return true;
        }

        // The Wasm ended there, and paid no more.
        if (ranOutWithin)
        {
            ranOutWithin = false;
            return false;
        }

        // A Wasm actor pays after its start, and when it ends.
        int times = isInert ? 2 : 1;
        return PayExecution(gas, charge => charge.Name == Instructions
            ? times-- > 0
            : times > 0 || charge.Name == Growth);
    }

    /// <summary>
    /// What Wasm actors beside pay is in the script, perhaps behind natives' ends.
    /// </summary>
    private bool TryChargeExecution(GasCharge charge, GasTracker gas)
    {
        int end = position;
        while (end < charges.Count && IsExecution(charges[end]) && charges[end] != charge)
        {
            end++;
        }

        bool isFound = end < charges.Count && charges[end] == charge;
        return PayExecution(gas, _ => !isFound || position <= end);
    }

    private bool PayExecution(GasTracker gas, Predicate<GasCharge> isWanted)
    {
        while (position < charges.Count
            && IsExecution(charges[position])
            && isWanted(charges[position]))
        {
            Gas paid = charges[position++].Total;
            if (!gas.TryCharge(paid))
            {
                return false;
            }

            if (open.TryPeek(out ExecutionSample? sample) && sample is not null)
            {
                sample.Paid += paid;
            }
        }

        return true;
    }

    private static bool IsExecution(in GasCharge charge) =>
        charge.Name is Instructions or Growth or "wasm_memory_init" or "wasm_table_init";

    private static string Describe(in GasCharge charge) => $"{charge.Name} of {charge.Total}";
}
