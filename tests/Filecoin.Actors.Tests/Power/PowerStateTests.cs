using System.Numerics;
using CsCheck;
using ClaimMap = Filecoin.ActorRuntime.StateMap<
    Filecoin.Address, Filecoin.ActorRuntime.AddressKey, Filecoin.Actors.Power.Claim>;

namespace Filecoin.Actors.Power.Tests;

/// <summary>Power and events held against plain models.</summary>
public sealed class PowerStateTests
{
    private const long WindowPost = 10;

    private static readonly Policy Small = Policy.Mainnet with { MinimumConsensusPower = 10 };

    private static readonly Gen<(int Miner, int Raw, int Adjusted)[]> Changes =
        Gen.Select(Gen.Int[0, 6], Gen.Int[-8, 16], Gen.Int[-8, 30]).Array[0, 60];

    private static readonly Gen<(int Epoch, byte Payload)[]> Events =
        Gen.Select(Gen.Int[0, 9], Gen.Byte).Array[0, 200];

    [Fact]
    public void Totals_are_the_sums_of_the_claims() => Changes.Sample(
        changes =>
        {
            MemoryRuntime runtime = new() { Policy = Small };
            PowerState state = PowerState.Create(runtime);
            Dictionary<int, (BigInteger Raw, BigInteger Adjusted)> model = [];
            foreach ((int miner, int raw, int adjusted) in changes)
            {
                if (model.TryAdd(miner, default))
                {
                    state.AddMiner(runtime, AddressOf(miner), WindowPost);
                }

                (BigInteger Raw, BigInteger Adjusted) next =
                    (model[miner].Raw + raw, model[miner].Adjusted + adjusted);
                bool isAllowed = next.Raw.Sign >= 0 && next.Adjusted.Sign >= 0;
                Assert.Equal(isAllowed, TryAdd(runtime, ref state, miner, raw, adjusted));
                model[miner] = isAllowed ? next : model[miner];
            }

            Assert.Equal(Sum(model, 0), Committed(state));
            Assert.Equal(
                model.Values.LongCount(power => power.Raw >= 10), state.MinerAboveMinPowerCount);
            (BigInt raw1, BigInt adjusted1) = state.CurrentTotalPower();
            Assert.Equal(
                Sum(model, state.MinerAboveMinPowerCount < 4 ? 0 : 10),
                (raw1.Value, adjusted1.Value));
        },
        seed: "0000KpZ1mV53",
        iter: 200);

    [Fact]
    public void Events_come_back_by_epoch_in_the_order_in_which_they_were_added() => Events.Sample(
        events =>
        {
            MemoryRuntime runtime = new();
            Cid root = CronEventQueue.StoreEmpty(runtime);
            Cid empty = root;
            SortedDictionary<long, List<byte>> model = [];
            foreach ((int epoch, byte payload) in events)
            {
                CronEventQueue queue = CronEventQueue.Load(runtime, root);
                queue.Add(epoch, new(AddressOf(payload), new[] { payload }));
                root = queue.Flush();
                if (!model.TryGetValue(epoch, out List<byte>? payloads))
                {
                    model.Add(epoch, payloads = []);
                }

                payloads.Add(payload);
            }

            CronEventQueue full = CronEventQueue.Load(runtime, root);
            for (long epoch = 0; epoch <= 10; epoch++)
            {
                List<byte> wanted = model.GetValueOrDefault(epoch) ?? [];
                Assert.Equal(
                    wanted, full.At(epoch).Select(item => item.CallbackPayload.Span[0]));
                if (wanted.Count > 0)
                {
                    full.Remove(epoch);
                }
            }

            Assert.Equal(empty, full.Flush());
        },
        seed: "0000KpZ1mV53",
        iter: 100);

    private static Address AddressOf(int miner) => Address.FromId(new(1_000 + (ulong)miner));

    /// <summary>A change that fails leaves the totals as they were, as its call ends.</summary>
    private static bool TryAdd(
        MemoryRuntime runtime, ref PowerState state, int miner, int raw, int adjusted)
    {
        PowerState changed = state;
        ClaimMap claims = changed.LoadClaims(runtime);
        try
        {
            changed.AddToClaim(runtime.Policy, claims, AddressOf(miner), raw, adjusted);
        }
        catch (ActorAbortException)
        {
            return false;
        }

        changed.Claims = claims.Flush();
        state = changed;
        return true;
    }

    private static (BigInteger, BigInteger) Committed(PowerState state) =>
        (state.TotalBytesCommitted.Value, state.TotalQualityAdjustedBytesCommitted.Value);

    private static (BigInteger, BigInteger) Sum(
        Dictionary<int, (BigInteger Raw, BigInteger Adjusted)> model, int floor)
    {
        BigInteger raw = 0;
        BigInteger adjusted = 0;
        foreach ((BigInteger each, BigInteger eachAdjusted) in model.Values)
        {
            raw += each >= floor ? each : 0;
            adjusted += each >= floor ? eachAdjusted : 0;
        }

        return (raw, adjusted);
    }
}
