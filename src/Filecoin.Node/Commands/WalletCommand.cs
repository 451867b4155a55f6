using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary><c>fvm wallet</c>: the user's keys.</summary>
internal static class WalletCommand
{
    private const int KeyBytesMax = 64 << 10;

    public static Command Create() => new(
        "wallet",
        "Keep keys, and sign with them.\n\n"
        + "Keys are kept locked by a password in $FVM_KEYS, else in fvm/keys of the user's\n"
        + "configuration: keystores as Ethereum's wallets read them.")
    {
        New(), List(), Import(), Export(), Balance(), Sign(), Verify(),
    };

    private static Command New()
    {
        Argument<string> kind = new("KIND")
        {
            Description = "delegated (0x…, f410), secp256k1 (f1) or bls (f3).",
            DefaultValueFactory = _ => KeyText.Kinds[0],
        };
        Option<string?> password = SendingOptions.PasswordFile();
        Option<bool> json = ClientCommand.Json();
        Command command = ClientCommand.Of(
            "new", "Make a key.", [kind.WithoutOptions(), password, json]);
        command.SetAction(parsed => Keep(
            WalletKey.Make(KeyText.KindOf(parsed.GetValue(kind)!)),
            KeyPassword.Get(parsed.GetValue(password)),
            parsed.GetValue(json)));
        return command;
    }

    private static Command Import()
    {
        Argument<string> source = new("FILE|HEX")
        {
            Description = "A keystore, what lotus exports, or a secret in hexadecimal; - reads"
                + " standard input.",
        };
        Option<string> kind = new("--kind")
        {
            Description = "What a bare secret is for.",
            DefaultValueFactory = _ => KeyText.Kinds[0],
        };
        _ = kind.AcceptOnlyFromAmong(KeyText.Kinds);
        Option<string?> password = SendingOptions.PasswordFile();
        Option<bool> json = ClientCommand.Json();
        Command command = ClientCommand.Of(
            "import",
            "Keep a key from elsewhere.",
            [source.WithoutOptions(), kind, password, json]);
        command.SetAction(parsed =>
        {
            string secret = KeyPassword.Get(parsed.GetValue(password));
            return Keep(
                KeyText.Import(
                    TextOf(parsed.GetValue(source)!),
                    KeyText.KindOf(parsed.GetValue(kind)!),
                    () => secret),
                secret,
                parsed.GetValue(json));
        });
        return command;
    }

    private static int Keep(WalletKey key, string password, bool asJson)
    {
        KeyFolder.OfUser().Add(key, password);
        return Shown(key.Address).Show(asJson);
    }

    private static Answer Shown(Address address) => new Answer()
        .Add("address", address)
        .Add("kind", KeyText.KindOf(address) switch
        {
            SignatureType.Secp256k1 => "secp256k1",
            SignatureType.Bls => "bls",
            SignatureType.Delegated => "delegated",
            null => null,
        });

    private static string TextOf(string source)
    {
        if (source == "-")
        {
            return Console.In.ReadToEnd();
        }

        bool isKey = source.StartsWith("0x", StringComparison.Ordinal)
            || (Hex.TryReadBytes(source, out byte[] bytes) && bytes.Length > 0);
        return isKey && !File.Exists(source)
            ? source
            : Encoding.UTF8.GetString(InputFile.Read(source, KeyBytesMax));
    }

    private static Command Export()
    {
        Argument<string> address = new("ADDRESS") { Description = "Whose key." };
        Option<bool> keystore = new("--keystore")
        {
            Description = "As a keystore, locked; else as lotus exports it, open.",
        };
        Option<string?> password = SendingOptions.PasswordFile();
        Command command = ClientCommand.Of(
            "export", "Write a key.", [address.WithoutOptions(), keystore, password]);
        command.SetAction(parsed =>
        {
            Address named = AddressArgument.Parse(parsed.GetValue(address)!);
            KeyFolder keys = KeyFolder.OfUser();
            Console.WriteLine(parsed.GetValue(keystore)
                ? keys.Read(named)
                : KeyText.Export(Unlock(named, parsed.GetValue(password))));
            return FvmCommand.Success;
        });
        return command;
    }

    private static WalletKey Unlock(Address address, string? passwordFile)
    {
        KeyFolder keys = KeyFolder.OfUser();
        _ = keys.Read(address);
        return keys.Unlock(address, KeyPassword.Get(passwordFile));
    }

    private static Command List() => ClientCommand.Create(
        "list",
        "Your keys, and the accounts that the node signs for.",
        [],
        (node, _, asJson) =>
        {
            IReadOnlyList<Address> keys = KeyFolder.OfUser().List();
            IReadOnlyList<Address> accounts = Accounts(node);
            if (asJson)
            {
                return new Answer()
                    .Add("keys", [.. keys.Select(Shown)])
                    .Add("accounts", [.. accounts.Select((account, i) =>
                        new Answer().Add("account", i).Add("address", account))])
                    .Show(asJson);
            }

            foreach (Address key in keys)
            {
                Console.WriteLine(AddressArgument.BothTexts(key));
            }

            for (int i = 0; i < accounts.Count; i++)
            {
                Console.WriteLine($"({i}) {AddressArgument.BothTexts(accounts[i])}, of {node.Url}");
            }

            return FvmCommand.Success;
        });

    /// <summary>Accounts that the node signs for; none where no node is.</summary>
    private static IReadOnlyList<Address> Accounts(NodeClient node)
    {
        try
        {
            return [.. node.Accounts.Select(AddressArgument.Parse)];
        }
        catch (ClientException)
        {
            return [];
        }
    }

    private static Command Balance()
    {
        Argument<string[]> addresses = new("ADDRESS")
        {
            Description = "Addresses, or numbers of the node's accounts.",
            Arity = ArgumentArity.OneOrMore,
        };
        return ClientCommand.Create(
            "balance",
            "What addresses own.",
            [addresses.WithoutOptions()],
            (node, parsed, asJson) =>
            {
                JsonArray found = [];
                foreach (string text in parsed.GetValue(addresses)!)
                {
                    Address address = SenderChoice.AddressOf(node, text);
                    TokenAmount balance = node.Ask<AmountView>(
                        "Filecoin.WalletBalance", $"{address}").Amount;
                    Answer one = new Answer().Add("address", address).Add("balance", balance);
                    found.Add((JsonNode)one.ToJson());
                    if (!asJson)
                    {
                        Console.WriteLine(
                            $"{AddressArgument.Text(address)} {balance.ToFilString()}");
                    }
                }

                return asJson ? Answer.Show(found, asJson) : FvmCommand.Success;
            });
    }

    private static Command Sign()
    {
        Argument<string> address = new("ADDRESS") { Description = "Who signs." };
        Argument<string> text = new("TEXT") { Description = "A text, or bytes as 0x…." };
        Option<string?> password = SendingOptions.PasswordFile();
        Option<bool> json = ClientCommand.Json();
        Command command = ClientCommand.Of(
            "sign",
            "Sign a text: keys of Ethereum as its wallets do, f1 and f3 as lotus does.",
            [address.WithoutOptions(), text, password, json]);
        command.SetAction(parsed =>
        {
            WalletKey key = Unlock(
                AddressArgument.Parse(parsed.GetValue(address)!), parsed.GetValue(password));
            byte[] signature = TextSignature.Sign(
                key, Bytes(parsed.GetValue(text)!));
            string shown = key.Type == SignatureType.Delegated
                ? Hex.OfBytes(signature)
                : Convert.ToHexStringLower(signature);
            if (parsed.GetValue(json))
            {
                return new Answer().Add("address", key.Address).Add("signature", shown).Show(true);
            }

            Console.WriteLine(shown);
            return FvmCommand.Success;
        });
        return command;
    }

    private static Command Verify()
    {
        Argument<string> address = new("ADDRESS") { Description = "Who is said to have signed." };
        Argument<string> text = new("TEXT") { Description = "A text, or bytes as 0x…." };
        Argument<string> signature = new("SIGNATURE") { Description = "What `sign` wrote." };
        Option<bool> json = ClientCommand.Json();
        Command command = ClientCommand.Of(
            "verify",
            "Check a signature. Exit codes: 0 it is the address' own, 1 it is not.",
            [address.WithoutOptions(), text, signature.WithoutOptions(), json]);
        command.SetAction(parsed =>
        {
            bool isValid = Hex.TryReadBytes(parsed.GetValue(signature), out byte[] bytes)
                ? TextSignature.Verify(
                    AddressArgument.Parse(parsed.GetValue(address)!),
                    Bytes(parsed.GetValue(text)!),
                    bytes)
                : throw new ClientException("a signature is hexadecimal digits");
            _ = new Answer().Add("isValid", isValid, isValid ? "yes" : "no")
                .Show(parsed.GetValue(json));
            return isValid ? FvmCommand.Success : FvmCommand.Differs;
        });
        return command;
    }

    private static byte[] Bytes(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) && Hex.TryReadBytes(text, out byte[] bytes)
            ? bytes
            : Encoding.UTF8.GetBytes(text);
}
