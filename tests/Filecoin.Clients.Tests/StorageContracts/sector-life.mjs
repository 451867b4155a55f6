// The life of a sector as a contract sees it; a line a step. The network has a miner without
// sectors.
import assert from 'node:assert/strict';
import { ContractFactory, JsonRpcProvider, NonceManager, Wallet, hexlify } from 'ethers';
import { StorageProvider, ethereumAddress, pieceOf } from './storage.mjs';
import { contractsOf, finish, keyOf, step, url } from './steps.mjs';

const [dead, active, faulty] = [0n, 1n, 2n];
const sectorBytes = `${2n ** 35n}`;
const dayEpochs = 2880;
const lifeEpochs = 620_000;
const nowhere = '0x822020';
const payload = Buffer.from('order 17');

const { abi, bytecode } = contractsOf('SectorWatch').SectorWatch;
const chain = new JsonRpcProvider(
  url, undefined, { batchMaxCount: 1, cacheTimeout: -1, pollingInterval: 20 });
const owner = new NonceManager(new Wallet(keyOf(0), chain));
const send = (method, parameters) => chain.send(method, parameters);
const [miner] = await send('Filecoin.StateListMiners', [[]]);
const storage = await StorageProvider.of(send, miner);
const piece = pieceOf('what a client has paid for');
let watch;
let sector;
let expiration;

/** How the contract finds that the sector fares, by what the miner says of its place. */
async function statusOf() {
  const [status, place] = await watch.locate.staticCall(storage.id, sector.number);
  for (const other of [dead, active, faulty]) {
    assert.equal(
      await watch.fares.staticCall(storage.id, sector.number, other, place), other === status);
  }
  return status;
}

/** Has the contract keep what it sees. */
async function see(status) {
  assert.equal(await statusOf(), status);
  const [, place] = await watch.locate.staticCall(storage.id, sector.number);
  const receipt = await (await watch.see(0n, status, place)).wait();
  assert.deepEqual(
    [...watch.interface.parseLog(receipt.logs[0]).args], [0n, status]);
}

const power = async () =>
  (await storage.rpc('StateMinerPower', miner, [])).MinerPower.RawBytePower;

await step('a contract orders data', async () => {
  watch = await new ContractFactory(abi, bytecode, owner).deploy();
  await watch.waitForDeployment();
});

await step('a sector is promised', async () => {
  expiration = (await storage.epoch()) + lifeEpochs;
  sector = await storage.preCommit(7, piece, expiration);
  const { Info: info } = await storage.rpc('StateSectorPreCommitInfo', miner, 7, []);
  assert.equal(info.SealedCID['/'], sector.sealed.toString());
  assert.equal(info.UnsealedCid['/'], sector.unsealed.toString());
});

await step('data that nobody ordered is refused', async () => {
  await storage.awaitSeed(sector);
  await assert.rejects(
    storage.proveCommit(sector, ethereumAddress(watch.target), payload), /1004/);
  await assert.rejects(watch.pieces(0n));
});

await step('who is no miner cannot say what is stored', async () => {
  await assert.rejects(
    watch.handle_filecoin_method.staticCall(2034386435n, 0x51n, '0x80'),
    ({ revert }) => revert?.name === 'NotAMiner');
});

await step('a sector is proven, and the contract is told what it holds', async () => {
  await (await watch.order(piece.cid.bytes)).wait();
  await storage.proveCommit(sector, ethereumAddress(watch.target), payload);
  const told = await watch.pieces(0n);
  assert.deepEqual(told.toObject(), {
    miner: storage.id, sector: 7n, minimumEnd: BigInt(expiration), cid: hexlify(piece.cid.bytes),
    size: 128n, payload: hexlify(payload),
  });
  const [{ args }] = await watch.queryFilter(watch.filters.Stored(storage.id, 7n), 0);
  assert.equal(args.cid, told.cid);
});

await step('of a sector that is not there the contract sees that', async () => {
  const [status, place] = await watch.locate.staticCall(storage.id, 8n);
  assert.deepEqual([status, place], [dead, nowhere]);
  assert.equal(await watch.fares.staticCall(storage.id, 8n, dead, nowhere), true);
  assert.equal(await watch.fares.staticCall(storage.id, 8n, active, nowhere), false);
  await assert.rejects(watch.fares.staticCall(storage.id, 7n, dead, nowhere));
  await assert.rejects(watch.endOf.staticCall(storage.id, 8n));
});

await step('with its first proof it earns power', async () => {
  assert.equal(await power(), '0');
  await storage.prove(sector);
  assert.equal(await power(), sectorBytes);
  await see(active);
  assert.equal(await watch.endOf.staticCall(storage.id, 7n), BigInt(expiration));
});

await step('a proof is missed, and the contract sees the fault', async () => {
  await storage.miss(sector);
  assert.equal(await power(), '0');
  await see(faulty);
  await assert.rejects(watch.see.staticCall(0n, active, '0x820000'));
});

await step('it is recovered with a proof that is verified', async () => {
  await storage.declare('declareFaultsRecovered', sector);
  assert.equal(await statusOf(), faulty);
  await storage.prove(sector);
  assert.equal(await power(), sectorBytes);
  await see(active);
});

await step('a fault is declared, and recovered', async () => {
  await storage.declare('declareFaults', sector);
  assert.equal(await power(), '0');
  await see(faulty);
  await storage.declare('declareFaultsRecovered', sector);
  await storage.prove(sector);
  await see(active);
});

await step('the node proves it for half a year that is skipped at once', async () => {
  await storage.entrust(true);
  await storage.skip(180 * dayEpochs);
  assert.equal(await power(), sectorBytes);
  await see(active);
}, 300);

await step('the node stops, and the contract sees the fault', async () => {
  await storage.entrust(false);
  await storage.miss(sector);
  assert.equal(await power(), '0');
  await see(faulty);
});

await step('what is declared to recover the node proves again', async () => {
  await storage.declare('declareFaultsRecovered', sector);
  await storage.entrust(true);
  await storage.skip(dayEpochs);
  assert.equal(await power(), sectorBytes);
  await see(active);
});

await step('it is proven day after day until its end is near', async () => {
  while ((await storage.nextOpening(sector)) < expiration - dayEpochs) {
    await storage.skip(dayEpochs);
  }
  assert.equal(await power(), sectorBytes);
  assert.equal(await statusOf(), active);
}, 300);

await step('it expires, and the contract sees its end', async () => {
  await storage.goTo(expiration + dayEpochs);
  assert.equal(await power(), '0');
  await see(dead);
  assert.equal(await watch.endOf.staticCall(storage.id, 7n), BigInt(expiration));
  assert.equal((await storage.rpc('StateMinerSectorCount', miner, [])).Live, 0);
});

await step('once its partition is compacted nothing is left of it', async () => {
  await storage.compact(sector);
  assert.deepEqual([...await watch.locate.staticCall(storage.id, 7n)], [dead, nowhere]);
  await assert.rejects(watch.endOf.staticCall(storage.id, 7n));
});

await step('the contract has kept all that it saw', async () => {
  const seen = [];
  for (let i = 0n; i < 9n; i += 1n) seen.push(await watch.sights(0n, i));
  assert.deepEqual(
    seen.map(({ status }) => status),
    [active, faulty, active, faulty, active, active, faulty, active, dead]);
  const epochs = seen.map(({ epoch }) => Number(epoch));
  assert.deepEqual(epochs, [...epochs].sort((left, right) => left - right));
});

finish();
