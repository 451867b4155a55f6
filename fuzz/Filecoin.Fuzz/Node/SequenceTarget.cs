using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Filecoin.Ipld;
using Filecoin.Node;

namespace Filecoin.Fuzz.Node;

/// <summary>Files of messages and vectors, of all forms: read, or refused in one line.</summary>
public static class SequenceTarget
{
    private static readonly string Path = System.IO.Path.Combine(
        Directory.CreateTempSubdirectory("filecoin-fuzz").FullName, "messages.json");

    public static IEnumerable<byte[]> Seeds()
    {
        string message = Convert.ToBase64String(Cbor.Encode(new Message(
            0, Address.FromId(new(100)), Address.FromId(new(100)), 0, TokenAmount.Zero, 1_000,
            TokenAmount.Zero, TokenAmount.Zero, MethodNumber.Send, default)));
        byte[] block = [0x80];
        Cid root = Cid.Of(Codec.DagCbor, block);
        using MemoryStream car = new();
        new CarWriter(car, root).Write(root, block);
        using MemoryStream zipped = new();
        using (GZipStream zip = new(zipped, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zip.Write(car.ToArray());
        }

        string packed = Convert.ToBase64String(zipped.ToArray());
        string written = $$$"""
            {"network_version": 28, "epoch": 10, "base_fee": "100", "chain_id": 314,
             "accounts": [{"id": 100, "balance": "1000"},
               {"id": 101, "address": "f15ihq5ibzwki2b4ep2f46avlkrqzhpqgtga7pdrq"}],
             "actors": [],
             "messages": [{"from": "f0100", "to": "f0101", "gas_limit": 100, "value": "1",
               "method": 2, "params": "gA==", "kind": "implicit"}, "{{{message}}}"]}
            """;
        string reference = $$$"""
            {"name": "fuzz", "network_version": 21, "actors_bundle": "v12", "chain_id": 314,
             "environment": "by-epoch", "pre_root": "{{{root}}}", "car_gz_b64": "{{{packed}}}",
             "steps": [{"message_b64": "{{{message}}}", "kind": "explicit", "advance": true,
              "pre_root": null, "epoch": 5, "timestamp": 150, "base_fee": "100",
              "circ_supply": "2000", "raw_length": 70, "penalty": "0", "miner_tip": "0",
              "base_fee_burn": "0", "over_estimation_burn": "0", "refund": "0", "gas_burned": "0",
              "state_root": "{{{root}}}",
              "events": [{"emitter": 1, "entries": [[3, "k", 85, "AQ=="]]}],
              "gas": {"OnChainMessage": [1, 2, 3]},
              "receipt": {"exit_code": 0, "return": "", "return_codec": null, "gas_used": 9,
                "events_root": null}}]}
            """;
        string mainnet = $$$"""
            {"class": "message", "car": "{{{packed}}}",
             "randomness": [{"on": ["beacon", 1, 2, ""], "ret": "AAAA"}],
             "preconditions": {"state_tree": {"root_cid": {"/": "{{{root}}}"}},
               "basefee": 100, "circ_supply": 1000,
               "variants": [{"id": "a", "epoch": 100, "nv": 17}]},
             "apply_messages": [{"bytes": "{{{message}}}"}],
             "postconditions": {"state_tree": {"root_cid": {"/": "{{{root}}}"}},
               "receipts": [{"exit_code": 0, "return": "", "gas_used": 5}]}}
            """;
        foreach (string text in (string[])[written, reference, mainnet])
        {
            yield return Encoding.UTF8.GetBytes(text);
        }
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        File.WriteAllBytes(Path, input);
        try
        {
            MessageSequence sequence = SequenceReader.Read(Path);
            return Outcome.Accepted(
                $"{sequence.Rule} {sequence.NetworkVersion} "
                + $"steps {Outcome.Size(sequence.Steps.Count)}");
        }
        catch (SequenceException refusal)
        {
            string reason = refusal.Message.Replace(Path, "", StringComparison.Ordinal);
            Claim.Holds(!reason.Contains('\n'), "more than one line");
            if (refusal.InnerException is JsonException)
            {
                return Outcome.Refused("no JSON");
            }

            string letters = string.Concat(Array.FindAll(reason.ToCharArray(), char.IsAsciiLetter));
            return Outcome.Refused(
                $"{refusal.InnerException?.GetType().Name} "
                + letters[..Math.Min(16, letters.Length)]);
        }
    }
}
