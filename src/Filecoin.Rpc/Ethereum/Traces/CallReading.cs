namespace Filecoin.Rpc;

/// <summary>Reads the calls of a message as Ethereum's tools would have seen them.</summary>
/// <remarks>
/// Spec: eth-compat 11; lotus node/impl/eth/trace.go. Calls that contracts make for their own
/// work are left out, and two of them are what a DELEGATECALL is.
/// </remarks>
internal sealed class CallReading(ExecutionTrace trace, ActorView state)
{
    private const ulong Constructor = 1;
    private const ulong Resurrect = 2;
    private const ulong GetBytecode = 3;
    private const ulong InvokeDelegate = 6;
    private const ulong InternalMax = 1_023;

    private static readonly MethodNumber InvokeContract = MethodNumber.Exported("InvokeEVM");
    private static readonly Address Init = Address.FromId(WellKnownActors.Init);
    private static readonly Address Manager =
        Address.FromId(WellKnownActors.EthereumAddressManager);

    private readonly Gas[] paid = Sum(trace.Charges);

    private sealed class Caller(string address, bool isContract)
    {
        public string Address => address;

        public bool IsContract => isContract;

        /// <summary>Whose code it asked for last; null for nobody's.</summary>
        public string? CodeOwner { get; set; }
    }

    /// <summary>The message's own call with all in it; null if nobody was called.</summary>
    public TracedCall? Read(Message message) => trace.Root is CallTrace root
        ? Read(root, new(state.EthereumOf(message.From), false), isRoot: true)
        : null;

    private TracedCall? Read(CallTrace call, Caller caller, bool isRoot)
    {
        // Ethereum looks at funds before it takes a call down.
        bool isMade = isRoot || call.Error is ErrorNumber.None or ErrorNumber.NotFound;
        if (call.Receiver is null || !isMade)
        {
            return null;
        }

        (TracedCall? shown, CallTrace inside) = Show(call, caller);
        if (shown is null || inside.Receiver is null)
        {
            return shown;
        }

        Caller self = new(AddressOf(inside), state.IsContract(inside.Code));
        for (int i = 0; i < inside.Calls.Count; i++)
        {
            TakeLogs(shown, inside, i);
            if (Read(inside.Calls[i], self, isRoot: false) is TracedCall read)
            {
                shown.Calls.Add(read);
            }
        }

        TakeLogs(shown, inside, inside.Calls.Count);
        return shown;
    }

    /// <summary>Takes the events that came before one of the calls, or after all.</summary>
    private static void TakeLogs(TracedCall shown, CallTrace inside, int call)
    {
        for (int i = shown.Logs.Count;
            i < inside.Events.Count && inside.Events[i].CallsBefore == call;
            i++)
        {
            shown.Logs.Add(new(inside.Events[i], shown.Calls.Count));
        }
    }

    /// <summary>What a call is taken for, and where the calls in it are.</summary>
    private (TracedCall? Shown, CallTrace Inside) Show(CallTrace call, Caller caller) => call switch
    {
        _ when call.Method == InvokeContract => (ContractCall(call, caller), call),
        { Method.Value: 2 or 3 } when call.To == Init => NativeCreation(call, caller),
        { Method.Value: >= 2 and <= 4 } when call.To == Manager => Creation(call, caller),
        { Method.Value: > 0 and <= InternalMax } when caller.IsContract =>
            (Internal(call, caller), call),
        _ => (NativeCall(call, caller), call),
    };

    private TracedCall ContractCall(CallTrace call, Caller caller) =>
        TryPayload(call.Parameters, out byte[] input) && TryPayload(call.Return, out byte[] output)
            ? Make(call, KindOf(call), caller.Address, AddressOf(call), input, output)
            : NativeCall(call, caller);

    private TracedCall NativeCall(CallTrace call, Caller caller) => Make(
        call,
        KindOf(call),
        caller.Address,
        AddressOf(call),
        NativeCallForm.Input(call.Method, call.Parameters),
        NativeCallForm.Output(ExitText.CodeOf(call), call.Return));

    /// <summary>A call that only the EVM itself makes.</summary>
    private TracedCall? Internal(CallTrace call, Caller caller)
    {
        if (call.Method.Value == GetBytecode)
        {
            caller.CodeOwner = ExitText.CodeOf(call).IsSuccess ? AddressOf(call) : null;
            return null;
        }

        return call.Method.Value == InvokeDelegate
            && caller.CodeOwner is string owner
            && TryDelegateInput(call.Parameters, out byte[] input)
            && TryPayload(call.Return, out byte[] output)
                ? Make(call, TracedKind.DelegateCall, caller.Address, owner, input, output)
                : null;
    }

    private (TracedCall? Shown, CallTrace Inside) NativeCreation(CallTrace call, Caller caller)
    {
        CallTrace? made = call.Calls.Find(static next => next.Method.Value == Constructor);
        return call.IsReadOnly || made is null
            ? (null, call)
            : (Make(call, TracedKind.Create, caller.Address, AddressOf(made), [0xfe], []) with
            {
                MakesNative = true,
            }, made);
    }

    private (TracedCall? Shown, CallTrace Inside) Creation(CallTrace call, Caller caller)
    {
        CallTrace? made = ConstructorOf(call);
        if (call.IsReadOnly || made is null)
        {
            return (null, call);
        }

        byte[] output = ExitText.CodeOf(call).Value == ExitText.Reverted
            && TryPayload(made.Return, out byte[] reason)
                ? reason
                : [];
        return (
            Make(
                call, TracedKind.Create, caller.Address, AddressOf(made), InitcodeOf(call), output),
            made);
    }

    private static CallTrace? ConstructorOf(CallTrace call)
    {
        foreach (CallTrace next in call.Calls)
        {
            CallTrace? made = next.To == Init
                ? next.Calls.Find(static inner => inner.Method.Value == Constructor)
                : next.Method.Value == Resurrect ? next : null;
            if (made is not null)
            {
                return made;
            }
        }

        return null;
    }

    private TracedCall Make(
        CallTrace call, TracedKind kind, string from, string to, byte[] input, byte[] output) =>
        new()
        {
            Kind = kind,
            Source = call,
            From = from,
            To = to,
            Input = input,
            Output = output,
            IsContract = call.Receiver == WellKnownActors.EthereumAddressManager
                || state.IsContract(call.Code),
            GasOwn = OwnGasOf(call).RoundUp(),
            GasInAll = GasOf(call).RoundUp(),
        };

    private static TracedKind KindOf(CallTrace call) =>
        call.IsReadOnly ? TracedKind.StaticCall : TracedKind.Call;

    private Gas GasOf(CallTrace call) => paid[call.EndCharge] - paid[call.FirstCharge];

    /// <summary>Gas without that of calls in it.</summary>
    private Gas OwnGasOf(CallTrace call)
    {
        Gas own = GasOf(call);
        foreach (CallTrace next in call.Calls)
        {
            own -= GasOf(next);
        }

        return own;
    }

    /// <summary>What was paid before each charge.</summary>
    private static Gas[] Sum(IReadOnlyList<GasCharge> charges)
    {
        Gas[] sums = new Gas[charges.Count + 1];
        for (int i = 0; i < charges.Count; i++)
        {
            sums[i + 1] = sums[i] + charges[i].Total;
        }

        return sums;
    }

    private static string AddressOf(CallTrace call)
    {
        Span<byte> bytes = stackalloc byte[Address.EthereumLength];
        if (call.DelegatedAddress is not Address delegated || !delegated.TryToEthereum(bytes))
        {
            _ = Address.FromId(call.Receiver.GetValueOrDefault()).TryToEthereum(bytes);
        }

        return Hex.OfBytes(bytes);
    }

    /// <summary>The bytes of a contract's call: a byte string, raw bytes, or none.</summary>
    private static bool TryPayload(IpldBlock? block, out byte[] payload)
    {
        payload = [];
        if (block is null || block.Data.IsEmpty)
        {
            return true;
        }

        if (block.Codec == Codec.Raw)
        {
            payload = block.Data.ToArray();
            return true;
        }

        CborReader reader = new(block.Data.Span);
        bool isRead = reader.TryReadBytes(out ReadOnlySpan<byte> bytes);
        payload = bytes.ToArray();
        return isRead;
    }

    /// <summary>Of [code, input, caller, value].</summary>
    private static bool TryDelegateInput(IpldBlock? block, out byte[] input)
    {
        CborReader reader = new(block is null ? default : block.Data.Span);
        bool isRead = reader.TryReadArrayHeader(out _) & reader.TrySkip()
            & reader.TryReadBytes(out ReadOnlySpan<byte> bytes);
        input = bytes.ToArray();
        return isRead;
    }

    /// <summary>Of [code, nonce or salt], or the code alone where an account makes it.</summary>
    private static byte[] InitcodeOf(CallTrace call)
    {
        const ulong CreateExternal = 4;
        CborReader reader = new(call.Parameters is null ? default : call.Parameters.Data.Span);
        return (call.Method.Value == CreateExternal || reader.TryReadArrayHeader(out _))
            && reader.TryReadBytes(out ReadOnlySpan<byte> code) ? code.ToArray() : [];
    }
}
