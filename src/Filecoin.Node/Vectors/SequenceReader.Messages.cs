using Filecoin.Wasm.Instances;

namespace Filecoin.Node;

/// <content>
/// Files of messages that people write. The state is a CAR beside them, or is made of accounts
/// and of actors whose code stands beside them.
/// </content>
public static partial class SequenceReader
{
    private const int ActorsMax = 100_000;
    private const int CodeBytesMax = 64 << 20;

    /// <summary>Code that is never run: that of built-in actors in a state that is made.</summary>
    private const string EmptyActor = """
        (module (memory (export "memory") 1)
          (func (export "invoke") (param i32) (result i32) (i32.const 0)))
        """;

    private static MessageSequence ReadMessages(JsonPlace top, string path)
    {
        string folder = Path.GetDirectoryName(path) ?? "";
        MemoryBlockstore blocks = new();
        Cid stateRoot = top.TryMember("car", out JsonPlace car)
            ? ReadCar(top, car, folder, blocks)
            : BuildState(top, folder, blocks);
        return new()
        {
            Name = Path.GetFileName(path),
            NetworkVersion = ReadVersion(top.Member("network_version")),
            ActorsVersion = top.TryMember("actors_bundle", out JsonPlace bundle)
                ? ReadActorsVersion(bundle)
                : null,
            Rule = ChainRule.ByEpochSigned,
            ChainId = OptionalNumber(top, "chain_id"),
            StateRoot = stateRoot,
            Blocks = blocks,
            Steps = top.Member("messages").Items(MessagesMax)
                .ConvertAll(message => ReadWrittenStep(top, message)),
        };
    }

    private static SequenceStep ReadWrittenStep(JsonPlace top, JsonPlace message)
    {
        ApplyKind kind = message.IsObject && message.TryMember("kind", out JsonPlace named)
            ? ReadKind(named)
            : ApplyKind.Explicit;
        return new()
        {
            Message = BoundGas(message, ReadWrittenMessage(message), kind),
            Kind = kind,
            Epoch = new(top.TryMember("epoch", out JsonPlace epoch) ? epoch.Natural() : 0),
            Timestamp = OptionalNumber(top, "timestamp"),
            BaseFee = ReadOptionalStock(top, "base_fee", TokenAmount.Zero),
            CirculatingSupply = ReadOptionalStock(top, "circ_supply", UsualSupply),
        };
    }

    private static Cid ReadCar(
        JsonPlace top, JsonPlace car, string folder, MemoryBlockstore blocks)
    {
        byte[] content = ReadBeside(car, folder, CarBytesMax);
        IReadOnlyList<Cid> roots;
        try
        {
            roots = CopyBlocks(content, blocks);
        }
        catch (Exception failure) when (failure is SequenceException or CarException)
        {
            throw car.Refuse($"names no CAR: {failure.Message}", failure);
        }

        return top.TryMember("root", out JsonPlace named) ? ReadCid(named)
            : roots.Count > 0 ? roots[0]
            : throw car.Refuse("names a CAR without a root, and there is no `root`");
    }

    /// <summary>A state of accounts and of actors whose code stands in files beside.</summary>
    private static Cid BuildState(JsonPlace top, string folder, MemoryBlockstore blocks)
    {
        StateBuilder state = new(blocks, WasmEngine.Assemble(EmptyActor));
        foreach (JsonPlace account in top.Member("accounts").Items(ActorsMax))
        {
            Address? key = account.TryMember("address", out JsonPlace address)
                ? ReadAddress(address)
                : null;
            state.AddAccount(
                new((ulong)account.Member("id").Natural()),
                key,
                ReadOptionalStock(account, "balance", TokenAmount.Zero));
        }

        foreach (JsonPlace actor in top.Member("actors").Items(ActorsMax))
        {
            state.AddActor(
                new((ulong)actor.Member("id").Natural()),
                state.AddCode(ReadCode(actor.Member("code"), folder)),
                ReadOptionalStock(actor, "balance", TokenAmount.Zero));
        }

        return state.Build();
    }

    private static byte[] ReadCode(JsonPlace name, string folder)
    {
        byte[] content = ReadBeside(name, folder, CodeBytesMax);
        if (!name.Text().EndsWith(".wat", StringComparison.Ordinal))
        {
            return content;
        }

        try
        {
            return WasmEngine.Assemble(System.Text.Encoding.UTF8.GetString(content));
        }
        catch (FormatException failure)
        {
            throw name.Refuse($"is not a module's text: {failure.Message}", failure);
        }
    }

    /// <summary>Reads a file that stands beside or in a folder beside, and no other.</summary>
    private static byte[] ReadBeside(JsonPlace name, string folder, int lengthMax)
    {
        string file = name.Text();
        if (Path.IsPathRooted(file) || file.Split('/', '\\').Contains(".."))
        {
            throw name.Refuse($"names a file elsewhere: {Excerpt.Of(file)}");
        }

        try
        {
            return InputFile.Read(Path.Combine(folder, file), lengthMax);
        }
        catch (IOException failure)
        {
            throw name.Refuse($"cannot be read: {failure.Message}", failure);
        }
    }

    private static Message ReadWrittenMessage(JsonPlace message) => message.IsText
        ? ReadMessage(message)
        : new(
            0,
            ReadAddress(message.Member("to")),
            ReadAddress(message.Member("from")),
            OptionalNumber(message, "nonce"),
            OptionalAmount(message, "value"),
            message.Member("gas_limit").UInt64(),
            OptionalAmount(message, "gas_fee_cap"),
            OptionalAmount(message, "gas_premium"),
            new(OptionalNumber(message, "method")),
            message.TryMember("params", out JsonPlace parameters) ? parameters.Bytes() : default);

    private static Address ReadAddress(JsonPlace value)
    {
        string text = value.Text();
        return Address.TryParse(text, out Address address)
            ? address
            : throw value.Refuse($"is not an address: {Excerpt.Of(text)}");
    }

    private static TokenAmount OptionalAmount(JsonPlace parent, string name) =>
        parent.TryMember(name, out JsonPlace value) ? ReadAmount(value) : TokenAmount.Zero;

    private static ulong OptionalNumber(JsonPlace parent, string name) =>
        parent.TryMember(name, out JsonPlace value) ? value.UInt64() : 0;
}
