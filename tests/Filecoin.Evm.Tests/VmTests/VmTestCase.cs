using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Filecoin.Crypto;
using Filecoin.TestKit.Evm;

namespace Filecoin.Evm.Tests.VmTests;

/// <summary>One case of Ethereum's VMTests: a program, and what is there afterwards.</summary>
internal sealed class VmTestCase(JsonElement test)
{
    /// <summary>Whether the program must end by STOP, RETURN or SELFDESTRUCT.</summary>
    internal bool IsSuccess { get; } = test.TryGetProperty("post", out _);

    internal static VmTestCase Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        return new(document.RootElement.EnumerateObject().First().Value.Clone());
    }

    /// <summary>The world before, with as much work as the case has gas.</summary>
    internal EvmWorld World()
    {
        JsonElement env = test.GetProperty("env");
        JsonElement exec = test.GetProperty("exec");
        EvmWorld world = new()
        {
            Origin = Address(exec.GetProperty("origin").GetString()!),
            GasPrice = Number(exec.GetProperty("gasPrice")),
            Epoch = new((long)Number(env.GetProperty("currentNumber")).Low),
            Timestamp = Number(env.GetProperty("currentTimestamp")).Low,
            WorkLeft = (long)Math.Min(
                Number(exec.GetProperty("gas")).Saturated, long.MaxValue / 4),
        };
        foreach (JsonProperty account in test.GetProperty("pre").EnumerateObject())
        {
            Fill(world.At(Address(account.Name)), account.Value);
        }

        return world;
    }

    internal EvmInvocation Invocation()
    {
        JsonElement exec = test.GetProperty("exec");
        return new(
            new(Bytes(exec.GetProperty("code"))),
            Bytes(exec.GetProperty("data")),
            Address(exec.GetProperty("address").GetString()!),
            Address(exec.GetProperty("caller").GetString()!),
            Number(exec.GetProperty("value")),
            IsReadOnly: false);
    }

    /// <summary>What differs from the case's expectation; null if nothing does.</summary>
    internal string? Difference(EvmWorld world, EvmResult result)
    {
        if (!IsSuccess)
        {
            return result.ExitCode.IsSuccess ? "it did not fail" : null;
        }

        string output = "0x" + Convert.ToHexStringLower(result.Output.Span);
        return !result.ExitCode.IsSuccess ? $"exit code {result.ExitCode}"
            : output != test.GetProperty("out").GetString() ? $"output {output}"
            : LogDigest(world) != test.GetProperty("logs").GetString() ? "logs differ"
            : StateDifference(world);
    }

    private string? StateDifference(EvmWorld world)
    {
        EvmWorld expected = new();
        foreach (JsonProperty account in test.GetProperty("post").EnumerateObject())
        {
            Fill(expected.At(Address(account.Name)), account.Value);
        }

        string ours = Describe(world);
        string theirs = Describe(expected);
        return ours == theirs ? null : $"state\n{ours}instead of\n{theirs}";
    }

    private static string Describe(EvmWorld world) => string.Concat(world.Accounts
        .Where(pair => !pair.Value.IsDead && IsKept(pair.Value))
        .OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal)
        .Select(pair =>
            $"{pair.Key} {pair.Value.Balance} {Convert.ToHexStringLower(pair.Value.Code)}\n"
            + string.Concat(pair.Value.Storage
                .OrderBy(slot => slot.Key)
                .Select(slot => $"  {slot.Key} {slot.Value}\n"))));

    // An account that is only asked about is none.
    private static bool IsKept(EvmAccount account) =>
        !account.Balance.IsZero || account.Code.Length > 0 || account.Storage.Count > 0;

    private static void Fill(EvmAccount account, JsonElement json)
    {
        account.Balance = Number(json.GetProperty("balance"));
        account.Code = Bytes(json.GetProperty("code"));
        foreach (JsonProperty slot in json.GetProperty("storage").EnumerateObject())
        {
            account.Storage[Number(slot.Name)] = Number(slot.Value);
        }
    }

    private static U256 Number(JsonElement json) => Number(json.GetString()!);

    private static U256 Number(string hex) => U256.FromBigInteger(
        BigInteger.Parse($"0{hex[2..]}", NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static byte[] Bytes(JsonElement json) => Convert.FromHexString(json.GetString()![2..]);

    private static EthAddress Address(string hex) =>
        EthAddress.FromBytes(Convert.FromHexString(hex[2..]));

    // Keccak-256 of the list of [emitter, topics, data].
    private static string LogDigest(EvmWorld world)
    {
        byte[] list = Rlp.List([.. world.Logs.Select(log => Rlp.List(
            Rlp.Text(log.Emitter.ToBytes()),
            Rlp.List([.. log.Topics.Select(topic => Rlp.Text(topic.ToBigEndian()))]),
            Rlp.Text(log.Data)))]);
        byte[] digest = new byte[32];
        Keccak256.Hash(list, digest);
        return "0x" + Convert.ToHexStringLower(digest);
    }
}
