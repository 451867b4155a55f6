using System.CommandLine;

namespace Filecoin.Node;

/// <summary><c>fvm deploy</c>: makes a contract.</summary>
internal static class DeployCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE")
        {
            Description = "Code in hexadecimal, or JSON of solc, Hardhat or Foundry.",
        };
        Argument<string[]> arguments = new("ARGS")
        {
            Description = "The constructor's arguments.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> contract = new("--contract")
        {
            Description = "Which contract, where the file has several.",
        };
        Option<string?> constructor = new("--constructor")
        {
            Description = "What the constructor takes, where the file has no ABI:"
                + " constructor(uint256,string).",
        };
        Option<string?> value = new("--value")
        {
            Description = "What the contract is given, as 1.5fil.",
        };
        SendingOptions sending = new();
        return ClientCommand.Create(
            "deploy",
            "Make a contract, and wait for the receipt.\n\n"
            + "  fvm deploy out/Counter.sol/Counter.json 42\n"
            + "  fvm deploy Counter.bin 42 --constructor 'constructor(uint256)'\n\n"
            + "Exit codes: 0 it is there, 1 it failed or would fail, 3 it cannot be sent.",
            [
                file.WithoutOptions(), arguments.WithoutOptions(), contract, constructor, value,
                .. sending.All,
            ],
            (node, parsed, asJson) =>
            {
                ContractCode code = ContractCode.Read(
                    parsed.GetValue(file)!, parsed.GetValue(contract));
                byte[] input = Encode(
                    code, parsed.GetValue(constructor), parsed.GetValue(arguments) ?? []);
                Delivery delivery = sending.Deliver(node, parsed, Outgoing.Create(
                    parsed.GetValue(value) is string amount
                        ? AmountText.Parse(amount)
                        : TokenAmount.Zero,
                    (byte[])[.. code.Code, .. input]));
                return Show(node, code, delivery, asJson);
            });
    }

    private static byte[] Encode(ContractCode code, string? constructor, string[] arguments)
    {
        if (constructor is not null)
        {
            return AbiValues.Encode(FunctionSignature.Parse(constructor).Inputs, arguments);
        }

        return code.Constructor is not null
            ? AbiValues.Encode(code.Constructor, arguments)
            : arguments.Length == 0
                ? []
                : throw new ClientException("the file does not say what the constructor takes:"
                    + " give --constructor 'constructor(TYPES)'");
    }

    private static int Show(NodeClient node, ContractCode code, Delivery delivery, bool asJson)
    {
        Answer answer = new Answer().Add("contract", code.Name);
        if (delivery.Receipt["contractAddress"] is { } made)
        {
            Address address = AddressArgument.Parse((string)made!);
            _ = answer.Add("address", address);
            if (node.LookupId(address) is Address id)
            {
                _ = answer.Add("id", AddressArgument.FilecoinText(id));
            }
        }

        return delivery.Show(answer.Join(delivery.ToAnswer()), asJson);
    }
}
