using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner.Tests;

/// <summary>Rules of the miner actor that no other actor is needed for.</summary>
public sealed class MinerActorTests
{
    private readonly NewMiner miner = new();

    [Fact]
    public void A_new_miner_has_48_empty_deadlines_and_its_deposit_vests()
    {
        Assert.Equal(
            "bafy2bzacea7crkj7k6zqyzjdaqpepuyf5bp2dgleclpxse7pujbkoz5k7gdz4",
            miner.State.Deadlines.ToString());
        Assert.True(miner.State.LockedFunds > TokenAmount.Zero);
        Assert.Equal((32UL << 30, 2_349UL), (
            miner.Info.SectorSize.Bytes, miner.Info.WindowPostPartitionSectors));
        Assert.InRange(
            miner.Runtime.Epoch.Value - miner.State.ProvingPeriodStart,
            0,
            StoragePolicy.ProvingPeriod - 1);
        Assert.Empty(miner.Complaints);
    }

    [Fact]
    public void A_worker_changes_when_the_owner_confirms_it_after_a_delay()
    {
        Address next = Address.FromId(NewMiner.Stranger);
        ChangeWorkerAddressParams change = new(next, []);
        miner.Answer(Address.FromBls(new byte[48]));
        Assert.Equal(18u, miner.Fail(NewMiner.Worker, 3, change));

        miner.Answer(Address.FromBls(new byte[48]));
        miner.Call(NewMiner.Owner, 3, change);
        Assert.Equal(
            new WorkerKeyChange(next, miner.Runtime.Epoch.Value + 900),
            miner.Info.PendingWorkerKey);
        Assert.Empty(miner.Info.ControlAddresses);

        _ = miner.Runtime.Call(MinerActor.Definition, NewMiner.Owner, 21);
        Assert.Equal(Address.FromId(NewMiner.Worker), miner.Info.Worker);
        miner.Runtime.Epoch = new(miner.Runtime.Epoch.Value + 900);
        _ = miner.Runtime.Call(MinerActor.Definition, NewMiner.Owner, 21);
        Assert.Equal(next, miner.Info.Worker);
        Assert.Null(miner.Info.PendingWorkerKey);
    }

    [Fact]
    public void An_owner_changes_when_the_new_one_confirms_it()
    {
        Address next = Address.FromId(NewMiner.Stranger);
        Assert.Equal(18u, miner.Fail(NewMiner.Stranger, 23, next));
        miner.Call(NewMiner.Owner, 23, next);
        Assert.Equal(
            16u, miner.Fail(NewMiner.Stranger, 23, Address.FromId(NewMiner.Control)));
        miner.Call(NewMiner.Stranger, 23, next);
        Assert.Equal((next, next), (miner.Info.Owner, miner.Info.Beneficiary));
        Assert.Null(miner.Info.PendingOwnerAddress);
        Assert.Equal(16u, miner.Fail(NewMiner.Stranger, 23, Address.FromActor([1])));
    }

    [Fact]
    public void A_beneficiary_has_what_both_agree_on()
    {
        ChangeBeneficiaryParams change = new(
            Address.FromId(NewMiner.Stranger),
            TokenAmount.FromFil(5),
            miner.Runtime.Epoch.Value + 100);
        Assert.Equal(18u, miner.Fail(NewMiner.Stranger, 30, change));
        miner.Call(NewMiner.Owner, 30, change);
        Assert.Equal(
            16u,
            miner.Fail(
                NewMiner.Stranger, 30, change with { NewQuota = TokenAmount.FromFil(6) }));
        miner.Call(NewMiner.Stranger, 30, change);
        Assert.Equal(change.NewBeneficiary, miner.Info.Beneficiary);

        miner.Runtime.Sent.Clear();
        miner.Call(
            NewMiner.Stranger, 16, new WithdrawBalanceParams(TokenAmount.FromFil(50)));
        Assert.Equal(
            (change.NewBeneficiary, TokenAmount.FromFil(5)),
            (miner.Runtime.Sent[0].To, miner.Runtime.Sent[0].Value));
        Assert.Equal(
            18u,
            miner.Fail(
                NewMiner.Owner, 16, new WithdrawBalanceParams(TokenAmount.FromFil(1))));
    }

    [Fact]
    public void Nobody_else_and_nothing_negative_is_withdrawn()
    {
        Assert.Equal(
            18u,
            miner.Fail(NewMiner.Worker, 16, new WithdrawBalanceParams(TokenAmount.FromFil(1))));
        Assert.Equal(
            16u,
            miner.Fail(NewMiner.Owner, 16, new WithdrawBalanceParams(TokenAmount.FromAtto(-1))));
        Assert.Empty(miner.Runtime.Sent);
    }

    [Fact]
    public void Numbers_that_are_masked_are_gone()
    {
        miner.Call(
            NewMiner.Control, 20, new CompactSectorNumbersParams(BitField.OfRange(5, 3)));
        Assert.Equal(
            BitField.OfRange(5, 3),
            miner.Runtime.Memory.GetCbor<BitField>(miner.State.AllocatedSectors));
        Assert.Equal(
            16u, miner.Fail(NewMiner.Control, 20, new CompactSectorNumbersParams(default)));
        Assert.Equal(
            16u,
            miner.Fail(
                NewMiner.Control,
                20,
                new CompactSectorNumbersParams(BitField.Of(1UL << 63))));
    }

    [Fact]
    public void A_sectors_place_is_a_proof_of_its_status()
    {
        ulong deadline = miner.FarDeadline;
        miner.AddSector(7, deadline);
        Assert.Empty(miner.Complaints);
        GenerateSectorLocationReturn place =
            miner.CallExported<SectorParams, GenerateSectorLocationReturn>(
                "GenerateSectorLocation", new(7));
        Assert.Equal(SectorStatus.Active, place.Status);
        Assert.Equal(
            Cbor.Encode(new SectorLocation((long)deadline, 0)), place.AuxData.ToArray());
        Assert.True(IsSo(7, SectorStatus.Active, place.AuxData));
        Assert.False(IsSo(7, SectorStatus.Faulty, place.AuxData));
        Assert.Equal(17u, Refuse(8, SectorStatus.Dead, place.AuxData));
    }

    [Fact]
    public void A_sector_is_not_found_behind_partitions_that_cannot_be_read()
    {
        miner.AddSector(7, miner.FarDeadline);
        MinerState state = miner.State;
        DeadlineTable deadlines = state.GetDeadlines(miner.Runtime);
        Deadline broken = deadlines.Get(miner.Runtime, 0) with
        {
            Partitions = miner.Runtime.Memory.Put(Codec.DagCbor, new byte[] { 0x80 }),
        };
        state.SetDeadlines(miner.Runtime, deadlines.With(miner.Runtime, 0, broken));
        miner.Runtime.Root = miner.Runtime.Memory.PutCbor(state);

        ulong method = MethodNumber.Exported("GenerateSectorLocation").Value;
        Assert.Equal(20u, miner.Fail(NewMiner.Stranger, method, new SectorParams(7)));
    }

    [Fact]
    public void A_sector_that_never_was_is_dead_and_nowhere()
    {
        GenerateSectorLocationReturn place =
            miner.CallExported<SectorParams, GenerateSectorLocationReturn>(
                "GenerateSectorLocation", new(7));
        Assert.Equal(SectorStatus.Dead, place.Status);
        Assert.Equal([0x82, 0x20, 0x20], place.AuxData.ToArray());
        Assert.True(IsSo(7, SectorStatus.Dead, place.AuxData));
        Assert.False(IsSo(7, SectorStatus.Active, place.AuxData));
        Assert.Equal(16u, Refuse(7, SectorStatus.Dead, Cbor.Encode(new SectorLocation(-1, 0))));
        Assert.Equal(16u, Refuse(7, SectorStatus.Dead, new byte[] { 0x80 }));
    }

    [Fact]
    public void Of_a_deadlines_index_the_low_32_bits_count()
    {
        ulong deadline = miner.FarDeadline;
        miner.AddSector(7, deadline);
        byte[] place = Cbor.Encode(new SectorLocation((1L << 32) + (long)deadline, 0));
        Assert.True(IsSo(7, SectorStatus.Active, place));
        Assert.Equal(
            16u, Refuse(7, SectorStatus.Active, Cbor.Encode(new SectorLocation(48, 0))));
    }

    [Fact]
    public void A_status_is_one_of_three()
    {
        byte[] parameters = [0x83, 0x07, 0x03, 0x43, 0x82, 0x20, 0x20];
        ExitCode code = miner.Runtime.Fail(
            MinerActor.Definition,
            NewMiner.Stranger,
            MethodNumber.Exported("ValidateSectorStatus").Value,
            new IpldBlock(Codec.Cbor, parameters));
        Assert.Equal(ExitCode.UserSerialization, code);
    }

    [Fact]
    public void A_sector_ends_and_is_paid_for_at_once()
    {
        ulong deadline = miner.FarDeadline;
        miner.AddSector(7, deadline);
        miner.AnswerReward();
        miner.AnswerPower();
        IpldBlock done = miner.Call(
            NewMiner.Worker,
            9,
            new SectorDeclarationsParams([new(deadline, 0, BitField.Of(7))]))!;

        Assert.True(ParameterCodec.Decode<TerminateSectorsReturn>(done).Done);
        Assert.True(miner.State.InitialPledge.IsZero);
        Assert.Empty(miner.Complaints);
        Assert.Single(miner.Runtime.Events);
        Assert.Contains(
            miner.Runtime.Sent,
            sent => sent.To == Address.FromId(WellKnownActors.BurntFunds)
                && sent.Value > TokenAmount.Zero);
        Assert.Equal(
            16u,
            miner.Fail(
                NewMiner.Worker,
                9,
                new SectorDeclarationsParams([new(deadline, 0, BitField.Of(7))])));
    }

    [Theory]
    [InlineData(48, 16)]
    [InlineData(0, 18)]
    public void Sectors_of_others_are_not_declared_faulty(ulong deadline, uint exitCode) =>
        Assert.Equal(
            exitCode,
            miner.Fail(
                NewMiner.Stranger,
                10,
                new SectorDeclarationsParams([new(deadline, 0, BitField.Of(7))])));

    private bool IsSo(ulong sector, SectorStatus status, ReadOnlyMemory<byte> place) =>
        miner.CallExported<ValidateSectorStatusParams, MinerAnswer>(
            "ValidateSectorStatus", new(sector, status, place)).IsSo;

    private uint Refuse(ulong sector, SectorStatus status, ReadOnlyMemory<byte> place) =>
        miner.Fail(
            NewMiner.Stranger,
            MethodNumber.Exported("ValidateSectorStatus").Value,
            new ValidateSectorStatusParams(sector, status, place));
}
