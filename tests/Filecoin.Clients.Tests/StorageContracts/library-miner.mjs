// Miners, power, accounts, addresses and plain sends through a library; a line a step.
import assert from 'node:assert/strict';
import { hexlify } from 'ethers';
import {
  amount, chain, deploy, exits, fromBase64, idText, library, look, message, miner, number,
  ofContract, ofId, ofText, provider, rpc, run, textOf,
} from './library.mjs';
import { ethereumAddress, idAddress, idOf } from './storage.mjs';
import { finish, step } from './steps.mjs';

const fil = 10n ** 18n;
const sectors = 3n;
const sectorBytes = 2n ** 35n;
const workerChangeEpochs = 900;
const [account] = await rpc('WalletList');

const accountId = await rpc('StateLookupID', account, []);
const name = await miner();
const id = idOf(name);
const storage = await provider();
const info = () => rpc('StateMinerInfo', name, []);
let owner;
let nominee;

await step('who a miner is', async () => {
  [owner, nominee] = [await deploy('MinerApiTest'), await deploy('MinerApiTest')];
  const { Owner: first, Worker: worker, SectorSize: size } = await info();
  const read = await look(owner.get_owner, id);
  assert.deepEqual(
    [read.owner.data, read.proposed.data], [hexlify(idAddress(idOf(first))), '0x']);
  assert.equal(await look(owner.is_controlling_address, id, ofText(worker)), true);
  assert.equal(await look(owner.is_controlling_address, id, ofText(accountId)), false);
  assert.equal(await look(owner.is_controlling_address, id, ofContract(owner)), false);
  assert.equal(await look(owner.get_sector_size, id), BigInt(size));
  assert.equal((await look(owner.get_peer_id, id)).data, '0x');
  assert.deepEqual([...(await look(owner.get_multiaddresses, id)).multi_addrs], []);
});

await step('what a miner owns', async () => {
  const available = BigInt(await rpc('StateMinerAvailableBalance', name, []));
  assert.equal(number(await look(owner.get_available_balance, id)), available);
  const { Balance: balance, State: state } = await rpc('StateReadState', name, []);
  assert.equal(
    BigInt(balance), available + BigInt(state.LockedFunds) + BigInt(state.InitialPledge));
  const funds = (await look(owner.get_vesting_funds, id)).vesting_funds;
  assert.equal(
    funds.reduce((sum, fund) => sum + number(fund.amount), 0n), BigInt(state.LockedFunds));
  const epochs = funds.map(({ epoch }) => Number(epoch));
  assert.ok(epochs.length > 1);
  assert.deepEqual(epochs, [...epochs].sort((left, right) => left - right));
});

await step('what power there is', async () => {
  const power = await deploy('PowerApiTest');
  const { MinerPower: own, HasMinPower: has } = await rpc('StateMinerPower', name, []);
  assert.equal(await look(power.miner_count), 1n);
  assert.equal(BigInt((await rpc('StateListMiners', [])).length), 1n);
  const { State: state } = await rpc('StateReadState', 't04', []);
  assert.equal(await look(power.miner_consensus_count), BigInt(state.MinerAboveMinPowerCount));
  assert.equal(number(await look(power.network_raw_power)), sectors * sectorBytes);
  assert.equal(BigInt(state.ThisEpochRawBytePower), sectors * sectorBytes);
  const read = await look(power.miner_raw_power, id);
  assert.equal(number(read.raw_byte_power), BigInt(own.RawBytePower));
  assert.equal(read.meets_consensus_minimum, has);
  await assert.rejects(look(power.miner_raw_power, idOf(accountId)), exits(16));
  // The libraries know no kind of proof that new miners may have.
  await assert.rejects(power.create_miner.staticCall({
    owner: ofContract(owner), worker: ofText((await info()).Worker), window_post_proof_type: 8,
    peer: { data: '0x' }, multiaddrs: [],
  }, 40n * fil, { value: 40n * fil }), exits(16));
});

await step('a miner goes to a contract', async () => {
  const place = await textOf(owner);
  const contract = ofText(await idText(owner));
  await assert.rejects(owner.change_owner_address.staticCall(id, contract), exits(18));
  await message({ from: storage.worker, to: name, method: 23, parameters: contract.data });
  const { proposed } = await look(owner.get_owner, id);
  assert.equal(proposed.data, hexlify(contract.data));
  await run(owner.change_owner_address, id, contract);
  assert.equal((await info()).Owner, await rpc('StateLookupID', place, []));
  const read = await look(owner.get_owner, id);
  assert.deepEqual([read.owner.data, read.proposed.data], [hexlify(contract.data), '0x']);
  assert.equal(await look(owner.is_controlling_address, id, ofContract(owner)), true);
});

await step('its owner says where it is', async () => {
  const peer = '0x122011f08605bb0402ca4f70c4443c15139ffd795434286ba4132d932cfa6d2ebc7f';
  const places = ['0x047f000001060fa0', '0x0401020304'];
  await run(owner.change_peer_id, id, { data: peer });
  await run(owner.change_multiaddresses, id, {
    new_multi_addrs: places.map((data) => ({ data })) });
  assert.equal((await look(owner.get_peer_id, id)).data, peer);
  const { multi_addrs: read } = await look(owner.get_multiaddresses, id);
  assert.deepEqual(read.map(({ data }) => data), places);
  const { PeerId: text, Multiaddrs: kept } = await info();
  assert.match(text, /^Qm/);
  assert.deepEqual(kept.map(fromBase64), places);
  await assert.rejects(nominee.change_peer_id.staticCall(id, { data: peer }), exits(18));
});

await step('another contract gets what it earns, up to a quota', async () => {
  const [before] = [await look(owner.get_beneficiary, id)];
  assert.equal(before.active.beneficiary.data, hexlify(idAddress(idOf((await info()).Owner))));
  const change = {
    new_beneficiary: ofText(await idText(nominee)), new_quota: amount(5n * fil),
    new_expiration: 900_000n,
  };
  await run(owner.change_beneficiary, id, change);
  const { proposed } = await look(owner.get_beneficiary, id);
  assert.equal(proposed.new_beneficiary.data, hexlify(change.new_beneficiary.data));
  assert.equal(number(proposed.new_quota), 5n * fil);
  assert.deepEqual(
    [proposed.new_expiration, proposed.approved_by_beneficiary, proposed.approved_by_nominee],
    [900_000n, true, false]);
  await run(nominee.change_beneficiary, id, change);
  assert.equal(number(await run(owner.withdraw_balance, id, amount(2n * fil))), 2n * fil);
  assert.equal(await chain.getBalance(nominee.target), 2n * fil);
  const { active } = await look(owner.get_beneficiary, id);
  assert.equal(active.beneficiary.data, hexlify(change.new_beneficiary.data));
  assert.deepEqual(
    [number(active.term.quota), number(active.term.used_quota), active.term.expiration],
    [5n * fil, 2n * fil, 900_000n]);
  const { Beneficiary: kept, BeneficiaryTerm: term } = await info();
  assert.equal(kept, await idText(nominee));
  assert.equal(term.UsedQuota, `${2n * fil}`);
  assert.equal(number(await run(nominee.withdraw_balance, id, amount(100n * fil))), 3n * fil);
});

await step('it owes nothing, and pays nothing', async () => {
  await assert.rejects(look((await deploy('MinerApiTest')).repay_debt, id), exits(18));
  await run(owner.repay_debt, id);
  assert.equal((await rpc('StateReadState', name, [])).State.FeeDebt, '0');
});

await step('its owner gives it another worker', async () => {
  const made = await rpc('WalletNew', 'bls');
  await message({ from: account, to: made, value: fil });
  const worker = await rpc('StateLookupID', made, []);
  await run(owner.change_worker_address, id, {
    new_worker: ofText(worker), new_control_addresses: [ofText(accountId), ofContract(nominee)] });
  const { NewWorker: pending, WorkerChangeEpoch: due, ControlAddresses: control } = await info();
  assert.deepEqual(control, [accountId, await idText(nominee)]);
  assert.equal(pending, worker);
  assert.equal(due, await storage.epoch() + workerChangeEpochs);
  await run(owner.confirm_change_worker_address, id);
  assert.notEqual((await info()).Worker, worker);
  await storage.goTo(due - 1);
  await run(owner.confirm_change_worker_address, id);
  assert.equal((await info()).Worker, worker);
});

await step('an account says what it has signed', async () => {
  const contract = await deploy('AccountApiTest');
  const text = Buffer.from('what was agreed');
  const { Data: signature } = await rpc('WalletSign', account, text.toString('base64'));
  const signed = { signature: fromBase64(signature), message: hexlify(text) };
  await look(contract.authenticate_message, idOf(accountId), signed);
  // The second library reads a value where a refusal gives none, and so hides the code.
  await assert.rejects(
    look(contract.authenticate_message, idOf(accountId), { ...signed, message: '0x00' }),
    library === 'Zondax' ? exits(16) : undefined);
  await run(contract.universal_receiver_hook, idOf(accountId), { type_: 7n, payload: '0x01' });
});

await step('FIL is sent by id and by address', async () => {
  const contract = await deploy('SendApiTest');
  await message({ from: account, to: await textOf(contract), value: 3n * fil });
  assert.equal(await chain.getBalance(contract.target), 3n * fil);
  const target = (await rpc('WalletList'))[2];
  const before = BigInt(await rpc('WalletBalance', target));
  const targetId = await rpc('StateLookupID', target, []);
  await run(contract['send(uint64,uint256)'], idOf(targetId), fil);
  await run(contract['send((bytes),uint256)'], ofText(targetId), fil);
  assert.equal(BigInt(await rpc('WalletBalance', target)), before + 2n * fil);
  const stranger = '0x3333333333333333333333333333333333333333';
  await run(contract['send((bytes),uint256)'], { data: ethereumAddress(stranger) }, fil);
  assert.equal(await chain.getBalance(stranger), fil);
  await assert.rejects(contract['send(uint64,uint256)'].staticCall(idOf(targetId), fil));
});

await step('addresses are resolved', async () => {
  const contract = await deploy('PrecompilesApiTest');
  const own = idOf(await idText(contract));
  assert.equal(await contract.resolve_eth_address(contract.target), own);
  assert.equal(await contract.resolve_address(ofContract(contract)), own);
  assert.equal(await contract.resolve_address(ofId(own)), own);
  assert.equal(
    await contract.lookup_delegated_address(own), hexlify(ofContract(contract).data));
  assert.equal(await contract.lookup_delegated_address(idOf(accountId)), '0x');
  await assert.rejects(
    contract.resolve_eth_address('0x4444444444444444444444444444444444444444'));
});

finish();
