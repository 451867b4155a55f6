// Drives a node with viem as it comes; one line a step: "ok NAME" or "FAIL NAME reason".
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import {
  createPublicClient, createTestClient, createWalletClient, defineChain, getContract, http,
  parseEther, webSocket,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';

const url = process.argv[2];
const { abi, bytecode } = JSON.parse(readFileSync(new URL('./Counter.json', import.meta.url)));
const chain = defineChain({
  id: 31415926,
  name: 'devnet',
  nativeCurrency: { name: 'FIL', symbol: 'FIL', decimals: 18 },
  rpcUrls: { default: { http: [url] } },
});
const account = mnemonicToAccount(
  'test test test test test test test test test test test junk', { addressIndex: 5 });
const transport = http(url);
const reader = createPublicClient({ chain, transport, pollingInterval: 50 });
const writer = createWalletClient({ chain, transport, account });
const tester = createTestClient({ chain, transport, mode: 'anvil' });
let failed = 0;
let address;

async function step(name, body) {
  try {
    await body();
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name} ${String(error.stack ?? error).replaceAll('\n', ' | ')}`);
  }
}

await step('network', async () => {
  assert.equal(await reader.getChainId(), 31415926);
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
  const receipt = await reader.waitForTransactionReceipt({ hash: await writer.writeContract(request) });
  assert.equal(receipt.status, 'success');
  assert.equal(await contract.read.count(), 12n);
});

await step('logs', async () => {
  const logs = await reader.getContractEvents({ address, abi, eventName: 'Increased', fromBlock: 0n });
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

await step('watched events', async () => {
  let stop;
  const heard = new Promise((resolve) => {
    stop = reader.watchContractEvent({ address, abi, onLogs: (logs) => resolve(logs[0].args.count) });
  });
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await writer.writeContract({ address, abi, functionName: 'increase', args: [1n] });
  assert.equal(await heard, 13n);
  stop();
});

await step('websocket', async () => {
  const socket = createPublicClient({ chain, transport: webSocket(url.replace('http', 'ws')) });
  let stop;
  const heard = new Promise((resolve) => {
    stop = socket.watchBlocks({ onBlock: (block) => resolve(block.number) });
  });
  // Whether the subscription has begun does not show: blocks come until one is heard of.
  const mining = setInterval(() => tester.mine({ blocks: 1 }), 500);
  assert.ok((await heard) > 0n);
  clearInterval(mining);
  stop();
});

await step('test client', async () => {
  const id = await tester.snapshot();
  const stranger = '0x4444444444444444444444444444444444444444';
  await tester.setBalance({ address: stranger, value: parseEther('5') });
  assert.equal(await reader.getBalance({ address: stranger }), parseEther('5'));
  await tester.impersonateAccount({ address: stranger });
  const impersonating = createWalletClient({ chain, transport, account: stranger });
  const hash = await impersonating.sendTransaction({ to: account.address, value: 1n });
  assert.equal((await reader.waitForTransactionReceipt({ hash })).status, 'success');
  await tester.setNonce({ address: stranger, nonce: 9 });
  assert.equal(await reader.getTransactionCount({ address: stranger }), 9);
  await tester.increaseTime({ seconds: 60 });
  await tester.mine({ blocks: 3, interval: 10 });
  await tester.revert({ id });
  assert.equal(await reader.getBalance({ address: stranger }), 0n);
});

process.exit(failed);
