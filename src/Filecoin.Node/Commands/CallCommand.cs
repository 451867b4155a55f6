using System.CommandLine;
using System.Text.Json.Nodes;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary><c>fvm call</c>: asks a contract or an actor; nothing stays.</summary>
internal static class CallCommand
{
    private static readonly Address Nobody = Address.FromId(new(0));

    public static Command Create()
    {
        Argument<string> to = new("TO") { Description = "0x…, or f0 to f4." };
        Argument<string> method = new("METHOD")
        {
            Description = "A contract's function by signature, with what it returns; or an"
                + " actor's method by name or number.",
        };
        Argument<string[]> arguments = new("ARGS")
        {
            Description = "The function's arguments; or the method's parameters, CBOR in"
                + " hexadecimal or JSON.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> from = new("--from") { Description = "Who calls: an address." };
        Option<string?> value = new("--value") { Description = "What is given, as 1.5fil." };
        Option<string?> at = ClientCommand.At();
        return ClientCommand.Create(
            "call",
            "Call a contract or an actor; nothing of it stays.\n\n"
            + "  fvm call 0xTOKEN 'balanceOf(address)(uint256)' 0xWHO\n"
            + "  fvm call f02 ThisEpochReward\n\n"
            + "Exit codes: 0 it succeeds, 1 it fails, 3 it cannot be asked.",
            [
                to.WithoutOptions(), method.WithoutOptions(), arguments.WithoutOptions(), from,
                value, at,
            ],
            (node, parsed, asJson) =>
            {
                Question question = new(
                    SenderChoice.AddressOf(node, parsed.GetValue(to)!),
                    parsed.GetValue(method)!,
                    parsed.GetValue(arguments) ?? [],
                    parsed.GetValue(from) is string caller
                        ? SenderChoice.AddressOf(node, caller)
                        : null,
                    parsed.GetValue(value) is string amount
                        ? AmountText.Parse(amount)
                        : TokenAmount.Zero,
                    parsed.GetValue(at));
                return FunctionSignature.IsOne(question.Method)
                    ? AskContract(node, question, asJson)
                    : AskActor(node, question, asJson);
            });
    }

    private readonly record struct Question(
        Address To,
        string Method,
        IReadOnlyList<string> Arguments,
        Address? From,
        TokenAmount Value,
        string? At);

    private static int AskContract(NodeClient node, Question question, bool asJson)
    {
        FunctionSignature function = FunctionSignature.Parse(question.Method);
        JsonObject request = EthereumForm.Request(EthereumForm.Of(node, Outgoing.Invoke(
            question.To, question.Value, function.Encode(question.Arguments))));
        if (question.From is Address from)
        {
            request["from"] = AddressArgument.EthereumText(from)
                ?? throw new ClientException($"{AddressArgument.FilecoinText(from)} cannot call a"
                    + " contract: name 0x… or t0");
        }

        string returned = node.Ask<string>(
            "eth_call", request, NodeAnswers.Block(question.At));
        JsonArray? values = function.Outputs is null
            ? null
            : AbiValues.Decode(
                function.Outputs, Hex.TryReadBytes(returned, out byte[] bytes) ? bytes : []);
        if (asJson)
        {
            return new Answer().Add("returned", returned).Add("values", values).Show(asJson);
        }

        foreach (string line in values?.Select(AbiValues.Text) ?? [returned])
        {
            Console.WriteLine(line);
        }

        return FvmCommand.Success;
    }

    private static int AskActor(NodeClient node, Question question, bool asJson)
    {
        ActorCall call = ActorCall.Parse(
            node, question.To, question.Method, question.Arguments);
        Message message = new(
            0, question.To, question.From ?? Nobody, 0, question.Value, 0, default, default,
            call.Number, call.Parameters);
        JsonNode outcome = node.Call(
            "Filecoin.StateCall",
            FilecoinForm.Json(MessageView.Of(message)),
            node.TipsetAt(question.At))!;
        MessageReceiptView receipt = RpcJson.Read<MessageReceiptView>(outcome["MsgRct"])!;
        ExitCode code = new(receipt.ExitCode);
        Answer answer = new Answer().Add("exitCode", code.Value, $"{code}");
        if (outcome.Text("Error") is { Length: > 0 } error)
        {
            _ = answer.Add("error", error);
        }

        _ = answer
            .Add("gasUsed", receipt.GasUsed)
            .Add("returned", Hex.OfBytes(receipt.Return));
        if (receipt.Return is { Length: > 0 } returned)
        {
            _ = answer.Add("value", call.Value(returned));
        }

        _ = answer.Show(asJson);
        return code.IsSuccess ? FvmCommand.Success : FvmCommand.Differs;
    }
}
