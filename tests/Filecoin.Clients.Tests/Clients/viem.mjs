// Drives a node with viem as it comes; one line a step: "ok NAME" or "FAIL NAME reason".
import assert from 'node:assert/strict';
import {
  createPublicClient, createTestClient, createWalletClient, defineChain, getAddress, getContract,
  http, parseEther, parseEventLogs, webSocket,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { chainId, contractsOf, finish, first, socketUrl, step, url, words } from './steps.mjs';

const { abi, bytecode } = contractsOf('Counter').Counter;
const chain = defineChain({
  id: chainId,
  name: 'devnet',
  nativeCurrency: { name: 'FIL', symbol: 'FIL', decimals: 18 },
  rpcUrls: { default: { http: [url] } },
});
const account = mnemonicToAccount(words, { addressIndex: 5 });
const transport = http(url);
const reader = createPublicClient({ chain, transport, pollingInterval: 50 });
const writer = createWalletClient({ chain, transport, account });
const tester = createTestClient({ chain, transport, mode: 'anvil' });
let address;

const count = () => reader.readContract({ address, abi, functionName: 'count' });

async function increase(amount) {
  const hash = await writer.writeContract({
    address, abi, functionName: 'increase', args: [amount],
  });
  return reader.waitForTransactionReceipt({ hash });
}

await step('network', async () => {
  assert.equal(await reader.getChainId(), chainId);
  assert.equal((await reader.getBlock()).number, await reader.getBlockNumber({ cacheTime: 0 }));
});

await step('deploy', async () => {
  const hash = await writer.deployContract({ abi, bytecode, args: [7n] });
  const receipt = await reader.waitForTransactionReceipt({ hash });
  assert.equal(receipt.status, 'success');
  address = receipt.contractAddress;
});

await step('call and transaction', async () => {
  const contract = getContract({ address, abi, client: { public: reader, wallet: writer } });
  assert.equal(await contract.read.count(), 7n);
  const { request, result } = await reader.simulateContract({
    address, abi, functionName: 'increase', args: [5n], account,
  });
  assert.equal(result, 12n);
  const hash = await writer.writeContract(request);
  const receipt = await reader.waitForTransactionReceipt({ hash });
  assert.equal(receipt.status, 'success');
  assert.equal(await contract.read.count(), 12n);
});

await step('logs', async () => {
  const logs = await reader.getContractEvents({
    address, abi, eventName: 'Increased', fromBlock: 0n,
  });
  assert.equal(logs.length, 1);
  assert.equal(logs[0].args.count, 12n);
});

await step('revert', async () => {
  await assert.rejects(
    reader.simulateContract({ address, abi, functionName: 'increase', args: [101n], account }),
    (error) => error.message.includes('TooLarge'));
  await assert.rejects(
    reader.readContract({ address, abi, functionName: 'ownerOnly' }),
    (error) => error.message.includes('not the owner'));
});

await step('fees', async () => {
  const fees = await reader.estimateFeesPerGas();
  assert.ok(fees.maxFeePerGas > fees.maxPriorityFeePerGas);
  const history = await reader.getFeeHistory({ blockCount: 2, rewardPercentiles: [25, 75] });
  assert.equal(history.reward[0].length, 2);
});

await step('filters of logs', async () => {
  const filter = await reader.createContractEventFilter({
    address, abi, eventName: 'Increased', args: { by: account.address, step: 2n },
  });
  await increase(2n);
  await increase(1n);
  const logs = await reader.getFilterChanges({ filter });
  assert.deepEqual(logs.map(({ args }) => args.count), [14n]);
  assert.equal(await reader.uninstallFilter({ filter }), true);
  const latest = await reader.getContractEvents({ address, abi, eventName: 'Increased' });
  assert.deepEqual(latest.map(({ args }) => args.count), [15n]);
});

await step('watched events', async () => {
  let stop;
  const heard = first((done) => {
    stop = reader.watchContractEvent({ address, abi, onLogs: ([log]) => done(log.args.count) });
  });
  // Whether the watch has begun does not show: events come until one is heard of.
  const working = setInterval(() => increase(1n), 500);
  assert.ok((await heard) > 15n);
  clearInterval(working);
  stop();
});

await step('subscriptions', async () => {
  const socket = createPublicClient({ chain, transport: webSocket(socketUrl) });
  const stops = [];
  const heads = first((done) => stops.push(socket.watchBlocks({ onBlock: done })));
  const logs = first((done) => stops.push(socket.watchContractEvent({
    address, abi, eventName: 'Increased', args: { step: 3n }, onLogs: done,
  })));
  const pending = first((done) => stops.push(
    socket.watchPendingTransactions({ onTransactions: done })));
  const working = setInterval(() => increase(3n), 500);
  assert.ok((await heads).number > 0n);
  assert.equal((await logs)[0].args.step, 3n);
  assert.equal((await pending)[0].length, 66);
  clearInterval(working);
  stops.forEach((stop) => stop());
});

await step('snapshot', async () => {
  const before = await count();
  const id = await tester.snapshot();
  await increase(10n);
  assert.equal(await count(), before + 10n);
  await tester.revert({ id });
  assert.equal(await count(), before);
});

await step('time travel', async () => {
  const { timestamp } = await reader.getBlock();
  await tester.increaseTime({ seconds: 3600 });
  await tester.mine({ blocks: 3, interval: 10 });
  const later = await reader.getBlock();
  assert.ok(later.timestamp >= timestamp + 3600n);
  await tester.setNextBlockTimestamp({ timestamp: later.timestamp + 500n });
  await tester.mine({ blocks: 1 });
  const time = await reader.readContract({ address, abi, functionName: 'time' });
  assert.equal((await reader.getBlock()).timestamp, later.timestamp + 500n);
  assert.ok(time >= later.timestamp + 500n);
});

await step('impersonation', async () => {
  const stranger = '0x4444444444444444444444444444444444444444';
  await tester.setBalance({ address: stranger, value: parseEther('5') });
  assert.equal(await reader.getBalance({ address: stranger }), parseEther('5'));
  await tester.impersonateAccount({ address: stranger });
  const impersonating = createWalletClient({ chain, transport, account: stranger });
  const hash = await impersonating.sendTransaction({ to: account.address, value: 1n });
  assert.equal((await reader.waitForTransactionReceipt({ hash })).status, 'success');
  await tester.setNonce({ address: stranger, nonce: 9 });
  assert.equal(await reader.getTransactionCount({ address: stranger }), 9);
});

await step('impersonation of a contract', async () => {
  const before = await count();
  await tester.setBalance({ address, value: parseEther('5') });
  await tester.impersonateAccount({ address });
  const impersonating = createWalletClient({ chain, transport, account: address });
  const hash = await impersonating.writeContract({
    address, abi, functionName: 'increase', args: [7n],
  });
  const { from, logs } = await reader.waitForTransactionReceipt({ hash });
  assert.equal(getAddress(from), getAddress(address));
  const [{ args }] = parseEventLogs({ abi, logs });
  assert.deepEqual(args, { by: getAddress(address), step: 7n, count: before + 7n });
  await tester.stopImpersonatingAccount({ address });
});

finish();
