// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

// filecoin-solidity-api comes without test contracts: these expose each of its functions, under
// the names that those of @zondax/filecoin-solidity have.
import "filecoin-solidity-api/contracts/v0.8/AccountAPI.sol";
import "filecoin-solidity-api/contracts/v0.8/DataCapAPI.sol";
import "filecoin-solidity-api/contracts/v0.8/MarketAPI.sol";
import "filecoin-solidity-api/contracts/v0.8/MinerAPI.sol";
import "filecoin-solidity-api/contracts/v0.8/PowerAPI.sol";
import "filecoin-solidity-api/contracts/v0.8/PrecompilesAPI.sol";
import "filecoin-solidity-api/contracts/v0.8/SendAPI.sol";
import "filecoin-solidity-api/contracts/v0.8/VerifRegAPI.sol";
import "filecoin-solidity-api/contracts/v0.8/types/CommonTypes.sol";
import "filecoin-solidity-api/contracts/v0.8/utils/UtilsHandlers.sol";

/// What the library gives with an exit code is wanted only if that is zero.
abstract contract Strict {
    error ActorError(int256 errorCode);

    function must(int256 exit) internal pure {
        if (exit != 0) revert ActorError(exit);
    }
}

contract AccountApiTest is Strict {
    function authenticate_message(
        CommonTypes.FilActorId target, AccountTypes.AuthenticateMessageParams memory params
    ) external view {
        must(AccountAPI.authenticateMessage(target, params));
    }

    function universal_receiver_hook(
        CommonTypes.FilActorId target, CommonTypes.UniversalReceiverParams memory params
    ) external {
        (int256 exit, ) = UtilsHandlers.universalReceiverHook(target, params);
        must(exit);
    }
}

abstract contract DataCapApi is Strict {
    function name() external view returns (string memory value) {
        int256 exit;
        (exit, value) = DataCapAPI.name();
        must(exit);
    }

    function symbol() external view returns (string memory value) {
        int256 exit;
        (exit, value) = DataCapAPI.symbol();
        must(exit);
    }

    function total_supply() external view returns (CommonTypes.BigInt memory value) {
        int256 exit;
        (exit, value) = DataCapAPI.totalSupply();
        must(exit);
    }

    function balance(CommonTypes.FilAddress memory holder)
        external view returns (CommonTypes.BigInt memory value)
    {
        int256 exit;
        (exit, value) = DataCapAPI.balance(holder);
        must(exit);
    }

    function allowance(DataCapTypes.GetAllowanceParams memory params)
        external view returns (CommonTypes.BigInt memory value)
    {
        int256 exit;
        (exit, value) = DataCapAPI.allowance(params);
        must(exit);
    }

    function transfer(DataCapTypes.TransferParams memory params)
        external returns (DataCapTypes.TransferReturn memory value)
    {
        int256 exit;
        (exit, value) = DataCapAPI.transfer(params);
        must(exit);
    }

    function transfer_from(DataCapTypes.TransferFromParams memory params)
        external returns (DataCapTypes.TransferFromReturn memory value)
    {
        int256 exit;
        (exit, value) = DataCapAPI.transferFrom(params);
        must(exit);
    }

    function increase_allowance(DataCapTypes.IncreaseAllowanceParams memory params)
        external returns (CommonTypes.BigInt memory value)
    {
        int256 exit;
        (exit, value) = DataCapAPI.increaseAllowance(params);
        must(exit);
    }

    function decrease_allowance(DataCapTypes.DecreaseAllowanceParams memory params)
        external returns (CommonTypes.BigInt memory value)
    {
        int256 exit;
        (exit, value) = DataCapAPI.decreaseAllowance(params);
        must(exit);
    }

    function revoke_allowance(CommonTypes.FilAddress memory operator)
        external returns (CommonTypes.BigInt memory value)
    {
        int256 exit;
        (exit, value) = DataCapAPI.revokeAllowance(operator);
        must(exit);
    }

    function burn(CommonTypes.BigInt memory amount)
        external returns (CommonTypes.BigInt memory value)
    {
        int256 exit;
        (exit, value) = DataCapAPI.burn(amount);
        must(exit);
    }

    function burn_from(DataCapTypes.BurnFromParams memory params)
        external returns (DataCapTypes.BurnFromReturn memory value)
    {
        int256 exit;
        (exit, value) = DataCapAPI.burnFrom(params);
        must(exit);
    }

    function handle_filecoin_method(uint64 method, uint64 codec, bytes calldata params)
        external pure
    {
        UtilsHandlers.handleFilecoinMethod(method, codec, params);
    }
}

abstract contract VerifRegApi is Strict {
    function get_claims(VerifRegTypes.GetClaimsParams memory params)
        external view returns (VerifRegTypes.GetClaimsReturn memory value)
    {
        int256 exit;
        (exit, value) = VerifRegAPI.getClaims(params);
        must(exit);
    }

    function add_verified_client(VerifRegTypes.AddVerifiedClientParams memory params) external {
        must(VerifRegAPI.addVerifiedClient(params));
    }

    function remove_expired_allocations(
        VerifRegTypes.RemoveExpiredAllocationsParams memory params
    ) external returns (VerifRegTypes.RemoveExpiredAllocationsReturn memory value) {
        int256 exit;
        (exit, value) = VerifRegAPI.removeExpiredAllocations(params);
        must(exit);
    }

    struct ExtendClaimTermsParams {
        VerifRegTypes.ClaimTerm[] terms;
    }

    function extend_claim_terms(ExtendClaimTermsParams memory params)
        external returns (CommonTypes.BatchReturn memory value)
    {
        int256 exit;
        (exit, value) = VerifRegAPI.extendClaimTerms(params.terms);
        must(exit);
    }

    function remove_expired_claims(VerifRegTypes.RemoveExpiredClaimsParams memory params)
        external returns (VerifRegTypes.RemoveExpiredClaimsReturn memory value)
    {
        int256 exit;
        (exit, value) = VerifRegAPI.removeExpiredClaims(params);
        must(exit);
    }
}

contract VerifiedClient is DataCapApi, VerifRegApi {}

contract MarketApiTest is Strict {
    function add_balance(CommonTypes.FilAddress memory party, uint256 value) external payable {
        (int256 exit, ) = MarketAPI.addBalance(party, value);
        must(exit);
    }

    function withdraw_balance(MarketTypes.WithdrawBalanceParams memory params)
        external returns (CommonTypes.BigInt memory value)
    {
        int256 exit;
        (exit, value) = MarketAPI.withdrawBalance(params);
        must(exit);
    }

    function get_balance(CommonTypes.FilAddress memory party)
        external view returns (MarketTypes.GetBalanceReturn memory value)
    {
        int256 exit;
        (exit, value) = MarketAPI.getBalance(party);
        must(exit);
    }

    function get_deal_data_commitment(uint64 deal)
        external view returns (MarketTypes.GetDealDataCommitmentReturn memory value)
    {
        int256 exit;
        (exit, value) = MarketAPI.getDealDataCommitment(deal);
        must(exit);
    }

    function get_deal_client(uint64 deal) external view returns (uint64 value) {
        int256 exit;
        (exit, value) = MarketAPI.getDealClient(deal);
        must(exit);
    }

    function get_deal_provider(uint64 deal) external view returns (uint64 value) {
        int256 exit;
        (exit, value) = MarketAPI.getDealProvider(deal);
        must(exit);
    }

    function get_deal_label(uint64 deal)
        external view returns (CommonTypes.DealLabel memory value)
    {
        int256 exit;
        (exit, value) = MarketAPI.getDealLabel(deal);
        must(exit);
    }

    function get_deal_term(uint64 deal)
        external view returns (MarketTypes.GetDealTermReturn memory value)
    {
        int256 exit;
        (exit, value) = MarketAPI.getDealTerm(deal);
        must(exit);
    }

    function get_deal_total_price(uint64 deal)
        external view returns (CommonTypes.BigInt memory value)
    {
        int256 exit;
        (exit, value) = MarketAPI.getDealTotalPrice(deal);
        must(exit);
    }

    function get_deal_client_collateral(uint64 deal)
        external view returns (CommonTypes.BigInt memory value)
    {
        int256 exit;
        (exit, value) = MarketAPI.getDealClientCollateral(deal);
        must(exit);
    }

    function get_deal_provider_collateral(uint64 deal)
        external view returns (CommonTypes.BigInt memory value)
    {
        int256 exit;
        (exit, value) = MarketAPI.getDealProviderCollateral(deal);
        must(exit);
    }

    function get_deal_verified(uint64 deal) external view returns (bool value) {
        int256 exit;
        (exit, value) = MarketAPI.getDealVerified(deal);
        must(exit);
    }

    function get_deal_activation(uint64 deal)
        external view returns (MarketTypes.GetDealActivationReturn memory value)
    {
        int256 exit;
        (exit, value) = MarketAPI.getDealActivation(deal);
        must(exit);
    }

    function publish_storage_deals(MarketTypes.PublishStorageDealsParams memory params)
        external returns (MarketTypes.PublishStorageDealsReturn memory value)
    {
        int256 exit;
        (exit, value) = MarketAPI.publishStorageDeals(params);
        must(exit);
    }
}

contract MinerApiTest is Strict {
    struct ChangeMultiaddrsParams {
        CommonTypes.FilAddress[] new_multi_addrs;
    }

    function get_owner(CommonTypes.FilActorId target)
        external view returns (MinerTypes.GetOwnerReturn memory value)
    {
        int256 exit;
        (exit, value) = MinerAPI.getOwner(target);
        must(exit);
    }

    function change_owner_address(
        CommonTypes.FilActorId target, CommonTypes.FilAddress memory owner
    ) external {
        must(MinerAPI.changeOwnerAddress(target, owner));
    }

    function is_controlling_address(
        CommonTypes.FilActorId target, CommonTypes.FilAddress memory party
    ) external view returns (bool value) {
        int256 exit;
        (exit, value) = MinerAPI.isControllingAddress(target, party);
        must(exit);
    }

    function get_sector_size(CommonTypes.FilActorId target) external view returns (uint64 value) {
        int256 exit;
        (exit, value) = MinerAPI.getSectorSize(target);
        must(exit);
    }

    function get_available_balance(CommonTypes.FilActorId target)
        external view returns (CommonTypes.BigInt memory value)
    {
        int256 exit;
        (exit, value) = MinerAPI.getAvailableBalance(target);
        must(exit);
    }

    struct GetVestingFundsReturn {
        MinerTypes.VestingFunds[] vesting_funds;
    }

    function get_vesting_funds(CommonTypes.FilActorId target)
        external view returns (GetVestingFundsReturn memory value)
    {
        int256 exit;
        (exit, value.vesting_funds) = MinerAPI.getVestingFunds(target);
        must(exit);
    }

    function change_beneficiary(
        CommonTypes.FilActorId target, MinerTypes.ChangeBeneficiaryParams memory params
    ) external {
        must(MinerAPI.changeBeneficiary(target, params));
    }

    function get_beneficiary(CommonTypes.FilActorId target)
        external view returns (MinerTypes.GetBeneficiaryReturn memory value)
    {
        int256 exit;
        (exit, value) = MinerAPI.getBeneficiary(target);
        must(exit);
    }

    function change_worker_address(
        CommonTypes.FilActorId target, MinerTypes.ChangeWorkerAddressParams memory params
    ) external {
        must(MinerAPI.changeWorkerAddress(target, params));
    }

    function change_peer_id(
        CommonTypes.FilActorId target, CommonTypes.FilAddress memory peer
    ) external {
        must(MinerAPI.changePeerId(target, peer));
    }

    function change_multiaddresses(
        CommonTypes.FilActorId target, ChangeMultiaddrsParams memory params
    ) external {
        must(MinerAPI.changeMultiaddresses(target, params.new_multi_addrs));
    }

    function repay_debt(CommonTypes.FilActorId target) external {
        must(MinerAPI.repayDebt(target));
    }

    function confirm_change_worker_address(CommonTypes.FilActorId target) external {
        must(MinerAPI.confirmChangeWorkerAddress(target));
    }

    function get_peer_id(CommonTypes.FilActorId target)
        external view returns (CommonTypes.FilAddress memory value)
    {
        int256 exit;
        (exit, value) = MinerAPI.getPeerId(target);
        must(exit);
    }

    struct GetMultiaddrsReturn {
        CommonTypes.FilAddress[] multi_addrs;
    }

    function get_multiaddresses(CommonTypes.FilActorId target)
        external view returns (GetMultiaddrsReturn memory value)
    {
        int256 exit;
        (exit, value.multi_addrs) = MinerAPI.getMultiaddresses(target);
        must(exit);
    }

    function withdraw_balance(
        CommonTypes.FilActorId target, CommonTypes.BigInt memory amount
    ) external returns (CommonTypes.BigInt memory value) {
        int256 exit;
        (exit, value) = MinerAPI.withdrawBalance(target, amount);
        must(exit);
    }
}

contract PowerApiTest is Strict {
    function create_miner(PowerTypes.CreateMinerParams memory params, uint256 deposit)
        external payable returns (PowerTypes.CreateMinerReturn memory value)
    {
        int256 exit;
        (exit, value) = PowerAPI.createMiner(params, deposit);
        must(exit);
    }

    function miner_count() external view returns (uint64 value) {
        int256 exit;
        (exit, value) = PowerAPI.minerCount();
        must(exit);
    }

    function miner_consensus_count() external view returns (int64 value) {
        int256 exit;
        (exit, value) = PowerAPI.minerConsensusCount();
        must(exit);
    }

    function network_raw_power() external view returns (CommonTypes.BigInt memory value) {
        int256 exit;
        (exit, value) = PowerAPI.networkRawPower();
        must(exit);
    }

    function miner_raw_power(uint64 miner)
        external view returns (PowerTypes.MinerRawPowerReturn memory value)
    {
        int256 exit;
        (exit, value) = PowerAPI.minerRawPower(miner);
        must(exit);
    }
}

contract PrecompilesApiTest {
    function resolve_address(CommonTypes.FilAddress memory actor) external view returns (uint64) {
        return PrecompilesAPI.resolveAddress(actor);
    }

    function resolve_eth_address(address actor) external view returns (uint64) {
        return PrecompilesAPI.resolveEthAddress(actor);
    }

    function lookup_delegated_address(uint64 id) external view returns (bytes memory) {
        return PrecompilesAPI.lookupDelegatedAddress(id);
    }
}

contract SendApiTest is Strict {
    function send(CommonTypes.FilActorId target, uint256 amount) external {
        must(SendAPI.send(target, amount));
    }

    function send(CommonTypes.FilAddress memory target, uint256 amount) external {
        must(SendAPI.send(target, amount));
    }
}
