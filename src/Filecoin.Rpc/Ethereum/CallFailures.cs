namespace Filecoin.Rpc;

/// <summary>Puts into words why a call failed.</summary>
/// <remarks>Spec: eth-compat 1.1. A call that failed runs again to learn who called whom.</remarks>
internal sealed class CallFailures(RpcNode node)
{
    /// <summary>The error of a call that failed.</summary>
    public RpcException Of(CallPlan plan, ApplyResult result)
    {
        ExitCode exit = result.Receipt.ExitCode;
        if (exit == ExitCode.SysInsufficientFunds)
        {
            return Funds(plan);
        }

        CborReader reader = new(result.Receipt.Return.Span);
        bool hasReason = reader.TryReadBytes(out ReadOnlySpan<byte> returned);
        string reason = hasReason ? $", revert reason=[{RevertReason.Of(returned)}]" : "";
        return new(new RpcError(
            RpcError.RevertedCode,
            $"message execution failed (exit=[{ExitText.NameOf(exit)}]{reason},"
                + $" vm error=[{PathOf(plan) ?? result.Failure?.TrimEnd()}])",
            Hex.OfBytes(hasReason ? returned : [])));
    }

    /// <summary>That somebody has less than is needed, with the sums.</summary>
    /// <param name="sender">Who it is, as Ethereum knows it.</param>
    /// <param name="has">What is there.</param>
    /// <param name="value">What the receiver is given.</param>
    /// <param name="gas">What gas may cost; zero where nobody said.</param>
    public static RpcException Funds(
        string sender, TokenAmount has, TokenAmount value, TokenAmount gas) =>
        new(new RpcError(
            RpcError.RejectedCode,
            $"insufficient funds for gas * price + value: {sender} has {has.ToFilString()}, needs"
                + $" {(value + gas).ToFilString()} (value {value.ToFilString()}, gas"
                + $" {(gas.IsZero ? "not counted" : $"up to {gas.ToFilString()}")})"));

    private RpcException Funds(CallPlan plan)
    {
        ActorView state = node.Calls.StateOf(plan);
        Message message = plan.Message;
        return Funds(
            state.EthereumOf(message.From),
            state.BalanceOf(message.From),
            message.Value,
            message.GasFeeCap * (long)message.GasLimit);
    }

    private string? PathOf(CallPlan plan)
    {
        ApplyResult traced = node.Calls.Run(plan with
        {
            Context = plan.Context with { IsTracing = true },
        });
        TracedCall? call = traced.Trace is ExecutionTrace trace
            ? new CallReading(trace, node.Calls.StateOf(plan)).Read(plan.Message)
            : null;
        return call is null ? null : CallPath.Of(call);
    }
}
