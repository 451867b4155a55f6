using System.Runtime.InteropServices;

namespace Filecoin.Vm;

/// <summary>
/// One invocation as the actor sees it: what it may ask and do, and what it pays.
/// </summary>
/// <remarks>
/// Spec: syscalls; ref-fvm fvm/src/kernel/default.rs. Every member is a syscall without its
/// pointers: it checks, charges and does, in the reference's order. Results are error numbers;
/// gas that runs out and broken stores are exceptions.
/// </remarks>
internal sealed partial class Kernel(CallManager calls, in Invocation invocation)
{
    private readonly Invocation invocation = invocation;

    public CallManager Calls => calls;

    public BlockRegistry Blocks => invocation.Registry;

    public ActorId Self => invocation.Receiver;

    public MethodNumber Method => invocation.Method;

    public bool IsReadOnly => invocation.IsReadOnly;

    /// <summary>The handle of the parameters.</summary>
    public uint Parameters => invocation.Parameters;

    public ProtocolLine Line => Machine.Config.Line;

    /// <summary>How the actor has ended itself; null while it has not.</summary>
    public ActorExit? Exit { get; private set; }

    private Machine Machine => calls.Machine;

    private PriceList Prices => calls.Prices;

    /// <summary>Ends the invocation.</summary>
    public void End(ExitCode code, uint handle, string message) =>
        Exit = new(code, handle, message);

    /// <summary>What the actor is told about its call.</summary>
    public ErrorNumber MessageContext(out MessageContextData context)
    {
        Charge(PriceList.Free("OnMessageContext"));
        context = new()
        {
            Origin = calls.Origin.Value,
            Nonce = calls.Nonce,
            Caller = invocation.Caller.Value,
            Receiver = Self.Value,
            Method = Method.Value,
            Value = AmountData.Of(invocation.Value),
            GasPremium = AmountData.Of(calls.GasPremium),
            Flags = IsReadOnly ? MessageContextData.ReadOnlyFlag : 0,
        };
        return ErrorNumber.None;
    }

    /// <summary>The same in version 17.</summary>
    public ErrorNumber InvocationContext(out InvocationContextData context)
    {
        context = new()
        {
            Value = AmountData.Of(invocation.Value),
            Caller = invocation.Caller.Value,
            Receiver = Self.Value,
            Method = Method.Value,
            Epoch = Machine.Context.Epoch.Value,
            NetworkVersion = (uint)Machine.Config.Version,
        };
        return ErrorNumber.None;
    }

    /// <summary>Charges what the actor asks for, in whole gas.</summary>
    public ErrorNumber ChargeGas(string name, ulong amount)
    {
        Gas price = Line == ProtocolLine.Shark ? Gas.Of(unchecked((long)amount)) : Gas.Of(amount);
        Charge(new(name, price, Gas.Zero));
        return ErrorNumber.None;
    }

    public ErrorNumber GasAvailable(out ulong gas)
    {
        gas = (ulong)calls.Gas.Available.RoundDown();
        return ErrorNumber.None;
    }

    private void Charge(in GasCharge charge) => calls.Gas.Charge(charge);

    /// <summary>How an actor ended itself.</summary>
    internal readonly record struct ActorExit(ExitCode Code, uint Handle, string Message);
}

/// <summary>An amount as actors read it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct AmountData(ulong Low, ulong High)
{
    /// <exception cref="FatalException">The amount needs more than 128 bits.</exception>
    public static AmountData Of(TokenAmount amount) => amount.TryToUInt128(out UInt128 value)
        ? new((ulong)(value & ulong.MaxValue), (ulong)(value >> 64))
        : throw new FatalException($"{amount} attoFIL do not fit 128 bits");
}

/// <summary>See syscalls 4.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct MessageContextData
{
    public const ulong ReadOnlyFlag = 1;

    public ulong Origin;
    public ulong Nonce;
    public ulong Caller;
    public ulong Receiver;
    public ulong Method;
    public AmountData Value;
    public AmountData GasPremium;
    public ulong Flags;
}

/// <summary>See syscalls 4; version 17.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal record struct InvocationContextData
{
    public AmountData Value;
    public ulong Caller;
    public ulong Receiver;
    public ulong Method;
    public long Epoch;
    public uint NetworkVersion;
}
