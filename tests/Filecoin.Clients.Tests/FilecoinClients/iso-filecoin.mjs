// Drives a node with iso-filecoin as it comes.
import assert from 'node:assert/strict';
import { RPC } from 'iso-filecoin/rpc';
import { Token } from 'iso-filecoin/token';
import * as Address from 'iso-filecoin/address';
import * as Wallet from 'iso-filecoin/wallet';
import { Message } from 'iso-filecoin/message';
import { end, path, step, words } from './steps.mjs';

const rpc = new RPC({ api: `${process.argv[2]}/rpc/v1`, network: 'testnet' });
const account = (index) => Wallet.accountFromMnemonic(words, 'SECP256K1', path(index), '', 'testnet');
const [first, second] = [account(0), account(1)];
const ethereum = Address.fromEthAddress('0x70997970C51812dc3A010C7d01b50e0d17dc79C8', 'testnet');

async function ok(promise) {
  const { result, error } = await promise;
  if (error) {
    throw error;
  }

  return result;
}

async function send(from, to, value) {
  const message = await new Message({
    from: from.address.toString(), to: to.toString(), value: value.toAttoFIL().toString(),
  }).prepare(rpc);
  const signature = await Wallet.signMessage(from.privateKey, 'SECP256K1', message);
  const cid = await ok(rpc.pushMessage({
    msg: message, signature: { type: 'SECP256K1', data: signature.data },
  }));
  return ok(rpc.waitMsg({ cid, confidence: 0 }));
}

await step('version and network', async () => {
  assert.equal((await ok(rpc.version())).BlockDelay, 30);
  assert.equal(await ok(rpc.networkName()), 'devnet');
  assert.equal((await ok(rpc.chainHead())).Height, 0);
});

await step('balance of an account from words', async () => {
  assert.equal(
    await ok(rpc.balance(first.address.toString())), Token.fromFIL(10_000).toAttoFIL().toString());
});

await step('nonce', async () => {
  assert.equal(await ok(rpc.nonce(first.address.toString())), 0);
});

await step('gas estimate', async () => {
  const estimate = await ok(rpc.gasEstimate({
    msg: { from: first.address.toString(), to: second.address.toString(), value: '1' },
  }));
  assert.ok(estimate.GasLimit > 0);
  assert.ok(BigInt(estimate.GasFeeCap) > 0n);
});

await step('FIL from f1 to f1', async () => {
  const found = await send(first, second.address, Token.fromFIL(5));
  assert.equal(found.Receipt.ExitCode, 0);
  assert.equal(
    await ok(rpc.balance(second.address.toString())),
    Token.fromFIL(10_005).toAttoFIL().toString());
  assert.equal(await ok(rpc.nonce(first.address.toString())), 1);
});

await step('FIL from f1 to f4', async () => {
  const before = BigInt(await ok(rpc.balance(ethereum.toString())));
  assert.equal((await send(first, ethereum, Token.fromFIL(7))).Receipt.ExitCode, 0);
  const after = BigInt(await ok(rpc.balance(ethereum.toString())));
  assert.equal(after - before, 7n * 10n ** 18n);
});

await step('FIL to an address that is new', async () => {
  const stranger = Wallet.create('SECP256K1', 'testnet');
  assert.equal(await ok(rpc.balance(stranger.address.toString())), '0');
  assert.equal((await rpc.nonce(stranger.address.toString())).error.message.includes('actor not found'), true);
  assert.equal((await send(first, stranger.address, Token.fromFIL(1))).Receipt.ExitCode, 0);
  assert.equal(await ok(rpc.nonce(stranger.address.toString())), 0);
});

await step('addresses', async () => {
  const id = await ok(rpc.stateLookupID({ address: ethereum.toString(), safety: 'latest' }));
  assert.match(id, /^t0\d+$/);
  const robust = await ok(rpc.stateLookupRobustAddress({ address: id, safety: 'latest' }));
  assert.equal(robust, ethereum.toString());
  const own = await ok(rpc.stateLookupID({ address: first.address.toString(), safety: 'latest' }));
  assert.equal(
    await ok(rpc.stateAccountKey({ address: own, safety: 'latest' })), first.address.toString());
  assert.equal(
    (await ok(rpc.filecoinAddressToEthAddress({ address: ethereum.toString() }))).toLowerCase(),
    '0x70997970c51812dc3a010c7d01b50e0d17dc79c8');
});

await step('a message with a wrong signature', async () => {
  const message = await new Message({
    from: first.address.toString(), to: second.address.toString(), value: '1',
  }).prepare(rpc);
  const signature = await Wallet.signMessage(second.privateKey, 'SECP256K1', message);
  const { error } = await rpc.pushMessage({
    msg: message, signature: { type: 'SECP256K1', data: signature.data },
  });
  assert.match(error.message, /not signed by/);
});

end();
