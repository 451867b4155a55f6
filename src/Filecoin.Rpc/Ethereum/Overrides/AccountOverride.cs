namespace Filecoin.Rpc;

/// <summary>What an account has for one call, in place of what it has.</summary>
/// <remarks>Shape: geth's state overrides. What is null stays as it is.</remarks>
public sealed record AccountOverride
{
    /// <summary>What it owns, in attoFIL.</summary>
    public Quantity? Balance { get; init; }

    /// <summary>Its nonce.</summary>
    public Quantity? Nonce { get; init; }

    /// <summary>Its code, which makes it a contract.</summary>
    public HexBytes? Code { get; init; }

    /// <summary>All its slots: others are empty.</summary>
    public IReadOnlyDictionary<string, Word>? State { get; init; }

    /// <summary>Some of its slots.</summary>
    public IReadOnlyDictionary<string, Word>? StateDiff { get; init; }

    /// <summary>Another address for a precompiled contract; refused.</summary>
    public EthereumAddress? MovePrecompileToAddress { get; init; }
}

/// <summary>What a block has for one call, in place of what it has.</summary>
/// <remarks>Shape: geth's block overrides. What is null stays as it is.</remarks>
public sealed record BlockOverride
{
    /// <summary>Its number.</summary>
    public Quantity? Number { get; init; }

    /// <summary>Its time, in seconds since 1970.</summary>
    public Quantity? Time { get; init; }

    /// <summary>What a unit of gas burns, in attoFIL.</summary>
    public Quantity? BaseFeePerGas { get; init; }

    /// <summary>The same under its older name.</summary>
    public Quantity? BaseFee { get; init; }

    /// <summary>All else; refused.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>The epoch as a call is to see it.</summary>
    /// <exception cref="RpcException">Something else is to be changed.</exception>
    internal MachineContext Over(MachineContext context)
    {
        foreach ((string name, JsonElement value) in Others ?? [])
        {
            if (value.ValueKind != JsonValueKind.Null)
            {
                throw RpcException.BadParameters(
                    $"block override {name} is not there: number, time and baseFeePerGas are");
            }
        }

        return context with
        {
            Epoch = Number is Quantity number
                ? new(checked((long)ulong.Min(number.ToUInt64(), long.MaxValue)))
                : context.Epoch,
            Timestamp = Time?.ToUInt64() ?? context.Timestamp,
            BaseFee = (BaseFeePerGas ?? BaseFee)?.ToAmount() ?? context.BaseFee,
        };
    }
}

/// <summary>What a call sees in place of what is there; nothing of it stays.</summary>
/// <param name="Accounts">By address; null for none.</param>
/// <param name="Block">Of the block; null for nothing.</param>
internal sealed record CallOverrides(
    IReadOnlyDictionary<string, AccountOverride>? Accounts, BlockOverride? Block)
{
    private const int AccountsMax = 1_000;

    /// <summary>Both, if there is any.</summary>
    public static CallOverrides? Of(
        IReadOnlyDictionary<string, AccountOverride>? accounts, BlockOverride? block) =>
        accounts is null or { Count: 0 } && block is null ? null : new(accounts, block);

    /// <summary>Changes a state.</summary>
    /// <param name="blocks">Its blocks, where new ones go.</param>
    /// <param name="root">Its root.</param>
    /// <param name="line">Its version.</param>
    /// <returns>The new root.</returns>
    /// <exception cref="RpcException">It cannot be changed so.</exception>
    public Cid Apply(IBlockstore blocks, Cid root, ProtocolLine line)
    {
        if (Accounts?.Count > AccountsMax)
        {
            throw RpcException.BadParameters($"more than {AccountsMax} accounts to override");
        }

        Cid current = root;
        StateAmendment amendment = new(change => current = change(blocks, current), line);
        foreach ((string text, AccountOverride account) in Accounts ?? None)
        {
            Apply(amendment, AddressOf(text), account ?? new());
        }

        return current;
    }

    private static Dictionary<string, AccountOverride> None { get; } = [];

    private static void Apply(StateAmendment amendment, Address address, AccountOverride account)
    {
        if (account.MovePrecompileToAddress is not null)
        {
            throw RpcException.BadParameters(
                "movePrecompileToAddress is not there: precompiled contracts stay");
        }

        if (account.State is not null && account.StateDiff is not null)
        {
            throw RpcException.BadParameters(
                $"{address.ToTestnetString()}: state or stateDiff, and not both");
        }

        if (account.Balance is Quantity balance)
        {
            amendment.SetBalance(address, balance.ToAmount());
        }

        if (account.Code is HexBytes code)
        {
            amendment.SetCode(address, code.Bytes);
        }

        if (account.Nonce is Quantity nonce)
        {
            amendment.SetNonce(address, nonce.ToUInt64());
        }

        if ((account.State ?? account.StateDiff) is { } slots)
        {
            amendment.SetSlots(address, WordsOf(slots), clears: account.State is not null);
        }
    }

    private static Address AddressOf(string text) => Named(
        text, static text => Address.FromEthereum(StrictHex.Bytes(text, Address.EthereumLength)));

    private static List<(byte[] Key, System.Numerics.BigInteger Value)> WordsOf(
        IReadOnlyDictionary<string, Word> slots)
    {
        List<(byte[] Key, System.Numerics.BigInteger Value)> words = new(slots.Count);
        foreach ((string key, Word value) in slots)
        {
            words.Add((
                Named(key, static key => new Word(StrictHex.Word(key)).ToBytes()), value.Value));
        }

        return words;
    }

    /// <summary>Reads the name of a member, which an override is of.</summary>
    private static T Named<T>(string text, Func<string, T> read)
    {
        try
        {
            return read(text);
        }
        catch (JsonException failure)
        {
            throw RpcException.BadParameters($"override of {text}: {failure.Message}");
        }
    }
}
