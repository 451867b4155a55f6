// Drives a node with Zondax's izari-filecoin as it comes.
import assert from 'node:assert/strict';
import { Account } from '@zondax/izari-filecoin/account';
import { Network, NetworkPrefix, SignatureType } from '@zondax/izari-filecoin/artifacts';
import { RPC } from '@zondax/izari-filecoin/rpc';
import { Token } from '@zondax/izari-filecoin/token';
import { Transaction } from '@zondax/izari-filecoin/transaction';
import { Wallet } from '@zondax/izari-filecoin/wallet';
import { end, path, step, words } from './steps.mjs';

const rpc = new RPC(Network.Calibration, { url: `${process.argv[2]}/rpc/v1`, token: '' });
const account = (index) => Wallet.deriveAccount(
  words, SignatureType.SECP256K1, path(index), '', NetworkPrefix.Testnet);
const [first, second] = [account(4), account(5)];

await step('balance', async () => {
  const balance = await Account.getBalance(rpc, first);
  assert.equal(balance.toWhole(), '10000');
});

await step('nonce', async () => {
  assert.equal((await rpc.getNonce(first.address)).result, 0);
  assert.match((await rpc.getNonce(account(50).address)).error.message, /actor not found/);
});

await step('estimate', async () => {
  const transaction = Transaction.getNew(second.address, first.address, Token.fromWhole('1'), 0);
  const { result } = await rpc.getGasEstimation(transaction);
  assert.ok(result.GasLimit > 0);
  assert.ok(BigInt(result.GasFeeCap) > 0n);
});

await step('FIL is sent', async () => {
  const cid = await Account.send(rpc, first, second.address, Token.fromWhole('3'));
  const { result } = await rpc.waitMsgState({ '/': cid }, 0, 100);
  assert.equal(result.Receipt.ExitCode, 0);
  assert.ok(result.Receipt.GasUsed > 0);
  assert.equal((await Account.getBalance(rpc, second)).toWhole(), '10003');
});

await step('state of an account', async () => {
  const { result } = await rpc.readState(second.address);
  assert.equal(result.Balance, Token.fromWhole('10003').toAtto());
  assert.equal(result.State.Address, second.address.toString());
});

await step('miners', async () => {
  const { result } = await rpc.listMiners();
  assert.ok(Array.isArray(result));
  assert.match((await rpc.getMinerInfo(second.address)).error.message, /storageminer/);
});

end();
