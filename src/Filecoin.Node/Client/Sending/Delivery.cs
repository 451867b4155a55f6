using System.Text.Json.Nodes;
using Filecoin.Evm;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>What a message that was sent has led to.</summary>
/// <param name="Hash">What Ethereum knows it by.</param>
/// <param name="Cid">What Filecoin knows it by.</param>
/// <param name="Message">The message, as Filecoin has it.</param>
/// <param name="Receipt">The receipt, as Ethereum has it.</param>
/// <param name="Outcome">The receipt, as Filecoin has it.</param>
/// <param name="Returned">What it returned, by members where the node knows them.</param>
/// <param name="Epoch">When it ran.</param>
/// <param name="Fee">What the sender has paid for gas.</param>
internal sealed record Delivery(
    string Hash,
    Cid Cid,
    Message Message,
    JsonNode Receipt,
    MessageReceiptView Outcome,
    JsonNode? Returned,
    long Epoch,
    TokenAmount Fee)
{
    private const int PollMilliseconds = 20;
    private const int PollMillisecondsMax = 1_000;

    private static readonly (ExitCode Code, string Name)[] ContractExits =
    [
        (EvmExitCode.Reverted, "EVM_CONTRACT_REVERTED"),
        (EvmExitCode.InvalidInstruction, "EVM_CONTRACT_INVALID_INSTRUCTION"),
        (EvmExitCode.UndefinedInstruction, "EVM_CONTRACT_UNDEFINED_INSTRUCTION"),
        (EvmExitCode.StackUnderflow, "EVM_CONTRACT_STACK_UNDERFLOW"),
        (EvmExitCode.StackOverflow, "EVM_CONTRACT_STACK_OVERFLOW"),
        (EvmExitCode.IllegalMemoryAccess, "EVM_CONTRACT_ILLEGAL_MEMORY_ACCESS"),
        (EvmExitCode.BadJumpDestination, "EVM_CONTRACT_BAD_JUMPDEST"),
        (EvmExitCode.SelfDestructFailed, "EVM_CONTRACT_SELFDESTRUCT_FAILED"),
    ];

    /// <summary>How it ended.</summary>
    public ExitCode ExitCode => new(Outcome.ExitCode);

    /// <summary>Its exit code with its name.</summary>
    public string ExitText
    {
        get
        {
            foreach ((ExitCode code, string name) in ContractExits)
            {
                if (code == ExitCode && code.Name is null)
                {
                    return $"{code.Value} {name}";
                }
            }

            return ExitCode.ToString();
        }
    }

    /// <summary>The node's words for why it failed; null for none.</summary>
    public string? Error => TextIn("error");

    /// <summary>The words of the contract that reverted; null for none.</summary>
    public string? Reason
    {
        get
        {
            CborReader reader = new(Outcome.Return ?? []);
            return (ExitCode == EvmExitCode.Reverted
                && reader.TryReadBytes(out ReadOnlySpan<byte> returned)
                    ? RevertReason.Of(returned)
                    : null) ?? TextIn("revertReason");
        }
    }

    /// <summary>What the node's tracer tells of its outermost call; null for nothing.</summary>
    private JsonNode? Frame { get; init; }

    /// <summary>Waits until a block has it.</summary>
    /// <exception cref="ClientException">It does not come in time.</exception>
    public static Delivery Wait(NodeClient node, string hash, TimeSpan most)
    {
        int pause = PollMilliseconds;
        long start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < most)
        {
            if (Find(node, hash) is Delivery found)
            {
                return found;
            }

            Thread.Sleep(pause);
            pause = int.Min(2 * pause, PollMillisecondsMax);
        }

        throw new ClientException($"sent, but no block has it after {most.TotalSeconds} seconds:"
            + $" `fvm chain receipt {hash}` asks again");
    }

    /// <summary>What it has led to; null as long as no block has it.</summary>
    public static Delivery? Find(NodeClient node, string hash)
    {
        if (node.Call("eth_getTransactionReceipt", hash) is not JsonNode receipt
            || node.Call("Filecoin.EthGetMessageCidByTransactionHash", hash) is not JsonNode cid
            || node.Call("Filecoin.StateSearchMsg", null, cid.DeepClone(), -1, true)
                is not JsonNode lookup)
        {
            return null;
        }

        Message message = node.Ask<MessageView>("Filecoin.ChainGetMessage", cid.DeepClone())
            .ToMessage();
        MessageReceiptView outcome = RpcJson.Read<MessageReceiptView>(lookup[nameof(Receipt)])!;
        JsonNode block = node.Call("eth_getBlockByHash", receipt.Text("blockHash"), false)!;
        GasOutputs paid = FeeSettlement.Compute(
            outcome.GasUsed,
            message.GasLimit,
            block.Amount("baseFeePerGas"),
            message.GasFeeCap,
            message.GasPremium);
        return new(
            hash,
            RpcJson.Read<CidLink>(cid).Cid,
            message,
            receipt,
            outcome,
            lookup["ReturnDec"],
            (long)lookup["Height"]!,
            paid.BaseFeeBurn + paid.MinerTip + paid.OverEstimationBurn)
        {
            Frame = outcome.ExitCode == ExitCode.Ok.Value ? null : Trace(node, hash),
        };
    }

    /// <summary>The answer of a command that has sent it.</summary>
    public Answer ToAnswer()
    {
        string exit = ExitText;
        int blank = exit.IndexOf(' ', StringComparison.Ordinal);
        Answer answer = new Answer()
            .Add("hash", Hash)
            .Add("message", $"{Cid}")
            .Add("from", Message.From)
            .Add("to", Message.To)
            .Add("value", Message.Value)
            .Add("exitCode", ExitCode.Value, exit)
            .Add("exitName", blank < 0 ? null : exit[(blank + 1)..], null);
        if (Error is string error)
        {
            _ = answer.Add("error", error);
        }

        if (Reason is string reason)
        {
            _ = answer.Add("reason", reason);
        }

        return answer
            .Add("gasUsed", Outcome.GasUsed)
            .Add("gasLimit", Message.GasLimit)
            .Add("fee", Fee)
            .Add("epoch", Epoch)
            .Add("block", Receipt.Text("blockHash"));
    }

    /// <summary>Shows it, and says by exit code whether it succeeded.</summary>
    public int Show(Answer answer, bool asJson)
    {
        _ = answer.Show(asJson);
        return ExitCode.IsSuccess ? FvmCommand.Success : FvmCommand.Differs;
    }

    private string? TextIn(string name) =>
        Frame is JsonObject frame
        && frame[name] is JsonValue value && value.TryGetValue(out string? text)
            ? Excerpt.OneLine(text)
            : null;

    /// <summary>Its outermost call; null where the node tells nothing, as not all trace.</summary>
    private static JsonNode? Trace(NodeClient node, string hash)
    {
        try
        {
            return node.Call(
                "debug_traceTransaction", hash, new JsonObject { ["tracer"] = "callTracer" });
        }
        catch (Exception failure) when (failure is NodeException or ClientException)
        {
            return null;
        }
    }
}
