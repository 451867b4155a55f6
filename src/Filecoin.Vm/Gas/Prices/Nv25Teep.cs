namespace Filecoin.Vm;

/// <summary>
/// Network version 25: seals cost what they take; aggregates without interaction.
/// </summary>
/// <remarks>Spec: FIP-0092; ref-fvm fvm/src/gas/price_list.rs.</remarks>
internal static class Nv25Teep
{
    private const int ProofsPerNonInteractiveSeal = 126;

    public static readonly PriceList Prices = Nv21Watermelon.Prices with
    {
        VerifySeal = Gas.Of(42_000_000),
        VerifySealInBatch = Gas.Of(42_000_000),
        VerifyAggregateSeals = Nv21Watermelon.Prices.VerifyAggregateSeals with
        {
            NonInteractive32 = new(
                Gas.Of(44_990 * ProofsPerNonInteractiveSeal),
                Nv17Shark.Steps(
                    [1, 2, 3, 5, 9, 17, 33],
                    [
                        112_356_810, 122_912_610, 137_559_930, 162_039_100, 210_960_780,
                        318_351_180, 528_274_980,
                    ])),
            NonInteractive64 = new(
                Gas.Of(35_928 * ProofsPerNonInteractiveSeal),
                Nv17Shark.Steps(
                    [1, 2, 3, 5, 9, 17, 33],
                    [
                        110_803_030, 120_803_700, 134_642_130, 157_357_890, 203_017_690,
                        304_253_590, 509_880_640,
                    ])),
        },
    };
}
