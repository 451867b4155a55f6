namespace Filecoin.Rpc;

/// <summary>What an account has, as geth's prestate tracer shows it.</summary>
public sealed record AccountStateView
{
    /// <summary>In attoFIL; null where it is not shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Balance { get; init; }

    /// <summary>Its code; null for none, or where it is not shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    /// <summary>What it has sent or made; null for 0, or where it is not shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ulong? Nonce { get; init; }

    /// <summary>Slots; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SortedDictionary<string, string>? Storage { get; init; }
}

/// <summary>Accounts that changed.</summary>
/// <param name="Post">What of them is new.</param>
/// <param name="Pre">What they had; of slots those that are new.</param>
public sealed record StateChangeView(
    SortedDictionary<string, AccountStateView> Post,
    SortedDictionary<string, AccountStateView> Pre);

/// <summary>Shows what accounts had before a transaction, or before and after.</summary>
/// <remarks>
/// Shape: geth eth/tracers/native/prestate.go. A block has no one who is paid for it by its
/// transactions' fees, which go to actors of the network: these are not shown.
/// </remarks>
internal sealed class AccountStates(ActorView before, ActorView after, TracerConfig config)
{
    private const int CodeBytesMax = 32 << 20;

    private static readonly string Zero = Hex.OfBytes(new byte[ContractRecord.WordLength]);

    private int codeBytes;

    /// <summary>What accounts had; those that had nothing only if they are wanted.</summary>
    /// <exception cref="RpcException">It is too much.</exception>
    public SortedDictionary<string, AccountStateView> Before(TouchedAccounts touched)
    {
        SortedDictionary<string, AccountStateView> shown = new(StringComparer.Ordinal);
        foreach ((string address, IReadOnlyList<string> slots) in touched.Slots)
        {
            Account account = Read(before, address, slots);
            if (config.IncludeEmpty || !account.IsEmpty)
            {
                shown[address] = account.View(config, account.Slots);
            }
        }

        return shown;
    }

    /// <summary>What accounts had and have that are no longer the same.</summary>
    /// <exception cref="RpcException">It is too much.</exception>
    public StateChangeView Changes(TouchedAccounts touched)
    {
        SortedDictionary<string, AccountStateView> pre = new(StringComparer.Ordinal);
        SortedDictionary<string, AccountStateView> post = new(StringComparer.Ordinal);
        foreach ((string address, IReadOnlyList<string> slots) in touched.Slots)
        {
            Account left = Read(before, address, slots);
            Account right = Read(after, address, slots);
            if (Difference(left, right) is not AccountStateView news)
            {
                continue;
            }

            if (config.IncludeEmpty || !left.IsEmpty)
            {
                pre[address] = left.View(config, Other(left.Slots, right.Slots));
            }

            // A contract that is gone has nothing afterwards.
            if (left.Code.IsEmpty || !right.Code.IsEmpty)
            {
                post[address] = news;
            }
        }

        return new(post, pre);
    }

    private static AccountStateView Unchanged { get; } = new();

    /// <summary>What the second has otherwise; null for nothing.</summary>
    private AccountStateView? Difference(in Account left, in Account right)
    {
        SortedDictionary<string, string> slots = Other(right.Slots, left.Slots);
        AccountStateView view = new()
        {
            Balance = left.Balance == right.Balance ? null : Hex.Of(right.Balance),
            Code = config.DisableCode || left.Code.Span.SequenceEqual(right.Code.Span)
                ? null
                : Hex.OfBytes(right.Code.Span),
            Nonce = left.Nonce == right.Nonce ? null : right.Nonce,
            Storage = config.DisableStorage || slots.Count == 0 ? null : slots,
        };

        // A slot that is zero afterwards is a change that does not show.
        bool isCleared = !config.DisableStorage && Other(left.Slots, right.Slots).Count > 0;
        return isCleared || view != Unchanged ? view : null;
    }

    /// <summary>Slots of one that the other has otherwise, without those that are zero.</summary>
    private static SortedDictionary<string, string> Other(
        SortedDictionary<string, string> one, SortedDictionary<string, string> other)
    {
        SortedDictionary<string, string> found = new(StringComparer.Ordinal);
        foreach ((string key, string value) in one)
        {
            if (value != Zero && value != other[key])
            {
                found[key] = value;
            }
        }

        return found;
    }

    private Account Read(ActorView state, string address, IReadOnlyList<string> slots)
    {
        ExecutorThread.Pause();
        Address actor = Address.FromEthereum(Convert.FromHexString(address.AsSpan(2)));
        ReadOnlyMemory<byte> code = state.CodeOf(actor);
        codeBytes += code.Length;
        if (codeBytes > CodeBytesMax)
        {
            throw new RpcException(new RpcError(
                RpcError.LimitCode, $"the accounts have more than {CodeBytesMax} bytes of code"));
        }

        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string slot in slots)
        {
            values[slot] = Hex.OfBytes(
                state.SlotOf(actor, Convert.FromHexString(slot.AsSpan(2))));
        }

        return new(state.BalanceOf(actor), state.NonceOf(actor), code, values);
    }

    private readonly record struct Account(
        TokenAmount Balance,
        ulong Nonce,
        ReadOnlyMemory<byte> Code,
        SortedDictionary<string, string> Slots)
    {
        public bool IsEmpty => Balance.IsZero && Nonce == 0 && Code.IsEmpty;

        public AccountStateView View(
            TracerConfig config, SortedDictionary<string, string> slots) => new()
            {
                Balance = Hex.Of(Balance),
                Code = config.DisableCode || Code.IsEmpty ? null : Hex.OfBytes(Code.Span),
                Nonce = Nonce == 0 ? null : Nonce,
                Storage = config.DisableStorage || slots.Count == 0 ? null : slots,
            };
    }
}
