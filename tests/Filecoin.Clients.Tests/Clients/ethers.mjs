import assert from 'node:assert/strict';
import {
  Contract, ContractFactory, JsonRpcProvider, NonceManager, Wallet, WebSocketProvider, parseEther,
  verifyMessage, verifyTypedData,
} from 'ethers';
import {
  after, chainId, contractsOf, finish, first, keyOf, socketUrl, step, url,
} from './steps.mjs';

const { abi, bytecode } = contractsOf('Counter').Counter;
const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1, pollingInterval: 50 });
const wallet = (index) => new NonceManager(new Wallet(keyOf(index), provider));
const [owner, other] = [wallet(0), wallet(1)];
const send = (method, ...params) => provider.send(method, params);
let contract;

await step('network', async () => {
  assert.equal((await provider.getNetwork()).chainId, BigInt(chainId));
  assert.equal(await provider.getBalance(await owner.getAddress()), parseEther('10000'));
  assert.equal((await provider.getBlock('latest')).number, await provider.getBlockNumber());
});

await step('transfer', async () => {
  const target = '0x1111111111111111111111111111111111111111';
  const sent = await owner.sendTransaction({ to: target, value: parseEther('1.5') });
  const receipt = await sent.wait();
  assert.equal(receipt.status, 1);
  assert.equal(await provider.getBalance(target), parseEther('1.5'));
  const found = await provider.getTransaction(sent.hash);
  assert.equal(found.from, await owner.getAddress());
  assert.equal(found.value, parseEther('1.5'));
});

await step('deploy', async () => {
  contract = await new ContractFactory(abi, bytecode, owner).deploy(7n);
  await contract.waitForDeployment();
  const receipt = await contract.deploymentTransaction().wait();
  assert.equal(receipt.contractAddress, await contract.getAddress());
  assert.notEqual(await provider.getCode(receipt.contractAddress), '0x');
  assert.equal(BigInt(await provider.getStorage(receipt.contractAddress, 0)), 7n);
});

await step('call', async () => {
  assert.equal(await contract.count(), 7n);
  assert.equal(await contract.owner(), await owner.getAddress());
});

await step('transaction with event', async () => {
  const receipt = await (await contract.increase(5n)).wait();
  assert.equal(receipt.status, 1);
  assert.equal(receipt.logs.length, 1);
  const event = contract.interface.parseLog(receipt.logs[0]);
  assert.deepEqual([...event.args], [await owner.getAddress(), 5n, 12n]);
  assert.equal(await contract.count(), 12n);
  const found = await contract.queryFilter(contract.filters.Increased(null, 5n), 0, 'latest');
  assert.equal(found.length, 1);
  assert.equal((await contract.queryFilter(contract.filters.Increased(null, 6n), 0)).length, 0);
});

await step('historic state', async () => {
  const before = (await provider.getBlockNumber()) - 1;
  assert.equal(await contract.count({ blockTag: before }), 7n);
});

await step('revert with text', async () => {
  await assert.rejects(contract.connect(other).ownerOnly(), (error) => {
    assert.equal(error.code, 'CALL_EXCEPTION');
    assert.equal(error.reason, 'not the owner');
    return true;
  });
});

await step('revert with an error of its own', async () => {
  await assert.rejects(contract.increase.staticCall(101n), (error) => {
    assert.equal(error.revert.name, 'TooLarge');
    assert.deepEqual([...error.revert.args], [101n, 100n]);
    return true;
  });
  await assert.rejects(contract.increase(101n));
  // The nonce that it was to have had is free again.
  owner.reset();
});

await step('panic', async () => {
  await assert.rejects(contract.decrease.staticCall(1000n), (error) => {
    assert.match(error.reason, /OVERFLOW/);
    return true;
  });
});

await step('failed transaction', async () => {
  const sent = await contract.increase(101n, { gasLimit: 100_000_000 });
  await assert.rejects(sent.wait(), (error) => error.receipt.status === 0);
  owner.reset();
});

await step('filters of logs', async () => {
  const address = await contract.getAddress();
  const topics = contract.interface.encodeFilterTopics('Increased', [await owner.getAddress()]);
  const [newer, all] = [
    await send('eth_newFilter', { address, topics, fromBlock: 'latest' }),
    await send('eth_newFilter', { address, fromBlock: '0x0' }),
  ];
  await (await contract.increase(1n)).wait();
  const [log] = await send('eth_getFilterChanges', newer);
  assert.deepEqual([...contract.interface.parseLog(log).args].slice(1), [1n, 13n]);
  assert.deepEqual(await send('eth_getFilterChanges', newer), []);
  assert.equal((await send('eth_getFilterLogs', all)).length, 2);
  assert.equal(await send('eth_uninstallFilter', newer), true);
  await assert.rejects(send('eth_getFilterChanges', newer));
  const block = await provider.getBlock('latest');
  assert.equal((await provider.getLogs({ blockHash: block.hash, topics })).length, 1);
  assert.equal((await provider.getLogs({ topics: [null, [topics[1], topics[0]]] })).length, 1);
  assert.equal((await provider.getLogs({ topics: [topics[1]], fromBlock: 0 })).length, 0);
});

await step('polled events', async () => {
  const heard = first((done) => contract.on('Increased', (by, step_, count) => done(count)));
  await after(1000);
  await (await contract.increase(1n)).wait();
  assert.equal(await heard, 14n);
  await contract.removeAllListeners();
});

await step('websocket subscription', async () => {
  const socket = new WebSocketProvider(socketUrl);
  const listening = new Contract(await contract.getAddress(), abi, socket);
  const block = first((done) => socket.on('block', done));
  const event = first((done) => listening.on('Increased', (by, step_, count) => done(count)));
  const pending = first((done) => socket.on('pending', done));
  await after(1000);
  const sent = await contract.increase(1n);
  await sent.wait();
  assert.equal(await event, 15n);
  assert.ok((await block) > 0);
  assert.equal(await pending, sent.hash);
  await socket.destroy();
});

await step('snapshot and revert', async () => {
  const id = await send('evm_snapshot');
  await (await contract.increase(10n)).wait();
  assert.equal(await contract.count(), 25n);
  assert.equal(await send('evm_revert', id), true);
  owner.reset();
  assert.equal(await contract.count(), 15n);
});

await step('time travel', async () => {
  const before = await contract.time();
  await send('evm_increaseTime', 3600);
  await send('evm_mine');
  assert.ok((await contract.time()) >= before + 3600n);
});

await step('mine many', async () => {
  const before = await provider.getBlockNumber();
  await send('hardhat_mine', '0x64', '0x1e');
  assert.equal(await provider.getBlockNumber(), before + 100);
});

await step('impersonation', async () => {
  const stranger = '0x2222222222222222222222222222222222222222';
  await send('hardhat_setBalance', stranger, '0x56bc75e2d63100000');
  await send('hardhat_impersonateAccount', stranger);
  const signer = await provider.getSigner(stranger).catch(() => null);
  const hash = await send('eth_sendTransaction', {
    from: stranger,
    to: await contract.getAddress(),
    data: contract.interface.encodeFunctionData('increase', [3n]),
  });
  const receipt = await provider.getTransactionReceipt(hash);
  assert.equal(receipt.status, 1);
  assert.equal(receipt.from, stranger);
  assert.equal(await contract.count(), 18n);
  assert.ok(signer === null || signer.address === stranger);
});

await step('impersonation of a contract', async () => {
  const self = await contract.getAddress();
  const sibling = await new ContractFactory(abi, bytecode, owner).deploy(0n);
  await sibling.waitForDeployment();
  await send('hardhat_setBalance', self, '0x56bc75e2d63100000');
  await send('hardhat_impersonateAccount', self);
  const signer = await provider.getSigner(self);
  const receipt = await (await sibling.connect(signer).increase(4n)).wait();
  assert.equal(receipt.from, self);
  assert.deepEqual([...sibling.interface.parseLog(receipt.logs[0]).args], [self, 4n, 4n]);
  await send('hardhat_stopImpersonatingAccount', self);
  await assert.rejects(signer.sendTransaction({ to: await owner.getAddress() }));
  assert.equal(await contract.count(), 18n);
});

await step('unlocked account', async () => {
  const signer = await provider.getSigner(2);
  const sent = await signer.sendTransaction({ to: await other.getAddress(), value: 1n });
  assert.equal((await sent.wait()).status, 1);
});

await step('signatures of an unlocked account', async () => {
  const signer = await provider.getSigner(2);
  assert.equal(verifyMessage('hello', await signer.signMessage('hello')), signer.address);
  const domain = { name: 'Deeds', version: '1', chainId };
  const types = {
    Deed: [{ name: 'owner', type: 'address' }, { name: 'fields', type: 'Field[]' }],
    Field: [{ name: 'name', type: 'string' }, { name: 'acres', type: 'uint256' }],
  };
  const deed = { owner: signer.address, fields: [{ name: 'north', acres: 7n }] };
  const signature = await signer.signTypedData(domain, types, deed);
  assert.equal(verifyTypedData(domain, types, deed, signature), signer.address);
});

await step('code, slots and balances set', async () => {
  const place = '0x3333333333333333333333333333333333333333';
  await send('hardhat_setCode', place, await provider.getCode(await contract.getAddress()));
  await send('hardhat_setStorageAt', place, '0x0', `0x${'2a'.padStart(64, '0')}`);
  const copy = new Contract(place, abi, owner);
  assert.equal(await copy.count(), 42n);
  await (await copy.increase(1n)).wait();
  assert.equal(await copy.count(), 43n);
});

await step('manual mining and the pool', async () => {
  await send('evm_setAutomine', false);
  const sent = await owner.sendTransaction({ to: await other.getAddress(), value: 1n });
  assert.equal(await provider.getTransactionReceipt(sent.hash), null);
  assert.equal((await provider.getTransaction(sent.hash)).blockNumber, null);
  await send('evm_mine');
  assert.equal((await sent.wait()).status, 1);
  await send('evm_setAutomine', true);
});

finish();
