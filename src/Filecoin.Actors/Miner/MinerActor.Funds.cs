using Filecoin.Actors.Reward;

namespace Filecoin.Actors.Miner;

/// <content>Rewards, debts, withdrawal and the beneficiary.</content>
public static partial class MinerActor
{
    private static TokenAmount GetAvailableBalance(IRuntime runtime)
    {
        runtime.AcceptAnyCaller();
        return runtime.LoadState<MinerState>().AvailableBalance(runtime.CurrentBalance());
    }

    private static GetVestingFundsReturn GetVestingFunds(IRuntime runtime)
    {
        runtime.AcceptAnyCaller();
        MinerState state = runtime.LoadState<MinerState>();
        return new([.. state.VestingFunds.Load(runtime)]);
    }

    private static TokenAmount InitialPledge(IRuntime runtime)
    {
        runtime.AcceptAnyCaller();
        return runtime.LoadState<MinerState>().InitialPledge;
    }

    private static void ApplyRewards(IRuntime runtime, ApplyRewardParams parameters)
    {
        if (parameters.Reward.IsNegative)
        {
            throw Abort.IllegalArgument("cannot lock up a negative amount of funds");
        }

        if (parameters.Penalty.IsNegative)
        {
            throw Abort.IllegalArgument("cannot penalize a negative amount of funds");
        }

        (TokenAmount pledgeDelta, TokenAmount toBurn) =
            runtime.Transact((ref MinerState state) =>
            {
                runtime.RequireCaller(WellKnownActors.Reward);
                TokenAmount locked = MinerMonies.LockedReward(parameters.Reward);
                TokenAmount unlocked = state.UnlockedBalance(runtime.CurrentBalance());
                if (unlocked < locked)
                {
                    throw Abort.InsufficientFunds(
                        $"insufficient funds to lock, available {unlocked}, asked {locked}");
                }

                long epoch = runtime.Epoch.Value;
                TokenAmount vested = state.AddLockedFunds(runtime, epoch, locked);
                state.AddDebt(parameters.Penalty);
                (TokenAmount burnt, TokenAmount forced) =
                    state.RepayPartially(runtime, epoch, runtime.CurrentBalance());
                return (locked - vested - forced, burnt);
            });

        NotifyPledgeChanged(runtime, pledgeDelta);
        Burn(runtime, toBurn);
        RequireBalance(runtime);
    }

    private static TokenAmount WithdrawBalance(
        IRuntime runtime, WithdrawBalanceParams parameters)
    {
        if (parameters.AmountRequested.IsNegative)
        {
            throw Abort.IllegalArgument("negative fund requested for withdrawal");
        }

        (Withdrawal withdrawal, MinerState after) = runtime.Transact((ref MinerState state) =>
            (Withdraw(runtime, ref state, parameters.AmountRequested), state));

        if (withdrawal.Amount > TokenAmount.Zero)
        {
            _ = runtime.Send(withdrawal.Target, MethodNumber.Send, null, withdrawal.Amount)
                .Require();
        }

        Burn(runtime, withdrawal.ToBurn);
        NotifyPledgeChanged(runtime, TokenAmount.Zero - withdrawal.Vested);
        after.RequireBalance(runtime.CurrentBalance());
        return withdrawal.Amount;
    }

    private static Withdrawal Withdraw(
        IRuntime runtime, ref MinerState state, TokenAmount requested)
    {
        MinerInfo info = state.GetInfo(runtime);
        runtime.RequireCaller(info.Owner, info.Beneficiary);
        if (!state.EarlyTerminations.IsEmpty)
        {
            throw Abort.Forbidden(
                "cannot withdraw funds while deadlines have terminated sectors to be paid for");
        }

        long epoch = runtime.Epoch.Value;
        TokenAmount vested = state.UnlockVested(runtime, epoch);
        TokenAmount available = state.AvailableBalance(runtime.CurrentBalance());
        TokenAmount toBurn = state.RepayDebts(runtime.CurrentBalance());
        TokenAmount amount = TokenAmount.Min(available, requested);
        if (amount.IsNegative)
        {
            throw Abort.IllegalState($"negative amount to withdraw: {amount}");
        }

        if (info.Beneficiary != info.Owner)
        {
            TokenAmount quota = info.BeneficiaryTerm.AvailableAt(epoch);
            if (quota.IsZero)
            {
                throw Abort.Forbidden("the beneficiary's term or quota is at its end");
            }

            amount = TokenAmount.Min(amount, quota);
            if (amount > TokenAmount.Zero)
            {
                BeneficiaryTerm term = info.BeneficiaryTerm;
                state.SetInfo(runtime, info with
                {
                    BeneficiaryTerm = term with { UsedQuota = term.UsedQuota + amount },
                });
            }
        }

        return new(info.Beneficiary, amount, vested, toBurn);
    }

    private static void RepayDebt(IRuntime runtime)
    {
        (TokenAmount toBurn, TokenAmount unlocked, MinerState after) =
            runtime.Transact((ref MinerState state) =>
            {
                MinerInfo info = state.GetInfo(runtime);
                runtime.RequireCaller(info.Controllers);
                (TokenAmount burnt, TokenAmount forced) = state.RepayPartially(
                    runtime, runtime.Epoch.Value, runtime.CurrentBalance());
                return (burnt, forced, state);
            });

        NotifyPledgeChanged(runtime, TokenAmount.Zero - unlocked);
        Burn(runtime, toBurn);
        after.RequireBalance(runtime.CurrentBalance());
    }

    private static void ReportConsensusFault(
        IRuntime runtime, ReportConsensusFaultParams parameters)
    {
        runtime.AcceptAnyCaller();
        ConsensusFault fault = FindFault(runtime, parameters);
        if (runtime.Epoch.Value - fault.Epoch.Value <= 0)
        {
            throw Abort.IllegalArgument($"invalid fault epoch {fault.Epoch}");
        }

        TokenAmount reward =
            TokenAmount.FromAtto(RequestReward(runtime).Reward.Estimate());
        (TokenAmount toBurn, TokenAmount toReporter, TokenAmount unlocked) =
            runtime.Transact((ref MinerState state) =>
            {
                MinerInfo info = state.GetInfo(runtime);
                if (fault.Epoch.Value < info.ConsensusFaultElapsed)
                {
                    throw Abort.Forbidden(
                        $"fault epoch {fault.Epoch} is too old, last exclusion period ended at "
                        + $"{info.ConsensusFaultElapsed}");
                }

                state.AddDebt(MinerMonies.ConsensusFaultPenalty(reward));
                long epoch = runtime.Epoch.Value;
                (TokenAmount burnt, TokenAmount forced) =
                    state.RepayPartially(runtime, epoch, runtime.CurrentBalance());
                TokenAmount part =
                    TokenAmount.Min(burnt, MinerMonies.ConsensusFaultReward(reward));
                state.SetInfo(runtime, info with
                {
                    ConsensusFaultElapsed =
                        epoch + Storage.StoragePolicy.ConsensusFaultIneligibility,
                });
                return (burnt - part, part, forced);
            });

        // Whoever cannot take it loses it to the miner.
        _ = runtime.Send(Address.FromId(runtime.Caller), MethodNumber.Send, null, toReporter);
        Burn(runtime, toBurn);
        NotifyPledgeChanged(runtime, TokenAmount.Zero - unlocked);
        RequireBalance(runtime);
    }

    private static ConsensusFault FindFault(
        IRuntime runtime, ReportConsensusFaultParams parameters)
    {
        ErrorNumber error = runtime.VerifyConsensusFault(
            parameters.Header1.Span,
            parameters.Header2.Span,
            parameters.HeaderExtra.Span,
            out ConsensusFault? fault);
        if (error != ErrorNumber.None || fault is null)
        {
            throw Abort.IllegalArgument("no consensus fault found");
        }

        return fault.Target == runtime.Receiver
            ? fault
            : throw Abort.IllegalArgument($"fault by {fault.Target} reported to another miner");
    }

    /// <summary>
    /// The owner proposes; the one who goes, while he has a term, and the one who comes agree.
    /// </summary>
    private static void ChangeBeneficiary(IRuntime runtime, ChangeBeneficiaryParams parameters)
    {
        runtime.AcceptAnyCaller();
        Address caller = Address.FromId(runtime.Caller);
        Address nominee = Resolve(runtime, parameters.NewBeneficiary);

        runtime.Transact((ref MinerState state) =>
        {
            MinerInfo info = state.GetInfo(runtime);
            PendingBeneficiaryChange pending = caller == info.Owner
                ? Propose(runtime, info, nominee, parameters)
                : RequireProposal(info, caller, nominee, parameters);
            pending = pending with
            {
                ApprovedByBeneficiary =
                    pending.ApprovedByBeneficiary || caller == info.Beneficiary,
                ApprovedByNominee = pending.ApprovedByNominee || caller == nominee,
            };
            state.SetInfo(
                runtime,
                pending.ApprovedByBeneficiary && pending.ApprovedByNominee
                    ? Succeed(info, pending)
                    : info with { PendingBeneficiaryTerm = pending });
        });
    }

    private static PendingBeneficiaryChange Propose(
        IRuntime runtime, MinerInfo info, Address nominee, ChangeBeneficiaryParams parameters)
    {
        if (nominee == info.Owner)
        {
            if (!parameters.NewQuota.IsZero || parameters.NewExpiration != 0)
            {
                throw Abort.IllegalArgument("an owner as beneficiary has no quota and term");
            }
        }
        else if (parameters.NewQuota <= TokenAmount.Zero)
        {
            throw Abort.IllegalArgument("a beneficiary's quota must be above zero");
        }

        bool hasNothing = info.BeneficiaryTerm.AvailableAt(runtime.Epoch.Value).IsZero;
        return new(nominee, parameters.NewQuota, parameters.NewExpiration, hasNothing, false);
    }

    private static PendingBeneficiaryChange RequireProposal(
        MinerInfo info, Address caller, Address nominee, ChangeBeneficiaryParams parameters)
    {
        if (info.PendingBeneficiaryTerm is not PendingBeneficiaryChange pending)
        {
            throw Abort.Forbidden("no proposal of a beneficiary exists");
        }

        if (caller != info.Beneficiary && caller != pending.NewBeneficiary)
        {
            throw Abort.Forbidden($"caller {caller} is neither nominee nor beneficiary");
        }

        return pending.NewBeneficiary == nominee
            && pending.NewQuota == parameters.NewQuota
            && pending.NewExpiration == parameters.NewExpiration
                ? pending
                : throw Abort.IllegalArgument("what is agreed to is not what was proposed");
    }

    private static MinerInfo Succeed(MinerInfo info, PendingBeneficiaryChange pending) =>
        info with
        {
            Beneficiary = pending.NewBeneficiary,
            BeneficiaryTerm = new(
                pending.NewQuota,
                pending.NewBeneficiary == info.Beneficiary
                    ? info.BeneficiaryTerm.UsedQuota
                    : TokenAmount.Zero,
                pending.NewExpiration),
            PendingBeneficiaryTerm = null,
        };

    private readonly record struct Withdrawal(
        Address Target, TokenAmount Amount, TokenAmount Vested, TokenAmount ToBurn);
}
