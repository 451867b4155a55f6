namespace Filecoin.Rpc.Tests.Methods;

public sealed class MinerMethodsTests
{
    private const long SectorBytes = 32L << 30;
    private const int Sectors = 3;

    private readonly RpcNetwork network = new(minerSectors: Sectors);
    private readonly string miner;

    public MinerMethodsTests() =>
        miner = network.Call("Filecoin.StateListMiners")[0].GetString()!;

    [Fact]
    public void A_miner_has_who_it_is_and_its_power()
    {
        JsonElement info = Of("StateMinerInfo");
        JsonElement power = Of("StateMinerPower");

        Assert.Equal("<empty>", info.GetProperty("NewWorker").GetString());
        Assert.Equal(-1, info.GetProperty("WorkerChangeEpoch").GetInt64());
        Assert.Equal(SectorBytes, info.GetProperty("SectorSize").GetInt64());
        Assert.Equal(JsonValueKind.Null, info.GetProperty("ControlAddresses").ValueKind);
        Assert.Equal(
            $"{SectorBytes * Sectors}",
            power.GetProperty("MinerPower").GetProperty("RawBytePower").GetString());
        Assert.Equal(
            $"{new AddressView(network.MinerOwner.Address)}",
            network.Call("Filecoin.StateAccountKey", info.GetProperty("Owner")).GetString());
    }

    [Fact]
    public void Sectors_are_listed_all_or_some_of_them()
    {
        JsonElement all = Of("StateMinerSectors", null, null);

        Assert.Equal(Sectors, all.GetArrayLength());
        Assert.Equal(
            [
                "SectorNumber", "SealProof", "SealedCID", "Activation", "Expiration",
                "DealWeight", "VerifiedDealWeight", "InitialPledge", "ExpectedDayReward",
                "ExpectedStoragePledge", "PowerBaseEpoch", "ReplacedDayReward", "SectorKeyCID",
                "Flags", "DailyFee",
            ],
            all[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal($"[{all[1]}]", $"{Of("StateMinerSectors", new[] { 1, 1 }, null)}");
        Assert.Equal($"{all}", $"{Of("StateMinerActiveSectors")}");
        Assert.Equal($"{all[2]}", $"{Of("StateSectorGetInfo", 2)}");
        Assert.Equal(JsonValueKind.Null, Of("StateSectorGetInfo", 9).ValueKind);
        Assert.Equal(
            """{"Live":3,"Active":3,"Faulty":0}""", Of("StateMinerSectorCount").ToString());
        Assert.Equal("[0,3]", $"{Of("StateMinerAllocated")}");
        Assert.Equal("[0]", $"{Of("StateMinerFaults")}");
        Assert.Equal("[0]", $"{Of("StateMinerRecoveries")}");
    }

    [Fact]
    public void Sectors_are_found_in_their_deadlines_and_partitions()
    {
        JsonElement place = Of("StateSectorPartition", 0);
        ulong deadline = place.GetProperty("Deadline").GetUInt64();

        JsonElement partition = Of("StateMinerPartitions", deadline)[0];

        Assert.Equal(48, Of("StateMinerDeadlines").GetArrayLength());
        Assert.Equal("[0,3]", $"{partition.GetProperty("AllSectors")}");
        Assert.Equal("[0]", $"{partition.GetProperty("FaultySectors")}");
        Assert.Contains("invalid deadline", Error("StateMinerPartitions", 48));
        Assert.Contains("not found", Error("StateSectorPartition", 9));
    }

    [Fact]
    public void The_deadline_of_now_is_open()
    {
        JsonElement now = Of("StateMinerProvingDeadline");

        long open = now.GetProperty("Open").GetInt64();
        Assert.Equal(open + 60, now.GetProperty("Close").GetInt64());
        Assert.Equal(48, now.GetProperty("WPoStPeriodDeadlines").GetInt32());
        Assert.Equal(2_880, now.GetProperty("WPoStProvingPeriod").GetInt32());
    }

    [Fact]
    public void States_of_storage_actors_have_lotus_names()
    {
        Assert.Equal("Info", NamesOf(miner).First());
        Assert.Contains("PreCommittedSectorsCleanUp", NamesOf(miner));
        Assert.Contains("ThisEpochQAPowerSmoothed", NamesOf("t04"));
        Assert.Contains("NextID", NamesOf("t05"));
        Assert.Contains("RemoveDataCapProposalIDs", NamesOf("t06"));
        Assert.Equal(["Governor", "Token"], NamesOf("t07"));
    }

    [Fact]
    public void Somebody_who_is_no_miner_has_no_sectors() => Assert.Contains(
        "is no storageminer",
        network.Fail("Filecoin.StateMinerInfo", network.OwnAddress)
            .GetProperty("message").GetString());

    [Fact]
    public void What_is_brought_to_the_market_is_there_until_it_is_taken()
    {
        JsonElement cid = network.Call(
            "Filecoin.MarketAddBalance", network.OwnAddress, network.OwnAddress, "900");
        _ = network.Call("Filecoin.StateWaitMsg", cid, 0);
        Assert.Equal(
            """{"Escrow":"900","Locked":"0"}""",
            $"{network.Call("Filecoin.StateMarketBalance", network.OwnAddress)}");

        _ = network.Call("Filecoin.MarketWithdraw", network.OwnAddress, network.OwnAddress, "300");

        string id = network.Call("Filecoin.StateLookupID", network.OwnAddress).GetString()!;
        Assert.Equal(
            $$$"""{"{{{id}}}":{"Escrow":"600","Locked":"0"}}""",
            $"{network.Call("Filecoin.StateMarketParticipants", (object?)null)}");
        Assert.Equal("{}", $"{network.Call("Filecoin.StateMarketDeals", (object?)null)}");
        Assert.Contains(
            "deal 5 not found",
            network.Fail("Filecoin.StateMarketStorageDeal", 5).GetProperty("message").GetString());
    }

    [Fact]
    public void Nobody_has_datacap_at_first()
    {
        Assert.Equal(
            JsonValueKind.Null,
            network.Call("Filecoin.StateVerifiedClientStatus", network.OwnAddress).ValueKind);
        Assert.Equal("{}", $"{network.Call("Filecoin.StateGetAllocations", network.OwnAddress)}");
        Assert.Equal("{}", $"{network.Call("Filecoin.StateGetClaims", miner)}");
        Assert.Equal(
            JsonValueKind.Null,
            network.Call("Filecoin.StateGetAllocation", network.OwnAddress, 1).ValueKind);
        Assert.Equal(
            "t0100", network.Call("Filecoin.StateVerifiedRegistryRootKey").GetString());
    }

    private JsonElement Of(string method, params object?[] more) =>
        network.Call($"Filecoin.{method}", [miner, .. more]);

    private string Error(string method, params object?[] more) =>
        network.Fail($"Filecoin.{method}", [miner, .. more]).GetProperty("message").GetString()!;

    private IEnumerable<string> NamesOf(string address) =>
        network.Call("Filecoin.StateReadState", address).GetProperty("State")
            .EnumerateObject().Select(member => member.Name);
}
