// Deploys OpenZeppelin's contracts with ethers and exercises them; a line a step.
import assert from 'node:assert/strict';
import {
  Contract, ContractFactory, JsonRpcProvider, NonceManager, Signature, Wallet, ZeroAddress, id,
  parseEther,
} from 'ethers';
import { chainId, contractsOf, finish, keyOf, step, url } from './steps.mjs';

const all = contractsOf('OpenZeppelin');
const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1, pollingInterval: 50 });
const wallets = [0, 1, 2].map((index) => new Wallet(keyOf(index), provider));
const [owner, other] = wallets.map((wallet) => new NonceManager(wallet));
const [ownerPlace, otherPlace] = wallets.map(({ address }) => address);
const send = (method, ...params) => provider.send(method, params);

async function deploy(name, ...parameters) {
  const { abi, bytecode } = all[name];
  const contract = await new ContractFactory(abi, bytecode, owner).deploy(...parameters);
  return contract.waitForDeployment();
}

/** Sends and waits; the receipt's events of the contract by name. */
async function done(contract, sending) {
  const receipt = await (await sending).wait();
  assert.equal(receipt.status, 1);
  return Object.fromEntries(receipt.logs.map((log) => contract.interface.parseLog(log))
    .filter((event) => event !== null).map(({ name, args }) => [name, args]));
}

/** What fails is tried by a call: no nonce is used up. */
const refused = (name, call) => assert.rejects(call, ({ revert }) => revert?.name === name);

/** The same contract with the functions of another one. */
const as = (contract, name, signer = owner) => new Contract(contract.target, all[name].abi, signer);

let coin;

await step('ERC-20', async () => {
  coin = await deploy('Coin');
  const { Transfer } = await done(coin, coin.transfer(otherPlace, parseEther('100')));
  assert.deepEqual([...Transfer], [ownerPlace, otherPlace, parseEther('100')]);
  await done(coin, coin.approve(otherPlace, 50n));
  await done(coin, coin.connect(other).transferFrom(ownerPlace, otherPlace, 20n));
  assert.equal(await coin.allowance(ownerPlace, otherPlace), 30n);
  assert.equal(await coin.balanceOf(otherPlace), parseEther('100') + 20n);
  await refused('ERC20InsufficientAllowance',
    coin.connect(other).transferFrom.staticCall(ownerPlace, otherPlace, 31n));
  await refused('ERC20InvalidReceiver', coin.transfer.staticCall(ZeroAddress, 1n));
});

await step('ERC-20 permit', async () => {
  const deadline = BigInt((await provider.getBlock('latest')).timestamp) + 3600n;
  const permit = {
    owner: ownerPlace, spender: otherPlace, value: 77n, nonce: await coin.nonces(ownerPlace),
    deadline,
  };
  const domain = { name: 'Coin', version: '1', chainId, verifyingContract: coin.target };
  const types = {
    Permit: [['owner', 'address'], ['spender', 'address'], ['value', 'uint256'],
      ['nonce', 'uint256'], ['deadline', 'uint256']].map(([name, type]) => ({ name, type })),
  };
  const { v, r, s } = Signature.from(await wallets[0].signTypedData(domain, types, permit));
  await done(coin, coin.connect(other).permit(ownerPlace, otherPlace, 77n, deadline, v, r, s));
  assert.equal(await coin.allowance(ownerPlace, otherPlace), 77n);
});

await step('ERC-721', async () => {
  const [deed, store] = [await deploy('Deed'), await deploy('Store')];
  await done(deed, deed.mint(ownerPlace, 1n));
  assert.equal(await deed.tokenURI(1n), 'ipfs://deeds/1');
  const moved = await done(deed, deed['safeTransferFrom(address,address,uint256)'](
    ownerPlace, store.target, 1n));
  assert.equal(moved.Transfer.to, store.target);
  assert.equal(await deed.ownerOf(1n), store.target);
  await refused('ERC721InvalidReceiver', deed.mint.staticCall(deed.target, 2n));
  await refused('ERC721NonexistentToken', deed.ownerOf(2n));
  assert.equal(await deed.supportsInterface('0x80ac58cd'), true);
});

await step('ERC-1155', async () => {
  const [goods, store] = [await deploy('Goods'), await deploy('Store')];
  const { TransferBatch } = await done(goods, goods.mint(ownerPlace, [1n, 2n], [10n, 20n]));
  assert.deepEqual([...TransferBatch.getValue('values')], [10n, 20n]);
  await done(goods, goods.safeBatchTransferFrom(
    ownerPlace, store.target, [1n, 2n], [3n, 4n], '0x'));
  assert.deepEqual(
    [...await goods.balanceOfBatch([ownerPlace, store.target], [1n, 2n])], [7n, 4n]);
  await refused('ERC1155InsufficientBalance',
    goods.safeTransferFrom.staticCall(ownerPlace, otherPlace, 1n, 8n, '0x'));
});

await step('governor with votes and timelock', async () => {
  await done(coin, coin.delegate(ownerPlace));
  const timelock = await deploy('TimelockController', 3600n, [], [ZeroAddress], ownerPlace);
  const council = await deploy('Council', coin.target, timelock.target);
  await done(timelock, timelock.grantRole(await timelock.PROPOSER_ROLE(), council.target));
  await done(coin, coin.transfer(timelock.target, 500n));

  const transfer = coin.interface.encodeFunctionData('transfer', [otherPlace, 500n]);
  const proposal = [[coin.target], [0n], [transfer]];
  const { ProposalCreated } = await done(council, council.propose(...proposal, 'Pay'));
  const number = ProposalCreated.proposalId;
  assert.equal(await council.state(number), 0n);
  await send('hardhat_mine', '0x2');
  const { VoteCast } = await done(council, council.castVote(number, 1));
  assert.ok(VoteCast.weight > parseEther('999000') - 1000n);
  await refused('GovernorAlreadyCastVote', council.castVote.staticCall(number, 1));
  await send('hardhat_mine', '0xa');
  assert.equal(await council.state(number), 4n);

  const named = [...proposal, id('Pay')];
  await done(council, council.queue(...named));
  const early = timelock.interface.getError('TimelockUnexpectedOperationState').selector;
  await assert.rejects(council.execute.staticCall(...named), ({ data }) => data.startsWith(early));
  await send('evm_increaseTime', 3601);
  await send('evm_mine');
  const before = await coin.balanceOf(otherPlace);
  await done(council, council.execute(...named));
  assert.equal(await coin.balanceOf(otherPlace), before + 500n);
  assert.equal(await council.state(number), 7n);
});

await step('UUPS proxy', async () => {
  const [box, larger] = [await deploy('Box'), await deploy('LargerBox')];
  const start = box.interface.encodeFunctionData('initialize', [5n]);
  const proxy = as(await deploy('ERC1967Proxy', box.target, start), 'Box');
  assert.deepEqual([await proxy.value(), await proxy.version()], [5n, 1n]);
  await refused('InvalidInitialization', proxy.initialize.staticCall(6n));
  await refused('NotOwner', proxy.connect(other).upgradeToAndCall.staticCall(larger.target, '0x'));
  await refused('ERC1967InvalidImplementation',
    proxy.upgradeToAndCall.staticCall(coin.target, '0x'));
  const grow = larger.interface.encodeFunctionData('grow', [4n]);
  const { Upgraded } = await done(proxy, proxy.upgradeToAndCall(larger.target, grow));
  assert.equal(Upgraded.implementation, larger.target);
  assert.deepEqual([await proxy.value(), await proxy.version()], [9n, 2n]);
  const slot = BigInt(id('eip1967.proxy.implementation')) - 1n;
  assert.equal(BigInt(await provider.getStorage(proxy.target, slot)), BigInt(larger.target));
});

await step('beacon proxies and clones', async () => {
  const [box, larger] = [await deploy('Box'), await deploy('LargerBox')];
  const beacon = await deploy('UpgradeableBeacon', box.target, ownerPlace);
  const start = (value) => box.interface.encodeFunctionData('initialize', [value]);
  const proxies = [];
  for (const value of [1n, 2n]) {
    proxies.push(as(await deploy('BeaconProxy', beacon.target, start(value)), 'LargerBox'));
  }
  await refused('OwnableUnauthorizedAccount',
    beacon.connect(other).upgradeTo.staticCall(larger.target));
  await done(beacon, beacon.upgradeTo(larger.target));
  await done(proxies[0], proxies[0].grow(10n));
  assert.deepEqual(await Promise.all(proxies.map((proxy) => proxy.value())), [11n, 2n]);
  assert.equal(await proxies[1].version(), 2n);

  const factory = await deploy('BoxFactory');
  const place = await factory.placeOf(box.target, id('salt'));
  const { Made } = await done(factory, factory.make(box.target, id('salt')));
  assert.equal(Made.box, place);
  const clone = as({ target: place }, 'Box');
  await done(clone, clone.initialize(8n));
  assert.equal(await clone.value(), 8n);
});

await step('access manager', async () => {
  const manager = await deploy('AccessManager', ownerPlace);
  const vault = await deploy('Vault', manager.target);
  const open = vault.interface.encodeFunctionData('open');
  const theirs = manager.connect(other);
  await refused('AccessManagedUnauthorized', vault.connect(other).open.staticCall());
  await done(manager, manager.setTargetFunctionRole(vault.target, [open], 42n));
  await done(manager, manager.grantRole(42n, otherPlace, 600n));
  await refused('AccessManagerNotScheduled', theirs.execute.staticCall(vault.target, open));
  const { OperationScheduled } = await done(manager, theirs.schedule(vault.target, open, 0n));
  await refused('AccessManagerNotReady', theirs.execute.staticCall(vault.target, open));
  await send('evm_increaseTime', 601);
  await send('evm_mine');
  const { OperationExecuted } = await done(manager, theirs.execute(vault.target, open));
  assert.equal(OperationExecuted.operationId, OperationScheduled.operationId);
  assert.equal(await vault.opened(), 1n);
  await done(manager, manager.revokeRole(42n, otherPlace));
  await refused('AccessManagerUnauthorizedCall',
    theirs.schedule.staticCall(vault.target, open, 0n));
});

finish();
