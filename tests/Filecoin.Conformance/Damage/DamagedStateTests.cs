using Filecoin.Actors;
using Filecoin.Ipld;
using Filecoin.Node;
using Filecoin.TestKit;
using Filecoin.Vm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Conformance.Damage;

/// <summary>
/// Actors whose state is damaged end as their Wasm ends: charges, exit code, events, state.
/// </summary>
public sealed class DamagedStateTests(ITestOutputHelper output)
{
    /// <summary>Messages of each method of a vector.</summary>
    private const int MethodMessagesMax = 1;

    /// <summary>Where a vector's messages are no longer looked at: some go on for years.</summary>
    private const int IndexMax = 150;

    private static readonly BundleStore Bundles = new(UserCache.Bundles());
    private static readonly ActorCode Code = new(new ModuleCache(UserCache.Modules()));
    private static readonly SequenceRunner Wasm = new(Bundles, Code);

    private static readonly SequenceRunner Compared = new(Bundles, Code)
    {
        Compared = BuiltinActors.All,
    };

    /// <summary>
    /// How a message may end whose state is damaged, if not well: its sender has no id any longer
    /// (1); a number makes an actor work until gas is gone (7); a block is missing, or a damaged
    /// link leads to none (10); what was damaged is refused as an argument or not found (16, 17),
    /// forbids (18), does not suffice (19), contradicts itself (20), cannot be read (21), makes a
    /// call fail (23), the actor panic (24) or a contract revert (33); or as the actor alone ends
    /// (1000 and above).
    /// </summary>
    private static readonly uint[] Ends = [1, 7, 10, 16, 17, 18, 19, 20, 21, 23, 24, 33];

    private const uint OwnEndsMin = 1_000;

    /// <summary>Damages of each message.</summary>
    private static readonly int Rounds = TestRounds.Of("FVM_DAMAGE_ROUNDS", usual: 3);

    [Theory]
    [InlineData("scenarios/batch_onboarding-batch_onboarding_test")]
    [InlineData("scenarios/batch_onboarding_deals_test-batch_onboarding_deals_test")]
    [InlineData("scenarios/verified_claim_test-verified_claim_scenario_test")]
    [InlineData("scenarios/datacap_tests-datacap_transfer_test")]
    [InlineData("scenarios/evm_notification_test-evm_direct_call_fails_non_miner_test")]
    [InlineData("scenarios/evm_sector_status_test-evm_sector_status_test")]
    [InlineData(
        "scenarios/prove_commit_niporep_test-prove_commit_ni_partial_success_not_required_test")]
    [InlineData("scenarios/replica_update3_test-prove_replica_update2_test")]
    [InlineData("scenarios/extend_sectors_test-extend_updated_sector_with_claims_test")]
    [InlineData("scenarios/multisig_test-swap_self_2_of_3_test")]
    [InlineData("scenarios/change_beneficiary_test-change_beneficiary_success_test")]
    [InlineData("scenarios/authenticate_message_test-account_authenticate_message_test")]
    [InlineData("by-hand/paych")]
    [InlineData("by-hand/init_exec")]
    [InlineData("by-hand/miner_cron_rewards")]
    [InlineData("by-hand/market_funds")]
    [InlineData("by-hand/verifreg_datacap")]
    public void A_damaged_state_ends_a_message_as_it_ends_it_in_Wasm(string vector)
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        Assert.SkipUnless(
            Bundles.Has(BuiltinActors.Version), SkipReason.NoBundle(BuiltinActors.Version));
        string file = SharedData.Path($"vectors/reference/nv28/{vector}.json.gz");
        Dictionary<(string, ulong), int> taken = [];
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        List<string> different = [];
        foreach (DamagedStep step in
            DamagedStep.ReadAll(file, Wasm).TakeWhile(step => step.Index < IndexMax))
        {
            (string Actor, ulong Method) key = (step.Actor, step.Method.Value);
            int before = taken.GetValueOrDefault(key);
            if (before < MethodMessagesMax)
            {
                taken[key] = before + 1;
                Damage(step, counts, different);
            }
        }

        output.WriteLine(string.Join('\n', counts.Select(pair => $"{pair.Value,6} {pair.Key}")));
        Assert.True(
            different.Count == 0,
            $"{different.Count} differ: {string.Join('\n', different.Take(20))}");
        Assert.NotEmpty(counts);
    }

    private static void Damage(
        DamagedStep step, SortedDictionary<string, int> counts, List<string> different)
    {
        for (int round = 0; round < Rounds; round++)
        {
            StateDamage damage = StateDamage.Of(step.Index, round);
            Cid cid = step.Blocks[damage.Below(step.Blocks.Count)];
            Assert.True(step.Sequence.Blocks.TryGet(cid, out ReadOnlyMemory<byte> block));
            Assert.True(step.Sequence.Blocks.TryGet(
                step.Blocks[damage.Below(step.Blocks.Count)], out ReadOnlyMemory<byte> other));
            DamageKind kind = damage.Kind();
            string what = $"{step.Actor} {step.Method} of {step.File} #{step.Index}, "
                + $"round {round}, {kind} of {cid}";
            StepOutcome outcome;
            try
            {
                outcome = step.Run(Compared, cid, damage.Apply(kind, block.Span, other.Span));
            }
            catch (SequenceException failure) when (failure.InnerException is FatalException)
            {
                // The machine itself cannot find the sender: there is no receipt at all.
                Assert.Contains("init actor", failure.Message, StringComparison.Ordinal);
                counts[$"{kind} none"] = counts.GetValueOrDefault($"{kind} none") + 1;
                continue;
            }

            Assert.True(outcome.Result is not null, $"{what}: refused, {outcome.Refusal}");
            uint code = outcome.Result.Receipt.ExitCode.Value;
            string row = $"{kind} {code}";
            counts[row] = counts.GetValueOrDefault(row) + 1;
            if (outcome.Differences.Count > 0)
            {
                different.Add($"{what}: {outcome.Differences[0]}");
            }

            Assert.True(
                code == 0 || (kind == DamageKind.Missing ? code is 1 or 7 or 10
                    : code >= OwnEndsMin || Ends.Contains(code)),
                $"{what}: ends with {code}");
        }
    }
}
