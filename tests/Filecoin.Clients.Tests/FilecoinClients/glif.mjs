// Drives a node with glif's wallet provider as it comes.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as Wallet from 'iso-filecoin/wallet';
import { Message as OwnMessage } from 'iso-filecoin/message';
import { end, path, step, words } from './steps.mjs';

const require = createRequire(import.meta.url);
const { default: Filecoin } = require('@glif/filecoin-wallet-provider');
const { Message } = require('@glif/filecoin-message');
const { FilecoinNumber } = require('@glif/filecoin-number');
const filecoin = new Filecoin({}, { apiAddress: `${process.argv[2]}/rpc/v1` });
const account = (index) => Wallet.accountFromMnemonic(words, 'SECP256K1', path(index), '', 'testnet');
const [from, to] = [account(2), account(3)];

const message = (nonce, value = '1000') => new Message({
  from: from.address.toString(), to: to.address.toString(), nonce, value, method: 0, params: '',
  gasPremium: '0', gasFeeCap: '0', gasLimit: 0,
});

await step('balance', async () => {
  assert.equal((await filecoin.getBalance(from.address.toString())).toFil(), '10000');
});

await step('nonce of an account and of a stranger', async () => {
  assert.equal(await filecoin.getNonce(from.address.toString()), 0);
  const stranger = Wallet.create('SECP256K1', 'testnet').address.toString();
  assert.equal(await filecoin.getNonce(stranger), 0);
});

await step('estimates', async () => {
  const lotus = message(0).toLotusType();
  const limit = Number((await filecoin.gasEstimateGasLimit(lotus)).toAttoFil());
  assert.ok(limit > 0);
  const complete = await filecoin.gasEstimateMessageGas(lotus);
  assert.equal(complete.gasLimit, limit);
  const cap = await filecoin.gasEstimateFeeCap({ ...lotus, GasLimit: limit });
  assert.ok(cap.isGreaterThan(0));
  const premium = await filecoin.gasEstimateGasPremium({ ...lotus, GasLimit: limit });
  assert.ok(premium.isGreaterThan(0));
  assert.ok((await filecoin.gasEstimateMaxFee(lotus)).maxFee.isGreaterThan(0));
});

await step('a message is tried out', async () => {
  assert.equal(await filecoin.simulateMessage(message(0).toLotusType()), true);
  await assert.rejects(
    async () => {
      const ok = await filecoin.simulateMessage(
        message(0, new FilecoinNumber('20000', 'fil').toAttoFil()).toLotusType());
      assert.equal(ok, true);
    });
});

await step('FIL is sent', async () => {
  const complete = await filecoin.gasEstimateMessageGas(message(0).toLotusType());
  const lotus = complete.toLotusType();
  const signature = await Wallet.signMessage(
    from.privateKey, 'SECP256K1', OwnMessage.fromLotus(lotus));
  const cid = await filecoin.sendMessage({
    Message: lotus, Signature: { Type: 1, Data: Buffer.from(signature.data).toString('base64') },
  });
  assert.match(cid['/'], /^bafy/);
  assert.equal(await filecoin.getNonce(from.address.toString()), 1);
  assert.equal(
    (await filecoin.getBalance(to.address.toString())).toAttoFil(), `${10_000n * 10n ** 18n + 1000n}`);
});

end();
