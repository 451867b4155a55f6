using System.Text;
using Filecoin.Evm;
using Filecoin.TestKit.Evm;

namespace Filecoin.Fuzz.Evm;

/// <summary>Any bytes as code: a run ends, with a code of its own, twice in the same way.</summary>
internal static class EvmTarget
{
    private const long Work = 60_000;

    private static readonly EthAddress Self = EthAddress.FromWord(0x5e1f);
    private static readonly EthAddress Caller = EthAddress.FromWord(0xca11);

    /// <summary>A flag, the length of the call's data, the data, and the code.</summary>
    internal static Outcome Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2 || input.Length - 2 < input[1])
        {
            return Outcome.Refused("no code");
        }

        byte[] data = input.Slice(2, input[1]).ToArray();
        byte[] code = input[(2 + data.Length)..].ToArray();
        bool isReadOnly = (input[0] & 1) != 0;
        EvmWorld world = World(code);
        string before = Describe(world);
        EvmResult result = Run(world, data, isReadOnly);
        string after = Describe(world);

        EvmWorld other = World(code);
        EvmResult again = Run(other, data, isReadOnly);
        Claim.Holds(
            again.ExitCode == result.ExitCode
                && again.Position == result.Position
                && again.Output.Span.SequenceEqual(result.Output.Span)
                && other.WorkLeft == world.WorkLeft
                && Describe(other) == after,
            "a second run ends otherwise");
        Claim.Holds(IsKnown(result.ExitCode.Value), $"it ends with {result.ExitCode}");
        Claim.Holds(
            result.ExitCode.IsSuccess || after == before, "a run that failed left something");
        Claim.Holds(
            !isReadOnly || (after == before && world.Logs.Count == 0),
            "a read-only run changed something");
        return result.ExitCode.IsSuccess
            ? Outcome.Accepted(Line(world, result))
            : Outcome.Refused($"code {(char)('a' + (result.ExitCode.Value % 26))}");
    }

    /// <summary>Programs that reach all instructions and precompiled contracts.</summary>
    internal static IEnumerable<byte[]> Seeds()
    {
        // A loop that counts down from the data's first byte.
        yield return Seed("05", "5f355f1a5b600190038060045700");

        // Arithmetic of all kinds on two words of the data.
        string binary = string.Concat(Enumerable.Range(1, 0x1d)
            .Where(code => code is not (0x08 or 0x09 or 0x15 or 0x19) and (< 0x0c or > 0x0f))
            .Select(code => $"60203560003580{code:x2}50"));
        yield return Seed(new string('f', 128), binary + "5f5f5f08505f5f5f09505f15505f19505f1e");

        // Storage, transient storage, a log with three topics, memory, hashes, return data.
        yield return Seed("", "602a60015560015450602b60015d60015c50600160026003602060005fa3");
        yield return Seed("0102", "36 5f 5f 37 6020 5f 20 5f 52 6020 5f f3".Replace(" ", ""));
        yield return Seed("", "60ab5f5260205ffd");

        // Each precompiled contract with zeros, then with what it is known to take.
        string calls = string.Concat(
            Enumerable.Range(1, 0x12).Select(number => $"6040608061018060005f60{number:x2}5af150"));
        yield return Seed("", calls);
        yield return Seed("", "600160005260026020525f5f604060405f5f60066000f1506000516020523d");

        // A creation, and a call of what was created; a call of itself.
        yield return Seed("", "67600b5f5360015ff35f52600860185ff05f5f5f5f5f945af1");
        yield return Seed("", "5f5f5f5f5f305af1505f5f5f5f305af4505f5f5f5f305afa50");
        yield return Seed("", "30ff");
    }

    private static byte[] Seed(string data, string code)
    {
        byte[] bytes = Convert.FromHexString(data);
        return [0, (byte)bytes.Length, .. bytes, .. Convert.FromHexString(code)];
    }

    private static EvmWorld World(byte[] code)
    {
        EvmWorld world = new()
        {
            Origin = Caller,
            GasPrice = 3,
            BaseFee = 2,
            Epoch = new(300),
            Timestamp = 4,
            Randomness = 5,
            WorkLeft = Work,
            DepthMax = 32,
        };
        world.At(Self).Code = code;
        world.At(Self).Balance = 1_000;
        world.At(Self).Storage[1] = 7;
        return world;
    }

    private static EvmResult Run(EvmWorld world, byte[] data, bool isReadOnly) =>
        world.Run(new(new(world.At(Self).Code), data, Self, Caller, 1, isReadOnly));

    private static bool IsKnown(uint code) => code is 0 or 4 or 7 or 24 or 25 or (>= 33 and <= 40);

    // How far it came: how much it did of each kind.
    private static string Line(EvmWorld world, EvmResult result) =>
        $"{Outcome.Size(Work - world.WorkLeft) / 2} {Outcome.Size(result.Output.Length)}"
        + $" {world.Logs.Count} {world.Accounts.Count} {world.At(Self).Storage.Count}";

    private static string Describe(EvmWorld world)
    {
        StringBuilder text = new();
        foreach ((EthAddress address, EvmAccount account) in world.Accounts
            .OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal))
        {
            // An account that was only looked at is none.
            if (account.Balance.IsZero && account.Code.Length == 0 && account.Nonce == 0)
            {
                continue;
            }

            _ = text.Append(address).Append(account.Balance).Append(account.Nonce)
                .Append(account.IsDead).AppendLine(Convert.ToHexStringLower(account.Code));
            Describe(text, account.Storage);
            Describe(text, account.Transient);
        }

        return text.ToString();
    }

    private static void Describe(StringBuilder text, Dictionary<U256, U256> slots)
    {
        foreach ((U256 key, U256 value) in slots.OrderBy(slot => slot.Key))
        {
            _ = text.Append(key).AppendLine(value.ToString());
        }
    }
}
