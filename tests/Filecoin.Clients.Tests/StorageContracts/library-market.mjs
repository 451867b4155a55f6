// Balances and deals at the market through a library; a line a step.
import assert from 'node:assert/strict';
import { encode } from '@ipld/dag-cbor';
import { getBytes, hexlify, toUtf8String } from 'ethers';
import {
  amount, bigBytes, chain, deploy, exits, fromBase64, look, message, number, ofContract,
  ofText, provider, rpc, run, textOf,
} from './library.mjs';
import { idOf, pieceOf } from './storage.mjs';
import { finish, step } from './steps.mjs';

const fil = 10n ** 18n;
const dealEpochs = 520_000;
const price = 7n * 10n ** 9n;
const clientCollateral = 3n;
const providerCollateral = 2n * fil;
const piece = pieceOf('data of a deal', 2n ** 20n);
const labels = [{ data: '0x6e616d65', isString: true }, { data: '0xff00', isString: false }];

const storage = await provider();
const client = (await rpc('WalletList'))[1];
const clientId = await rpc('StateLookupID', client, []);
const getDealActivation = 2567238399;
const latestCheckEpochs = 86_400;

// Both libraries read no negative numbers: -1, which is never, is 0 to them.
const never = 0n;
let market;
let start;

const balanceOf = async (party) => {
  const { balance, locked } = await look(market.get_balance, party);
  return [number(balance), number(locked)];
};
const chainBalanceOf = async (text) => {
  const { Escrow: escrow, Locked: locked } = await rpc('StateMarketBalance', text, []);
  return [BigInt(escrow), BigInt(locked)];
};

/** What the deal with a label is, as the library has it, signed by its client. */
async function proposalOf(label) {
  const proposal = {
    piece_cid: { data: piece.cid.bytes }, piece_size: piece.size, verified_deal: false,
    client: ofText(clientId), provider: ofText(storage.miner), label, start_epoch: start,
    end_epoch: start + dealEpochs, storage_price_per_epoch: amount(price),
    provider_collateral: amount(providerCollateral), client_collateral: amount(clientCollateral),
  };
  const signed = encode([
    piece.cid, piece.size, false, proposal.client.data, proposal.provider.data,
    label.isString ? toUtf8String(label.data) : getBytes(label.data), start, start + dealEpochs,
    bigBytes(price), bigBytes(providerCollateral), bigBytes(clientCollateral)]);
  const { Type: type, Data: data } = await rpc(
    'WalletSign', client, Buffer.from(signed).toString('base64'));
  return {
    proposal,
    client_signature: Buffer.concat([Buffer.of(type), Buffer.from(data, 'base64')]),
  };
}

await step('a contract brings FIL to the market', async () => {
  market = await deploy('MarketApiTest');
  assert.deepEqual(await balanceOf(ofContract(market)), [0n, 0n]);
  await (await market.add_balance(ofContract(market), 5n * fil, { value: 6n * fil })).wait();
  assert.deepEqual(await balanceOf(ofContract(market)), [5n * fil, 0n]);
  assert.deepEqual(await chainBalanceOf(await textOf(market)), [5n * fil, 0n]);
  assert.equal(await chain.getBalance(market.target), fil);
});

await step('it takes some back, and no more than there is', async () => {
  const withdraw = (value) => run(market.withdraw_balance, {
    provider_or_client: ofContract(market), tokenAmount: amount(value) });
  assert.equal(number(await withdraw(2n * fil)), 2n * fil);
  assert.equal(await chain.getBalance(market.target), 3n * fil);
  assert.equal(number(await withdraw(100n * fil)), 3n * fil);
  assert.deepEqual(await chainBalanceOf(await textOf(market)), [0n, 0n]);
  assert.equal(number(await withdraw(0n)), 0n);
});

await step('who may not take FIL of others does not', async () => {
  await (await market.add_balance(ofText(storage.miner), 4n * fil, { value: 4n * fil })).wait();
  assert.deepEqual(await chainBalanceOf(storage.miner), [4n * fil, 0n]);
  await assert.rejects(market.withdraw_balance.staticCall({
    provider_or_client: ofText(storage.miner), tokenAmount: amount(1n) }), exits(18));
});

await step('a contract that a miner trusts publishes deals', async () => {
  await rpc('MarketAddBalance', client, client, `${10n * fil}`);
  start = (await storage.epoch()) + 2_000;
  const deals = [await proposalOf(labels[0]), await proposalOf(labels[1])];
  await assert.rejects(market.publish_storage_deals.staticCall({ deals }), exits(18));
  await message({
    from: storage.worker, to: storage.miner, method: 3,
    parameters: [ofText(storage.info.Worker).data, [ofContract(market).data]],
  });
  const { ids, valid_deals: valid } = await run(market.publish_storage_deals, { deals });
  assert.deepEqual([...ids], [0n, 1n]);
  assert.equal(valid, '0x54');
});

await step('balances are locked as the deals say', async () => {
  const ofClient = 2n * (price * BigInt(dealEpochs) + clientCollateral);
  assert.deepEqual(await balanceOf(ofText(clientId)), [10n * fil, ofClient]);
  assert.deepEqual(await chainBalanceOf(client), [10n * fil, ofClient]);
  assert.deepEqual(
    await balanceOf(ofText(storage.miner)), [4n * fil, 2n * providerCollateral]);
});

await step('of each deal the contract reads what the chain has', async () => {
  for (const deal of [0n, 1n]) {
    const { Proposal: kept } = await rpc('StateMarketStorageDeal', Number(deal), []);
    const { data, size } = await look(market.get_deal_data_commitment, deal);
    assert.equal(data.slice(-74), hexlify(piece.cid.bytes).slice(-74));
    assert.equal(size, BigInt(kept.PieceSize));
    assert.equal(await look(market.get_deal_client, deal), idOf(kept.Client));
    assert.equal(await look(market.get_deal_client, deal), idOf(clientId));
    assert.equal(await look(market.get_deal_provider, deal), idOf(kept.Provider));
    assert.deepEqual(
      (await look(market.get_deal_label, deal)).toObject(), labels[Number(deal)]);
    const term = await look(market.get_deal_term, deal);
    // The first library calls the second number the end: it is the duration.
    assert.deepEqual([...term], [kept.StartEpoch, kept.EndEpoch - kept.StartEpoch].map(BigInt));
    assert.equal(
      number(await look(market.get_deal_total_price, deal)),
      BigInt(kept.StoragePricePerEpoch) * BigInt(dealEpochs));
    assert.equal(
      number(await look(market.get_deal_client_collateral, deal)),
      BigInt(kept.ClientCollateral));
    assert.equal(
      number(await look(market.get_deal_provider_collateral, deal)),
      BigInt(kept.ProviderCollateral));
    assert.equal(await look(market.get_deal_verified, deal), kept.VerifiedDeal);
    assert.deepEqual([...await look(market.get_deal_activation, deal)], [never, never]);
  }
  const { MsgRct: { Return: bytes } } = await rpc('StateCall', {
    To: 't05', From: client, Method: getDealActivation, Value: '0', GasFeeCap: '0',
    GasPremium: '0', Params: Buffer.from(encode(1)).toString('base64') }, []);
  assert.equal(fromBase64(bytes), '0x822020');
});

await step('a deal whose data is proven is active', async () => {
  const sector = await storage.preCommit(5, piece, (await storage.epoch()) + 650_000);
  await storage.awaitSeed(sector);
  await storage.proveCommit(sector, ofText('t05').data, encode(0));
  const { State: state } = await rpc('StateMarketStorageDeal', 0, []);
  const [activated, terminated] = await look(market.get_deal_activation, 0n);
  assert.deepEqual([activated, terminated], [BigInt(state.SectorStartEpoch), never]);
  assert.equal(activated, BigInt(await storage.epoch()));
});

await step('of deals that are not there nothing is read', async () => {
  for (const name of ['get_deal_client', 'get_deal_label', 'get_deal_activation']) {
    await assert.rejects(look(market[name], 2n), exits(17));
  }
});

await step('a deal whose data never comes is undone', async () => {
  await storage.goTo(start + latestCheckEpochs);
  await assert.rejects(look(market.get_deal_client, 1n), exits(32));
  const [escrow, locked] = await balanceOf(ofText(storage.miner));
  assert.deepEqual([escrow, locked], [4n * fil - providerCollateral, providerCollateral]);
  assert.deepEqual(await chainBalanceOf(storage.miner), [escrow, locked]);
  assert.equal((await balanceOf(ofText(clientId)))[0], 10n * fil);
}, 300);

finish();
