using Filecoin.ActorRuntime;

namespace Filecoin.Rpc;

/// <summary>An account that a transaction touches, and its slots.</summary>
/// <param name="Address">Its address.</param>
/// <param name="StorageKeys">Slots, 32 bytes each.</param>
public sealed record AccessListEntryView(string Address, IReadOnlyList<string> StorageKeys);

/// <summary>What a transaction touches.</summary>
/// <param name="AccessList">Accounts in the order of their addresses.</param>
/// <param name="GasUsed">Gas that it used.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
public sealed record AccessListView(
    IReadOnlyList<AccessListEntryView> AccessList,
    string GasUsed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error);

/// <summary>Takes down accounts and slots that a call touches.</summary>
/// <remarks>Shape: geth's access list tracer.</remarks>
internal sealed class AccessListRecorder : IInstructionObserver
{
    private const int WordLength = 32;
    private const int ItemsMax = 100_000;

    private readonly SortedDictionary<string, SortedSet<string>> touched =
        new(StringComparer.Ordinal);

    private readonly Stack<string> contracts = new();
    private int items;

    /// <summary>What was touched, without accounts that count as touched in any case.</summary>
    /// <param name="without">Who sends, and who receives unless slots of it were touched.</param>
    /// <exception cref="RpcException">It is too much.</exception>
    public IReadOnlyList<AccessListEntryView> List(params IReadOnlyList<string?> without)
    {
        if (items > ItemsMax)
        {
            throw new RpcException(new RpcError(
                RpcError.LimitCode, $"more than {ItemsMax} accounts and slots"));
        }

        List<AccessListEntryView> list = [];
        foreach ((string address, SortedSet<string> slots) in touched)
        {
            if (slots.Count > 0 || !without.Contains(address))
            {
                list.Add(new(address, [.. slots]));
            }
        }

        return list;
    }

    /// <inheritdoc/>
    public void OnRunBegun(ReadOnlySpan<byte> contract20) =>
        contracts.Push(Hex.OfBytes(contract20));

    /// <inheritdoc/>
    public void OnInstruction(in InstructionStep instruction)
    {
        // Where the address is on the stack: on top, or under the gas of a call.
        int? address = instruction.Opcode switch
        {
            0x31 or 0x3b or 0x3c or 0x3f or 0xff => 0,
            0xf1 or 0xf4 or 0xfa => 1,
            _ => null,
        };
        bool isSlot = instruction.Opcode is 0x54 or 0x55;
        int needed = isSlot ? 1 : address + 1 ?? int.MaxValue;
        if (items > ItemsMax || needed > instruction.Stack.Length / WordLength)
        {
            return;
        }

        if (isSlot)
        {
            items += SlotsOf(contracts.Peek()).Add(
                Hex.OfBytes(Word(instruction.Stack, 0))) ? 1 : 0;
        }
        else
        {
            ReadOnlySpan<byte> bytes = Word(instruction.Stack, address.GetValueOrDefault())
                .AsSpan(WordLength - Address.EthereumLength);
            if (!IsPrecompile(bytes))
            {
                _ = SlotsOf(Hex.OfBytes(bytes));
            }
        }
    }

    /// <inheritdoc/>
    public void OnRunEnded(long gasMilligas, ExitCode? exitCode) => _ = contracts.Pop();

    /// <summary>Zeros before the last byte, or Filecoin's prefix and zeros.</summary>
    private static bool IsPrecompile(ReadOnlySpan<byte> address20) =>
        address20[0] is 0 or 0xfe && !address20[1..^1].ContainsAnyExcept((byte)0);

    private SortedSet<string> SlotsOf(string address)
    {
        if (!touched.TryGetValue(address, out SortedSet<string>? slots))
        {
            items++;
            touched[address] = slots = new(StringComparer.Ordinal);
        }

        return slots;
    }

    private static byte[] Word(ReadOnlySpan<byte> stack, int below)
    {
        byte[] word = stack.Slice(
            stack.Length - ((below + 1) * WordLength), WordLength).ToArray();
        Array.Reverse(word);
        return word;
    }
}
