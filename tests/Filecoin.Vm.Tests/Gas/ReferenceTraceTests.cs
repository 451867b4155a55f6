using System.IO.Compression;
using System.Text.Json;
using Filecoin.TestKit;

namespace Filecoin.Vm.Tests;

/// <summary>
/// Charges that the reference machine recorded while it ran the golden sequences: those whose
/// size is known must be ours, in both of their parts.
/// </summary>
public sealed class ReferenceTraceTests
{
    private const string Folder = "vectors/reference";

    /// <summary>Fewer charges than this mean that the vectors were not read.</summary>
    private const long ChargesMin = 100_000;

    public static TheoryData<NetworkVersion> Versions => new(
        Enum.GetValues<NetworkVersion>().Where(version => version >= NetworkVersion.V21));

    [Theory]
    [MemberData(nameof(Versions))]
    public void Charges_of_known_size_are_the_references(NetworkVersion version)
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        Dictionary<string, GasCharge> fixedCharges = FixedCharges(PriceList.For(version));
        long charges = 0;
        List<string> differences = [];
        foreach (string file in Files(version))
        {
            using JsonDocument sequence = Read(file);
            int index = 0;
            foreach (JsonElement step in sequence.RootElement.GetProperty("steps").EnumerateArray())
            {
                foreach (RecordedCharge recorded in RecordedCharges(step))
                {
                    if (Expect(version, fixedCharges, step, recorded) is RecordedCharge expected)
                    {
                        charges += recorded.Times;
                        if (expected != recorded)
                        {
                            differences.Add(
                                $"{Path.GetFileName(file)}[{index}]: {recorded}, ours {expected}");
                        }
                    }
                }

                index++;
            }
        }

        Assert.True(charges > ChargesMin, $"only {charges} charges seen");
        Assert.True(
            differences.Count == 0,
            $"{differences.Count} differences:\n{string.Join('\n', differences.Take(20))}");
    }

    private static Dictionary<string, GasCharge> FixedCharges(PriceList prices)
    {
        GasCharge[] charges =
        [
            prices.OnValueTransfer(), prices.OnActorLookup(), prices.OnActorUpdate(),
            prices.OnSyscall(), prices.OnBlockOpenBase(), prices.OnGetRoot(), prices.OnSetRoot(),
            prices.OnDeleteActor(), prices.OnRecoverSecp256k1(), prices.OnUnsealedSectorCid(),
            prices.OnVerifySealInBatch(), prices.OnVerifyReplicaUpdate(),
            prices.OnVerifyConsensusFault(),
        ];
        return charges.ToDictionary(charge => charge.Name);
    }

    /// <summary>Our charges of one name in a step; null where sizes are not recorded.</summary>
    private static RecordedCharge? Expect(
        NetworkVersion version,
        Dictionary<string, GasCharge> fixedCharges,
        JsonElement step,
        RecordedCharge recorded)
    {
        PriceList prices = PriceList.For(version);
        GasCharge? charge = recorded.Name switch
        {
            "OnChainMessage" => prices.OnChainMessage(step.GetProperty("raw_length").GetInt32()),
            "OnChainReturnValue" when ReturnSize(step) is int sizeBytes =>
                prices.OnChainReturnValue(sizeBytes),
            _ => fixedCharges.TryGetValue(recorded.Name, out GasCharge found) ? found : null,
        };
        return charge is GasCharge each
            ? new(
                each.Name,
                recorded.Times,
                (Int128)each.Compute.Milligas * recorded.Times,
                (Int128)each.Other.Milligas * recorded.Times)
            : null;
    }

    /// <summary>Bytes returned by a message that succeeded.</summary>
    private static int? ReturnSize(JsonElement step)
    {
        JsonElement receipt = step.GetProperty("receipt");
        return receipt.GetProperty("exit_code").GetUInt32() == 0
            ? receipt.GetProperty("return").GetBytesFromBase64().Length
            : null;
    }

    private static IEnumerable<RecordedCharge> RecordedCharges(JsonElement step)
    {
        JsonElement gas = step.GetProperty("gas");
        return gas.ValueKind == JsonValueKind.Null
            ? []
            : gas.EnumerateObject()
                .Select(charge => new RecordedCharge(
                    charge.Name,
                    charge.Value[0].GetInt64(),
                    charge.Value[1].GetUInt64(),
                    charge.Value[2].GetUInt64()));
    }

    private static string[] Files(NetworkVersion version) =>
        Directory.GetFiles(
            Path.Combine(SharedData.Path(Folder), $"nv{(int)version}"),
            "*.json.gz",
            SearchOption.AllDirectories);

    private static JsonDocument Read(string file)
    {
        using GZipStream stream = new(File.OpenRead(file), CompressionMode.Decompress);
        return JsonDocument.Parse(stream);
    }

    private readonly record struct RecordedCharge(
        string Name, long Times, Int128 Compute, Int128 Other);
}
