using System.Text.Json.Nodes;

namespace Filecoin.Node;

/// <summary>Outcomes as JSON, one object a message.</summary>
internal static class ReplayJson
{
    public static JsonObject Of(string file, int index, StepOutcome outcome, bool showsCharges)
    {
        JsonObject json = new()
        {
            ["file"] = file,
            ["index"] = index,
            ["message"] = outcome.Step.Message.Cid.ToString(),
            ["refused"] = outcome.Refusal,
            ["state_root"] = outcome.StateRoot.ToString(),
        };
        if (outcome.Result is ApplyResult result)
        {
            json["exit_code"] = result.Receipt.ExitCode.Value;
            json["return"] = Convert.ToBase64String(result.Receipt.Return.Span);
            json["return_codec"] = result.ReturnCodec;
            json["gas_used"] = result.Receipt.GasUsed;
            json["events_root"] = result.Receipt.EventsRoot?.ToString();
            json["penalty"] = result.Gas.MinerPenalty.ToString();
            json["miner_tip"] = result.Gas.MinerTip.ToString();
            json["base_fee_burn"] = result.Gas.BaseFeeBurn.ToString();
            json["over_estimation_burn"] = result.Gas.OverEstimationBurn.ToString();
            json["refund"] = result.Gas.Refund.ToString();
            json["failure"] = result.Failure;
            json["call"] = result.Trace?.Root is CallTrace root ? CallOf(root) : null;
            json["charges"] = showsCharges && result.Trace is not null
                ? new JsonArray([.. result.Trace.Charges.Select(ChargeOf)])
                : null;
        }

        json["differences"] = new JsonArray(
            [.. outcome.Differences.Select(difference => JsonValue.Create(difference.ToString()))]);
        return json;
    }

    private static JsonObject CallOf(CallTrace call) => new()
    {
        ["from"] = call.From.Value,
        ["to"] = call.To.ToString(),
        ["receiver"] = call.Receiver?.Value,
        ["method"] = call.Method.Value,
        ["value"] = call.Value.ToString(),
        ["exit_code"] = call.ExitCode?.Value,
        ["error"] = call.Error == ErrorNumber.None ? null : call.Error.ToString(),
        ["calls"] = new JsonArray([.. call.Calls.Select(CallOf)]),
    };

    private static JsonArray ChargeOf(GasCharge charge) =>
        new(charge.Name, charge.Compute.Milligas, charge.Other.Milligas);
}
