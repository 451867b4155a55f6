// A storage provider on a developer network, by the network's own methods: real pieces, and for
// seals and proofs the hashes that stand for them (SimulatedSeal, SimulatedWindowPost).
import { createHash } from 'node:crypto';
import { encode } from '@ipld/dag-cbor';
import { CID } from 'multiformats/cid';
import { create as multihash } from 'multiformats/hashes/digest';

const sealProof = 8;
const sectorBytes = 2n ** 35n;
const sealDelay = 150;
const periodEpochs = 2880;
const windowEpochs = 60;
const purposes = { window: 4, seal: 5, challenge: 6, commit: 9 };
const methods = {
  submitWindowedPoSt: 5, declareFaults: 10, declareFaultsRecovered: 11, compactPartitions: 19,
  preCommitSectorBatch: 28, proveCommitSectors: 34,
};

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part),
  createHash('sha256')).digest();

function big(number) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(number));
  return bytes;
}

/** Of the field's numbers the two highest bits are zero. */
function inField(digest) {
  digest[31] &= 0x3f;
  return digest;
}

const commitment = (codec, hash, digest) => CID.createV1(codec, multihash(hash, digest));
const dataCid = (digest) => commitment(0xf101, 0x1012, digest);
const sealedCid = (digest) => commitment(0xf102, 0xb401, digest);

/** The bytes of an actor's address. */
export const idAddress = (id) => {
  const bytes = [0];
  for (let left = BigInt(id); ; left >>= 7n) {
    bytes.push(Number(left & 0x7fn) | (left > 0x7fn ? 0x80 : 0));
    if (left <= 0x7fn) return Uint8Array.from(bytes);
  }
};

export const idOf = (text) => BigInt(text.slice(2));

/** The bytes of an Ethereum address as the network has it. */
export const ethereumAddress = (address) => Buffer.from(`040a${address.slice(2)}`, 'hex');

/** What a commitment of data and zeros is, up to a size. */
function fill(digest, from, size) {
  let [all, zeros] = [digest, Buffer.alloc(32)];
  for (let at = 32n; at < size; at *= 2n) {
    all = at < from ? all : inField(sha256(all, zeros));
    zeros = inField(sha256(zeros, zeros));
  }
  return dataCid(all);
}

/** A piece of a text of 127 bytes or less, and zeros: its commitment, its size with padding. */
export function pieceOf(text, size = 128n) {
  const bits = BigInt(`0x${Buffer.concat([Buffer.from(text), Buffer.alloc(127 - text.length)])
    .reverse().toString('hex')}`);
  const leaf = (place) => ((bits >> (254n * place)) & (2n ** 254n - 1n)).toString(16);
  const leaves = [0n, 1n, 2n, 3n]
    .map((place) => Buffer.from(leaf(place).padStart(64, '0'), 'hex').reverse());
  const pair = (left, right) => inField(sha256(left, right));
  const whole = pair(pair(leaves[0], leaves[1]), pair(leaves[2], leaves[3]));
  return { cid: fill(whole, 128n, size), size };
}

/** A bit field of one number, as runs: version 0, the first bit, runs of zeros and ones. */
function bits(number) {
  const low = (value, width) => [...value.toString(2).padStart(width, '0')].reverse().join('');
  const run = number === 0 ? '' : number === 1 ? '1' : `01${low(number, 4)}`;
  if (number > 15) throw new Error(`no short run of ${number}`);
  const text = `00${number === 0 ? 1 : 0}${run}1`.padEnd(16, '0');
  const bytes = [text.slice(0, 8), text.slice(8)]
    .map((byte) => Number.parseInt([...byte].reverse().join(''), 2));
  return Uint8Array.from(bytes[1] === 0 ? bytes.slice(0, 1) : bytes);
}

/** Sends a message with a key of the node, and gives its receipt; it must succeed. */
export async function sendMessage(rpc, { from, to, value = 0n, method = 0, parameters }) {
  const { CID: cid } = await rpc('MpoolPushMessage', {
    Version: 0, To: to, From: from, Nonce: 0, Value: `${value}`, GasLimit: 0, GasFeeCap: '0',
    GasPremium: '0', Method: method,
    Params: parameters === undefined ? null : Buffer.from(encode(parameters)).toString('base64'),
  }, null);
  const { Receipt: receipt } = await rpc('StateWaitMsg', cid, 0, -1, true);
  if (receipt.ExitCode !== 0) throw new Error(`${to} ${method}: exit ${receipt.ExitCode}`);
  return receipt;
}

export class StorageProvider {
  /** The provider of a miner, whose worker's key the node has. */
  static async of(send, miner) {
    const self = new StorageProvider();
    self.send = send;
    self.rpc = (method, ...parameters) => send(`Filecoin.${method}`, parameters);
    self.skip = (epochs) => send('fvm_skipEpochs', [`0x${epochs.toString(16)}`]);
    self.miner = miner;
    self.id = idOf(miner);
    await self.entrust(false);
    self.info = await self.rpc('StateMinerInfo', miner, []);
    self.worker = await self.rpc('StateAccountKey', self.info.Worker, []);
    return self;
  }

  async epoch() {
    return (await this.rpc('ChainHead')).Height;
  }

  /** Whether the node proves all sectors that are not faulty, in place of this provider. */
  async entrust(isOn) {
    await this.send('fvm_setProving', [this.miner, isOn]);
  }

  /** Goes to an epoch that is to come. */
  async goTo(epoch) {
    await this.skip(epoch - await this.epoch());
  }

  /** Sends a message of the worker. */
  async push(method, parameters) {
    return sendMessage(this.rpc, {
      from: this.worker, to: this.miner, method: methods[method], parameters,
    });
  }

  async draw(source, purpose, epoch, entropy) {
    const drawn = await this.rpc(`StateGetRandomnessFrom${source}`, purposes[purpose], epoch,
      entropy === null ? null : Buffer.from(entropy).toString('base64'), []);
    return Buffer.from(drawn, 'base64');
  }

  /** Promises a sector of a piece until an epoch; what it gives goes to prove. */
  async preCommit(number, piece, expiration) {
    const ticketEpoch = (await this.epoch()) - 1;
    const own = encode(idAddress(this.id));
    const ticket = await this.draw('Tickets', 'seal', ticketEpoch, own);
    const unsealed = fill(piece.cid.multihash.digest, piece.size, sectorBytes);
    const sealed = sealedCid(inField(sha256('sim-commr-v1', big(this.id), big(number), ticket,
      unsealed.multihash.digest)));
    await this.push('preCommitSectorBatch',
      [[[sealProof, number, sealed, ticketEpoch, [], expiration, unsealed]]]);
    return { number, piece, ticket, sealed, unsealed, epoch: await this.epoch() };
  }

  /** Waits until a promised sector may be proven. */
  async awaitSeed(sector) {
    await this.goTo(sector.epoch + sealDelay + 1);
  }

  /**
   * Proves a promised sector, claims an allocation of its piece if there is one, and has an actor
   * told of it, which must take it.
   */
  async proveCommit(sector, notified, payload, allocation = null) {
    const seed = await this.draw('Beacon', 'challenge', sector.epoch + sealDelay,
      encode(idAddress(this.id)));
    const hash = sha256('sim-porep-v1', big(sealProof), big(this.id), big(sector.number),
      sector.ticket, seed, sector.sealed.multihash.digest, sector.unsealed.multihash.digest);
    const piece = [sector.piece.cid, sector.piece.size, allocation,
      notified === null ? [] : [[notified, payload]]];
    await this.push('proveCommitSectors', [
      [[sector.number, [piece]]], [Buffer.concat(Array(6).fill(hash))], new Uint8Array(), null,
      true, true]);
  }

  async placeOf(sector) {
    return this.rpc('StateSectorPartition', this.miner, sector.number, []);
  }

  /** The next epoch at which the window of a sector opens. */
  async nextOpening(sector) {
    const { Deadline: deadline } = await this.placeOf(sector);
    const now = await this.rpc('StateMinerProvingDeadline', this.miner, []);
    const opening = now.PeriodStart + deadline * windowEpochs;
    const missed = Math.ceil((now.CurrentEpoch + 1 - opening) / periodEpochs);
    return opening + Math.max(0, missed) * periodEpochs;
  }

  /** Proves the one sector of a partition in its next window. */
  async prove(sector) {
    await this.goTo(await this.nextOpening(sector));
    const place = await this.placeOf(sector);
    const { Challenge: challenge } = await this.rpc('StateMinerProvingDeadline', this.miner, []);
    const randomness = await this.draw('Beacon', 'window', challenge,
      encode(idAddress(this.id)));
    const proof = sha256(inField(randomness), encode([sealProof, sector.number, sector.sealed]));
    const epoch = await this.epoch();
    await this.push('submitWindowedPoSt', [
      place.Deadline, [[place.Partition, new Uint8Array()]],
      [[this.info.WindowPoStProofType, proof]],
      epoch, await this.draw('Tickets', 'commit', epoch, null)]);
  }

  /** Lets the next window of a sector pass. */
  async miss(sector) {
    await this.goTo((await this.nextOpening(sector)) + windowEpochs);
  }

  /** Goes to where a deadline may change and be compacted: a quarter of a period before it. */
  async rest(sector) {
    const rest = (await this.nextOpening(sector)) - periodEpochs / 4;
    const left = rest - (await this.epoch());
    await this.skip(left > 0 ? left : left + periodEpochs);
  }

  /** Declares faults, or that faulty sectors will be proven. */
  async declare(method, sector) {
    await this.rest(sector);
    const place = await this.placeOf(sector);
    await this.push(method, [[[place.Deadline, place.Partition, bits(sector.number)]]]);
  }

  /** Forgets the sectors of a partition that are no more. */
  async compact(sector) {
    await this.rest(sector);
    const place = await this.placeOf(sector);
    await this.push('compactPartitions', [place.Deadline, bits(place.Partition)]);
  }
}
