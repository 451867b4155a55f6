// Drives a node with web3.js as it comes; one line a step: "ok NAME" or "FAIL NAME reason".
import assert from 'node:assert/strict';
import { Web3, WebSocketProvider } from 'web3';
import { chainId, contractsOf, finish, first, keyOf, socketUrl, step, url } from './steps.mjs';

const { abi, bytecode } = contractsOf('Counter').Counter;
const web3 = new Web3(url);
web3.eth.transactionPollingInterval = 50;
const [{ address: owner }] = web3.eth.accounts.wallet.add(keyOf(0));
const [, { address: other }] = web3.eth.accounts.wallet.add(keyOf(1));
const send = (method, ...params) => web3.requestManager.send({ method, params });
const increase = (amount, from = owner) => contract.methods.increase(amount).send({ from });
let contract;

await step('network', async () => {
  assert.equal(await web3.eth.getChainId(), BigInt(chainId));
  assert.equal(await web3.eth.net.getId(), BigInt(chainId));
  assert.equal(await web3.eth.getBalance(owner), BigInt(web3.utils.toWei('10000', 'ether')));
  assert.equal((await web3.eth.getBlock('latest')).number, await web3.eth.getBlockNumber());
});

await step('transfer', async () => {
  const to = '0x1111111111111111111111111111111111111111';
  const receipt = await web3.eth.sendTransaction({ from: owner, to, value: 5n });
  assert.equal(receipt.status, 1n);
  assert.equal(await web3.eth.getBalance(to), 5n);
  assert.equal((await web3.eth.getTransaction(receipt.transactionHash)).value, 5n);
});

await step('deploy', async () => {
  contract = await new web3.eth.Contract(abi).deploy({ data: bytecode, arguments: [7n] })
    .send({ from: owner });
  assert.notEqual(await web3.eth.getCode(contract.options.address), '0x');
});

await step('call', async () => {
  assert.equal(await contract.methods.count().call(), 7n);
  assert.equal(web3.utils.toChecksumAddress(await contract.methods.owner().call()), owner);
});

await step('transaction with event', async () => {
  const receipt = await increase(5n);
  const { by, step: amount, count } = receipt.events.Increased.returnValues;
  assert.deepEqual([by, amount, count], [owner, 5n, 12n]);
});

await step('filters of logs', async () => {
  await increase(6n);
  const find = (amount) => contract.getPastEvents(
    'Increased', { filter: { step: amount }, fromBlock: 0n, toBlock: 'latest' });
  assert.deepEqual((await find(6n)).map(({ returnValues }) => returnValues.count), [18n]);
  assert.deepEqual(await find(8n), []);
  const logs = await web3.eth.getPastLogs({ address: contract.options.address, fromBlock: '0x0' });
  assert.equal(logs.length, 2);
});

await step('revert with text', async () => {
  await assert.rejects(contract.methods.ownerOnly().call({ from: other }), ({ cause }) => {
    assert.equal(cause.errorName, 'Error');
    assert.equal(cause.errorArgs.message, 'not the owner');
    return true;
  });
});

await step('revert with an error of its own', async () => {
  await assert.rejects(contract.methods.increase(101n).call(), ({ cause }) => {
    assert.equal(cause.errorName, 'TooLarge');
    assert.deepEqual([cause.errorArgs.step, cause.errorArgs.most], [101n, 100n]);
    return true;
  });
  await assert.rejects(increase(101n), ({ cause }) => cause.errorName === 'TooLarge');
});

await step('failed transaction', async () => {
  contract.config.checkRevertBeforeSending = false;
  await assert.rejects(
    contract.methods.increase(101n).send({ from: owner, gas: 100_000_000n }),
    ({ receipt }) => receipt.status === 0n);
  contract.config.checkRevertBeforeSending = true;
});

await step('subscriptions', async () => {
  const socket = new Web3(new WebSocketProvider(socketUrl));
  const address = contract.options.address;
  const [heads, logs, pending] = [
    await socket.eth.subscribe('newHeads'),
    await socket.eth.subscribe('logs', { address }),
    await socket.eth.subscribe('newPendingTransactions'),
  ];
  const events = new socket.eth.Contract(abi, address).events.Increased({ filter: { step: 2n } });
  await first((done) => events.on('connected', done));
  const heard = [heads, logs, pending, events].map(
    (subscription) => first((done) => subscription.on('data', done)));
  const { transactionHash, blockNumber } = await increase(2n);
  const [head, log, hash, event] = await Promise.all(heard);
  assert.equal(head.number, blockNumber);
  assert.equal(log.transactionHash, transactionHash);
  assert.equal(hash, transactionHash);
  assert.equal(event.returnValues.count, 20n);
  await heads.unsubscribe();
  socket.provider.disconnect();
});

await step('snapshot and revert', async () => {
  const id = await send('evm_snapshot');
  await increase(10n);
  assert.equal(await contract.methods.count().call(), 30n);
  assert.equal(await send('evm_revert', id), true);
  assert.equal(await contract.methods.count().call(), 20n);
});

await step('time travel', async () => {
  const before = await contract.methods.time().call();
  await send('evm_increaseTime', 3600);
  await send('evm_mine');
  assert.ok((await contract.methods.time().call()) >= before + 3600n);
  const block = await web3.eth.getBlock('latest');
  await send('evm_setNextBlockTimestamp', Number(block.timestamp) + 900);
  await send('evm_mine');
  assert.equal((await web3.eth.getBlock('latest')).timestamp, block.timestamp + 900n);
});

for (const [name, place] of [
  ['impersonation', () => '0x2222222222222222222222222222222222222222'],
  ['impersonation of a contract', () => contract.options.address],
]) {
  await step(name, async () => {
    const stranger = web3.utils.toChecksumAddress(place());
    await send('hardhat_setBalance', stranger, '0x56bc75e2d63100000');
    await send('hardhat_impersonateAccount', stranger);
    const before = await contract.methods.count().call();
    const receipt = await increase(3n, stranger);
    assert.equal(web3.utils.toChecksumAddress(receipt.from), stranger);
    assert.equal(receipt.events.Increased.returnValues.by, stranger);
    assert.equal(await contract.methods.count().call(), before + 3n);
    await send('hardhat_stopImpersonatingAccount', stranger);
  });
}

await step('batch', async () => {
  const batch = new web3.BatchRequest();
  const answers = [
    batch.add({ method: 'eth_chainId', params: [] }),
    batch.add({ method: 'eth_getBalance', params: [other, 'latest'] }),
  ];
  await batch.execute();
  const [id, balance] = await Promise.all(answers);
  assert.equal(BigInt(id), BigInt(chainId));
  assert.ok(BigInt(balance) > 0n);
});

finish();
