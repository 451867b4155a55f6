namespace Filecoin.Vm.Tests;

/// <summary>Proofs: gas-schedule 10.</summary>
public sealed class ProofPriceTests
{
    private const long Seal32GiB = 8;
    private const long Seal64GiB = 9;
    private const long SealNonInteractive32GiB = 18;
    private const long SealNonInteractive64GiB = 19;
    private const int SealKinds = 20;

    private static readonly (int From, long Gas)[] Steps32 =
    [
        (0, 0), (4, 103_994_170), (7, 112_356_810), (13, 122_912_610), (26, 137_559_930),
        (52, 162_039_100), (103, 210_960_780), (205, 318_351_180), (410, 528_274_980),
    ];

    private static readonly (int From, long Gas)[] Steps64 =
    [
        (0, 0), (4, 102_581_240), (7, 110_803_030), (13, 120_803_700), (26, 134_642_130),
        (52, 157_357_890), (103, 203_017_690), (205, 304_253_590), (410, 509_880_640),
    ];

    private static readonly (int From, long Gas)[] StepsNonInteractive32 =
    [
        (0, 0), (1, 112_356_810), (2, 122_912_610), (3, 137_559_930), (5, 162_039_100),
        (9, 210_960_780), (17, 318_351_180), (33, 528_274_980),
    ];

    private static readonly (int From, long Gas)[] StepsNonInteractive64 =
    [
        (0, 0), (1, 110_803_030), (2, 120_803_700), (3, 134_642_130), (5, 157_357_890),
        (9, 203_017_690), (17, 304_253_590), (33, 509_880_640),
    ];

    [Fact]
    public void Some_proofs_cost_the_same_in_all_versions()
    {
        ChargeAssert.Costs(
            17, 28,
            "OnComputeUnsealedSectorCid",
            98_647_000,
            prices => prices.OnUnsealedSectorCid());
        ChargeAssert.Costs(
            17, 28,
            "OnVerifyConsensusFault",
            516_422_000,
            prices => prices.OnVerifyConsensusFault());
        ChargeAssert.Costs(
            17, 28,
            "OnVerifyReplicaUpdate",
            36_316_136_000,
            prices => prices.OnVerifyReplicaUpdate());
    }

    [Theory]
    [InlineData(0, 117_680_921)]
    [InlineData(1, 117_724_701)]
    [InlineData(18, 118_468_961)]
    [InlineData(2_349, 220_520_141)]
    public void A_post_pays_by_challenged_sector(int sectors, long gas) =>
        ChargeAssert.Costs(
            17, 28, "OnVerifyPost", gas * 1_000, prices => prices.OnVerifyPost(sectors));

    [Theory]
    [InlineData(17, 17, 0)]
    [InlineData(18, 24, 2_000)]
    [InlineData(25, 28, 42_000_000)]
    public void A_seal_of_a_batch_costs_what_it_takes_since_version_25(
        int first, int last, long gas) =>
        ChargeAssert.Costs(
            first, last, "OnVerifySeal", gas * 1_000, prices => prices.OnVerifySealInBatch());

    [Fact]
    public void A_seal_alone_is_verified_in_version_17() =>
        ChargeAssert.Costs(17, 17, "OnVerifySeal", 2_000_000, prices => prices.OnVerifySeal());

    [Fact]
    public void An_aggregate_pays_by_seal_and_by_step()
    {
        CheckSteps(17, 28, Seal32GiB, 449_900, Steps32);
        CheckSteps(17, 28, Seal64GiB, 359_272, Steps64);
    }

    [Fact]
    public void Seals_without_interaction_have_steps_of_their_own_since_version_25()
    {
        CheckSteps(25, 28, SealNonInteractive32GiB, 5_668_740, StepsNonInteractive32);
        CheckSteps(25, 28, SealNonInteractive64GiB, 4_526_928, StepsNonInteractive64);
    }

    [Theory]
    [InlineData(SealNonInteractive32GiB, 118_025_550)]
    [InlineData(SealNonInteractive64GiB, 115_329_958)]
    public void One_seal_without_interaction_costs_what_the_proposal_says(long kind, long gas) =>
        ChargeAssert.Costs(
            25,
            28,
            "OnVerifyAggregateSeals",
            gas * 1_000,
            prices => prices.OnVerifyAggregateSeals(kind, 1));

    [Fact]
    public void Kinds_without_a_price_of_their_own_pay_as_32_GiB()
    {
        for (long kind = 0; kind < SealKinds; kind++)
        {
            if (kind != Seal64GiB)
            {
                CheckSteps(17, 24, kind, 449_900, Steps32);
            }

            if (kind is not (Seal64GiB or SealNonInteractive32GiB or SealNonInteractive64GiB))
            {
                CheckSteps(25, 28, kind, 449_900, Steps32);
            }
        }
    }

    /// <summary>Checks the first and the last number of seals of every step.</summary>
    private static void CheckSteps(
        int first, int last, long kind, long perSeal, (int From, long Gas)[] steps)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            int end = i + 1 < steps.Length ? steps[i + 1].From - 1 : 819;
            foreach (int seals in new[] { steps[i].From, end })
            {
                ChargeAssert.Costs(
                    first,
                    last,
                    "OnVerifyAggregateSeals",
                    ((perSeal * seals) + steps[i].Gas) * 1_000,
                    prices => prices.OnVerifyAggregateSeals(kind, seals));
            }
        }
    }
}
