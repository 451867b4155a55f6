using CsCheck;
using Scene = Filecoin.Actors.Market.Tests.MarketWithOneProvider;

namespace Filecoin.Actors.Market.Tests;

/// <summary>Deals' encoding and epochs, and their money against plain models.</summary>
public sealed class DealTests
{
    private static readonly Gen<(int Owner, int Amount)[]> Additions =
        Gen.Select(Gen.Int[0, 9], Gen.Int[-9, 12]).Array[0, 80];

    private static readonly Gen<(int Kind, int Deal, int Epochs)[]> Steps =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 120_000]).Array[1, 25];

    // Spec: actors/market 1.1, computed with an independent encoder.
    [Fact]
    public void A_proposal_is_golden()
    {
        const string Expected =
            "8bd82a5828000181e203922020b817099547b8c59060fede17e8fef01cd2e5871fcc83cb2cf492000001"
            + "a972161880f44300e9074300e807656c6162656c18641a0007e964404040";
        byte[] encoded = Convert.FromHexString(Expected);

        DealProposal deal = ParameterCodec.DecodeCbor<DealProposal>(encoded);

        Assert.Equal(Expected, Convert.ToHexStringLower(Cbor.Encode(deal)));
        Assert.Equal(
            "bafy2bzaceb4pwnvxjuz5f6gnejmyktnimjnrpz365blyzrn5kjw7b7hoezvie",
            deal.ComputeCid(new MemoryRuntime()).ToString());
        Assert.Equal(518_400, deal.Duration);
    }

    [Theory]
    [InlineData("63616263", true)]
    [InlineData("43616263", true)]
    [InlineData("60", true)]
    [InlineData("7f6161ff", false)] // Indefinite length.
    [InlineData("5f4161ff", false)]
    [InlineData("01", false)]
    [InlineData("f6", false)]
    [InlineData("61ff", false)] // Not UTF-8.
    public void A_label_is_text_or_bytes_and_stays_so(string hex, bool isLabel)
    {
        byte[] encoded = Convert.FromHexString(hex);
        CborReader reader = CborReader.Lenient(encoded);

        bool isRead = DealLabel.TryRead(ref reader, out DealLabel? label);

        Assert.Equal(isLabel, isRead);
        Assert.Equal(isLabel ? hex : null, label is null ? null : Hex(label));
    }

    [Theory]
    [InlineData("420102", true)]
    [InlineData("4102", true)]
    [InlineData("420302", false)] // Actors know no delegated signatures.
    [InlineData("40", false)]
    public void A_clients_signature_has_one_of_two_types(string hex, bool isSignature)
    {
        CborReader reader = CborReader.Lenient(Convert.FromHexString(hex));
        Assert.Equal(isSignature, ClientSignature.TryRead(ref reader, out _));
    }

    // Spec: actors/market 3, checked values.
    [Theory]
    [InlineData(0, 50, 86_400)]
    [InlineData(1, 50, 86_401)]
    [InlineData(100, 50, 100)]
    [InlineData(86_399, 50, 86_399)]
    [InlineData(86_500, 86_401, 86_500)]
    [InlineData(5, 86_405, 86_405)]
    public void Cron_looks_at_a_deal_at_its_place_in_the_interval(
        ulong id, long earliest, long expected) =>
        Assert.Equal(expected, DealPolicy.NextUpdateEpoch(id, 86_400, earliest));

    [Fact]
    public void A_table_of_balances_does_as_a_dictionary() => Additions.Sample(
        additions =>
        {
            MemoryRuntime runtime = new();
            Cid root = BalanceTable.StoreEmpty(runtime);
            Dictionary<int, long> model = [];
            foreach ((int owner, int amount) in additions)
            {
                BalanceTable table = BalanceTable.Load(runtime, root, "table");
                long sum = model.GetValueOrDefault(owner) + amount;
                if (sum < 0)
                {
                    Assert.Throws<ActorAbortException>(() => table.Add(
                        AddressOf(owner), TokenAmount.FromAtto(amount)));
                    continue;
                }

                table.Add(AddressOf(owner), TokenAmount.FromAtto(amount));
                root = table.Flush();
                if (sum == 0 && model.GetValueOrDefault(owner) != 0)
                {
                    model.Remove(owner);
                }
                else
                {
                    model[owner] = sum;
                }
            }

            Assert.Equal(model, Entries(runtime, root));
        },
        seed: "0000KpZ1mV53",
        iter: 200);

    [Fact]
    public void Money_of_deals_is_where_a_plain_model_has_it() => Steps.Sample(
        steps =>
        {
            Scene scene = new();
            Model model = new();
            for (int i = 0; i < Model.Prices.Length; i++)
            {
                _ = scene.Publish(Scene.Deal(Model.Prices[i], Model.Collaterals[i], $"{i}"));
            }

            long epoch = 0;
            foreach ((int kind, int deal, int epochs) in steps)
            {
                // Half of the steps come before the deals start.
                epoch += epoch < Scene.Start ? epochs / 400 : epochs;
                scene.Runtime.Epoch = new(epoch);
                switch (kind)
                {
                    case 0:
                        bool isActivated = scene.Activate((ulong)deal, (ulong)deal)
                            .ActivationResults.AllOk;
                        Assert.Equal(model.Activate(deal, epoch), isActivated);
                        break;
                    case 1:
                        scene.Terminate(epoch, (ulong)deal);
                        model.Terminate(deal, epoch);
                        break;
                    default:
                        _ = scene.Settle(epoch, (ulong)deal);
                        model.Settle(deal, epoch);
                        break;
                }

                model.Check(scene);
            }
        },
        seed: "0000KpZ1mV53",
        iter: 100);

    private static string Hex(DealLabel label) => Convert.ToHexStringLower(Cbor.Encode(label));

    private static Address AddressOf(int owner) => Address.FromId(new((ulong)owner));

    private static Dictionary<int, long> Entries(MemoryRuntime runtime, Cid root)
    {
        Dictionary<int, long> entries = [];
        Hamt<TokenAmount>.Load(runtime.Memory, root, new(BalanceTable.BitWidth)).ForEach(
            (key, amount) =>
            {
                Assert.True(Address.TryDecode(key.Span, out Address owner));
                Assert.True(owner.TryGetId(out ActorId id));
                entries.Add((int)id.Value, (long)amount.ToBigInteger());
            });
        return entries;
    }

    /// <summary>Deals as numbers.</summary>
    private sealed class Model
    {
        public static readonly long[] Prices = [7, 0, 1, 30];
        public static readonly long[] Collaterals = [5, 0, 100, 1];

        private readonly bool[] areActive = new bool[Prices.Length];
        private readonly bool[] areOver = new bool[Prices.Length];
        private readonly long[] paidEpochs = new long[Prices.Length];
        private long burnt;

        public bool Activate(int deal, long epoch)
        {
            bool isPossible = !areOver[deal] && !areActive[deal] && epoch <= Scene.Start;
            areActive[deal] |= isPossible;
            return isPossible;
        }

        public void Terminate(int deal, long epoch)
        {
            if (areActive[deal] && !areOver[deal] && epoch < Scene.End)
            {
                PayUntil(deal, epoch);
                Break(deal);
            }
        }

        public void Settle(int deal, long epoch)
        {
            if (areOver[deal])
            {
                return;
            }

            if (areActive[deal])
            {
                PayUntil(deal, epoch);
                areOver[deal] = epoch >= Scene.End;
            }
            else if (epoch >= Scene.Start)
            {
                Break(deal);
            }
        }

        public void Check(Scene scene)
        {
            long paid = 0;
            long clientLocked = 0;
            long providerLocked = 0;
            for (int i = 0; i < Prices.Length; i++)
            {
                paid += Prices[i] * paidEpochs[i];
                if (!areOver[i])
                {
                    clientLocked += 3 + (Prices[i] * (DealPolicy.DurationMin - paidEpochs[i]));
                    providerLocked += Collaterals[i];
                }
            }

            Assert.Equal(TokenAmount.FromAtto(burnt), scene.Burnt);
            Assert.Equal(
                new(Scene.Deposit - TokenAmount.FromAtto(paid), TokenAmount.FromAtto(clientLocked)),
                scene.Balance(Scene.Client));
            Assert.Equal(
                new(
                    Scene.Deposit + TokenAmount.FromAtto(paid - burnt),
                    TokenAmount.FromAtto(providerLocked)),
                scene.Balance(Scene.Miner));
            scene.RequireSound();
        }

        private void PayUntil(int deal, long epoch) => paidEpochs[deal] = long.Max(
            paidEpochs[deal], long.Clamp(epoch, Scene.Start, Scene.End) - Scene.Start);

        private void Break(int deal)
        {
            areOver[deal] = true;
            burnt += Collaterals[deal];
        }
    }
}
