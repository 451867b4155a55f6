using System.Text.Json;
using Filecoin.Wasm.Instances;

namespace Filecoin.Node;

/// <content>
/// Files of messages that people write. The state is a CAR beside them, or is made of accounts
/// and of actors whose code stands beside them.
/// </content>
public static partial class SequenceReader
{
    /// <summary>Code that is never run: that of built-in actors in a state that is made.</summary>
    private const string EmptyActor = """
        (module (memory (export "memory") 1)
          (func (export "invoke") (param i32) (result i32) (i32.const 0)))
        """;

    private static MessageSequence ReadMessages(JsonElement root, string path)
    {
        string folder = Path.GetDirectoryName(path) ?? "";
        MemoryBlockstore blocks = new();
        Cid stateRoot = root.TryGetProperty("car", out JsonElement car)
            ? ReadCar(root, Path.Combine(folder, car.GetString()!), blocks)
            : BuildState(root, folder, blocks);
        List<SequenceStep> steps = [];
        foreach (JsonElement message in root.GetProperty("messages").EnumerateArray())
        {
            steps.Add(new()
            {
                Message = ReadWrittenMessage(message),
                Epoch = new(OptionalNumber(root, "epoch", 0)),
                Timestamp = (ulong)OptionalNumber(root, "timestamp", 0),
                BaseFee = ReadOptionalAmount(root, "base_fee", "0"),
                CirculatingSupply =
                    ReadOptionalAmount(root, "circ_supply", DefaultCirculatingSupply),
                Kind = message.TryGetProperty("kind", out JsonElement kind)
                    && kind.GetString() == "implicit"
                    ? ApplyKind.Implicit
                    : ApplyKind.Explicit,
            });
        }

        return new()
        {
            Name = Path.GetFileName(path),
            NetworkVersion = ReadVersion(root.GetProperty("network_version")),
            ActorsVersion = root.TryGetProperty("actors_bundle", out JsonElement bundle)
                ? ActorsVersionOf(bundle.GetString()!)
                : null,
            Rule = ChainRule.ByEpochSigned,
            ChainId = (ulong)OptionalNumber(root, "chain_id", 0),
            StateRoot = stateRoot,
            Blocks = blocks,
            Steps = steps,
        };
    }

    private static Cid ReadCar(JsonElement root, string path, MemoryBlockstore blocks)
    {
        CarReader reader = new(File.ReadAllBytes(path));
        reader.CopyTo(blocks);
        return root.TryGetProperty("root", out JsonElement named)
            ? ReadCid(named)
            : reader.Roots.Count > 0
            ? reader.Roots[0]
            : throw new SequenceException("no `root`, and the CAR names none");
    }

    /// <summary>A state of accounts and of actors whose code stands in files beside.</summary>
    private static Cid BuildState(JsonElement root, string folder, MemoryBlockstore blocks)
    {
        StateBuilder state = new(blocks, WasmEngine.Assemble(EmptyActor));
        foreach (JsonElement account in root.GetProperty("accounts").EnumerateArray())
        {
            Address? key = account.TryGetProperty("address", out JsonElement address)
                ? ReadAddress(address)
                : null;
            state.AddAccount(
                new(account.GetProperty("id").GetUInt64()),
                key,
                ReadOptionalAmount(account, "balance", "0"));
        }

        foreach (JsonElement actor in root.GetProperty("actors").EnumerateArray())
        {
            string file = Path.Combine(folder, actor.GetProperty("code").GetString()!);
            Cid code = state.AddCode(file.EndsWith(".wat", StringComparison.Ordinal)
                ? WasmEngine.Assemble(File.ReadAllText(file))
                : File.ReadAllBytes(file));
            state.AddActor(
                new(actor.GetProperty("id").GetUInt64()),
                code,
                ReadOptionalAmount(actor, "balance", "0"));
        }

        return state.Build();
    }

    private static Message ReadWrittenMessage(JsonElement message)
    {
        if (message.ValueKind == JsonValueKind.String)
        {
            return ReadMessage(message.GetBytesFromBase64());
        }

        return new(
            0,
            ReadAddress(message.GetProperty("to")),
            ReadAddress(message.GetProperty("from")),
            (ulong)OptionalNumber(message, "nonce", 0),
            ReadOptionalAmount(message, "value", "0"),
            message.GetProperty("gas_limit").GetUInt64(),
            ReadOptionalAmount(message, "gas_fee_cap", "0"),
            ReadOptionalAmount(message, "gas_premium", "0"),
            new((ulong)OptionalNumber(message, "method", 0)),
            message.TryGetProperty("params", out JsonElement parameters)
                ? parameters.GetBytesFromBase64()
                : default);
    }

    private static Address ReadAddress(JsonElement value) =>
        Address.TryParse(value.GetString(), out Address address)
            ? address
            : throw new SequenceException($"not an address: {value.GetString()}");

    private static long OptionalNumber(JsonElement parent, string name, long absent) =>
        parent.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : absent;
}
