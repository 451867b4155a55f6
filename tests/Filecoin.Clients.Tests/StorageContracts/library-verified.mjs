// DataCap, allocations and claims through a library; a line a step.
import assert from 'node:assert/strict';
import { decode, encode } from '@ipld/dag-cbor';
import { getBytes } from 'ethers';
import {
  amount, bigBytes, deploy, exits, idText, library, look, message, number, ofContract, ofId,
  provider, rpc, run, textOf,
} from './library.mjs';
import { idOf, pieceOf } from './storage.mjs';
import { finish, step } from './steps.mjs';

const token = 10n ** 18n;
const megabyte = 2n ** 20n;
const granted = 16n * megabyte;
const [termMin, termMax] = [518_400, 700_000];
const registry = ofId(6n);
const market = ofId(5n);

// @zondax/filecoin-solidity takes the length of a list's item for that of the list, so that it
// reads lists of claims or of refusals only if they are empty.
const readsLists = library !== 'Zondax';

const [root] = await rpc('WalletList');
const storage = await provider();
const piece = pieceOf('data of a verified client', megabyte);
let verifier;
let client;
let operator;
let clientId;
let clientText;
let sector;
let claimEnd;

const request = (expiration, maximum = termMax) =>
  [storage.id, piece.cid, megabyte, termMin, maximum, expiration];
const held = async () => number(await look(client.balance, ofContract(client)));
const allocations = async () => rpc('StateGetAllocations', clientText, []);

/** Demands of a call that the one thing it is about is refused, with a code. */
async function refuses(code, call, batchOf) {
  if (!readsLists) return assert.rejects(call);
  const { success_count: count, fail_codes: codes } = batchOf(await call);
  assert.equal(count, 0n);
  assert.deepEqual(codes.map((refusal) => [...refusal]), [[0n, BigInt(code)]]);
}

const kept = () => ({ owner: ofContract(client), operator: ofContract(operator) });

await step('the root of the registry names a contract verifier', async () => {
  [verifier, client, operator] = [
    await deploy('VerifiedClient'), await deploy('VerifiedClient'), await deploy('VerifiedClient')];
  assert.equal(
    await rpc('StateVerifiedRegistryRootKey', []), await rpc('StateLookupID', root, []));
  await message({
    from: root, to: 't06', method: 2,
    parameters: [ofContract(verifier).data, bigBytes(2n * granted)],
  });
  assert.equal(await rpc('StateVerifierStatus', await textOf(verifier), []), `${2n * granted}`);
  clientText = await textOf(client);
  clientId = idOf(await idText(client));
});

await step('a contract verifies another', async () => {
  await assert.rejects(
    client.add_verified_client.staticCall({ addr: ofContract(client), allowance: amount(granted) }),
    exits(17));
  await run(
    verifier.add_verified_client, { addr: ofContract(client), allowance: amount(granted) });
  assert.equal(await rpc('StateVerifierStatus', await textOf(verifier), []), `${granted}`);
  assert.equal(await rpc('StateVerifiedClientStatus', clientText, []), `${granted}`);
});

await step('the token has a name, and balances as the chain says', async () => {
  assert.equal(await look(client.name), 'DataCap');
  assert.equal(await look(client.symbol), 'DCAP');
  assert.equal(number(await look(client.total_supply)), granted * token);
  assert.equal(await held(), granted * token);
  assert.equal(number(await look(client.balance, ofContract(operator))), 0n);
  const { State: { Token: { Supply: supply } } } = await rpc('StateReadState', 't07', []);
  assert.equal(supply, `${granted * token}`);
});

await step('the market and others may spend', async () => {
  const [most, changed] = [10n ** 39n, { operator: ofContract(operator) }];
  const ofMarket = { owner: ofContract(client), operator: market };
  assert.equal(number(await look(client.allowance, ofMarket)), most);
  assert.equal(number(await look(client.allowance, kept())), 0n);
  const all = await run(client.increase_allowance, { ...changed, increase: amount(9n * token) });
  assert.equal(number(all), 9n * token);
  const less = await run(client.decrease_allowance, { ...changed, decrease: amount(2n * token) });
  assert.equal(number(less), 7n * token);
  assert.equal(number(await look(client.allowance, kept())), 7n * token);
  assert.equal(number(await run(client.revoke_allowance, changed.operator)), 7n * token);
  assert.equal(number(await look(client.allowance, kept())), 0n);
});

await step('DataCap goes to nobody but the registry', async () => {
  await assert.rejects(client.transfer.staticCall({
    to: ofContract(operator), amount: amount(token), operator_data: '0x',
  }), exits(18));
});

await step('a transfer to the registry makes allocations', async () => {
  const now = await storage.epoch();
  const data = encode([[request(now + 5_000), request(now + 20)], []]);
  const made = await run(
    client.transfer, { to: registry, amount: amount(2n * megabyte * token), operator_data: data });
  assert.equal(number(made.from_balance), (granted - 2n * megabyte) * token);
  assert.deepEqual(
    decode(getBytes(made.recipient_data)), [[2, []], [0, []], [1, 2]]);
  const found = await allocations();
  assert.deepEqual(Object.keys(found), ['1', '2']);
  assert.deepEqual(found[1], {
    Client: Number(clientId), Provider: Number(storage.id), Data: { '/': piece.cid.toString() },
    Size: Number(megabyte), TermMin: termMin, TermMax: termMax, Expiration: now + 5_000,
  });
});

await step('an operator makes an allocation for the client', async () => {
  const spent = megabyte * token;
  const transfer = {
    from: ofContract(client), to: registry, amount: amount(spent),
    operator_data: encode([[request((await storage.epoch()) + 20)], []]),
  };
  await assert.rejects(operator.transfer_from.staticCall(transfer), exits(19));
  await run(
    client.increase_allowance, { operator: ofContract(operator), increase: amount(3n * spent) });
  const made = await run(operator.transfer_from, transfer);
  assert.equal(number(made.allowance), 2n * spent);
  assert.equal(number(made.from_balance), (granted - 3n * megabyte) * token);
  assert.equal((await allocations())[3].Client, Number(clientId));
});

await step('DataCap is burnt by its owner and by an operator', async () => {
  const before = await held();
  assert.equal(number(await run(client.burn, amount(token))), before - token);
  const burnt = await run(
    operator.burn_from, { owner: ofContract(client), amount: amount(2n * token) });
  assert.equal(number(burnt.balance), before - 3n * token);
  assert.equal(number(burnt.allowance), 2n * megabyte * token - 2n * token);
  assert.equal(await held(), before - 3n * token);
  assert.equal(number(await look(client.total_supply)), granted * token - 3n * token);
});

await step('a miner that stores the data claims an allocation', async () => {
  const end = (await storage.epoch()) + termMax - 50_000;
  sector = await storage.preCommit(12, piece, end);
  await storage.awaitSeed(sector);
  claimEnd = (await storage.epoch()) + 1 + termMax;
  await storage.proveCommit(sector, null, null, [clientId, 1n]);
  assert.deepEqual(Object.keys(await allocations()), ['2', '3']);
  const claim = (await rpc('StateGetClaims', storage.miner, []))[1];
  assert.equal(claim.TermStart + claim.TermMax, claimEnd);
  const call = look(client.get_claims, { provider: storage.id, claim_ids: [1n] });
  if (!readsLists) return assert.rejects(call);
  const { batch_info: batch, claims: [read] } = await call;
  assert.deepEqual([batch.success_count, batch.fail_codes.length], [1n, 0]);
  const cid = getBytes(read.data);
  assert.deepEqual(cid.slice(-piece.cid.bytes.length), piece.cid.bytes);
  assert.deepEqual({ ...read.toObject(), data: null }, {
    provider: storage.id, client: clientId, data: null, size: megabyte,
    term_min: BigInt(claim.TermMin), term_max: BigInt(claim.TermMax),
    term_start: BigInt(claim.TermStart), sector: 12n,
  });
});

await step('of a claim that is not there the code is told', async () => {
  const call = look(client.get_claims, { provider: storage.id, claim_ids: [77n] });
  await refuses(17, call, ({ batch_info: batch }) => batch);
});

await step('the client lets a claim live longer, and nobody else does', async () => {
  const terms = { terms: [
    { provider: storage.id, claim_id: 1n, term_max: BigInt(termMax + 1_000) }] };
  await refuses(18, look(operator.extend_claim_terms, terms), (batch) => batch);
  const extended = await run(client.extend_claim_terms, terms);
  assert.equal(extended.success_count, 1n);
  claimEnd += 1_000;
  const { TermMax: longer } = await rpc('StateGetClaim', storage.miner, 1, []);
  assert.equal(longer, termMax + 1_000);
});

await step('allocations that nobody claimed come back', async () => {
  const before = await held();
  const removed = await run(
    operator.remove_expired_allocations, { client: clientId, allocation_ids: [2n, 3n] });
  assert.deepEqual([...removed.considered], [2n, 3n]);
  assert.equal(removed.results.success_count, 2n);
  assert.equal(number(removed.datacap_recovered), 2n * megabyte);
  assert.deepEqual(await allocations(), {});
  assert.equal(await held(), before + 2n * megabyte * token);
});

await step('a claim that is over is removed', async () => {
  const over = { provider: storage.id, claim_ids: [1n] };
  await refuses(18, look(operator.remove_expired_claims, over), ({ results }) => results);
  await storage.goTo(claimEnd);
  const removed = await run(operator.remove_expired_claims, over);
  assert.deepEqual([...removed.considered], [1n]);
  assert.equal(removed.results.success_count, 1n);
  assert.deepEqual(await rpc('StateGetClaims', storage.miner, []), {});
}, 300);

finish();
