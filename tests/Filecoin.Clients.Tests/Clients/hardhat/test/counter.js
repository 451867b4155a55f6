// A project as Hardhat's users have it, on a node of another kind.
import { expect } from 'chai';
import { network } from 'hardhat';

const { ethers, networkHelpers, provider } = await network.create('devnet');
const { time } = networkHelpers;

describe('Counter', () => {
  async function deployed() {
    const [owner, other] = await ethers.getSigners();
    const counter = await ethers.deployContract('Counter', [7n]);
    return { counter, owner, other };
  }

  it('is deployed and called', async () => {
    const { counter, owner } = await networkHelpers.loadFixture(deployed);
    expect(await counter.count()).to.equal(7n);
    expect(await counter.owner()).to.equal(owner.address);
    expect((await ethers.provider.getNetwork()).chainId).to.equal(31415926n);
  });

  it('emits events', async () => {
    const { counter, owner } = await networkHelpers.loadFixture(deployed);
    await expect(counter.increase(5n)).to.emit(counter, 'Increased')
      .withArgs(owner.address, 5n, 12n);
    expect(await counter.count()).to.equal(12n);
  });

  it('is found by filters of logs', async () => {
    const { counter } = await networkHelpers.loadFixture(deployed);
    await (await counter.increase(5n)).wait();
    await (await counter.increase(6n)).wait();
    const logs = await counter.queryFilter(counter.filters.Increased(null, 6n), 0);
    expect(logs.map(({ args }) => args.count)).to.deep.equal([18n]);
  });

  it('is listened to', async () => {
    const { counter } = await networkHelpers.loadFixture(deployed);
    const heard = new Promise((done) => counter.on('Increased', (by, step, count) => done(count)));
    await new Promise((done) => setTimeout(done, 500));
    await counter.increase(3n);
    expect(await heard).to.equal(10n);
    await counter.removeAllListeners();
  });

  it('reverts with its reason', async () => {
    const { counter, other } = await networkHelpers.loadFixture(deployed);
    await expect(counter.connect(other).ownerOnly()).to.be.revertedWith('not the owner');
    await expect(counter.increase(101n)).to.be.revertedWithCustomError(counter, 'TooLarge')
      .withArgs(101n, 100n);
    await expect(counter.decrease(8n)).to.be.revertedWithPanic(0x11);
  });

  it('moves balances', async () => {
    const [owner, other] = await ethers.getSigners();
    await expect(owner.sendTransaction({ to: other.address, value: 9n }))
      .to.changeEtherBalance(ethers, other, 9n);
  });

  it('is called by strangers and contracts', async () => {
    const { counter } = await networkHelpers.loadFixture(deployed);
    const address = await counter.getAddress();
    for (const stranger of ['0x2222222222222222222222222222222222222222', address]) {
      await networkHelpers.impersonateAccount(stranger);
      await networkHelpers.setBalance(stranger, 10n ** 20n);
      const signer = await ethers.getSigner(stranger);
      const next = await counter.count() + 1n;
      await expect(counter.connect(signer).increase(1n)).to.emit(counter, 'Increased')
        .withArgs(stranger, 1n, next);
      await networkHelpers.stopImpersonatingAccount(stranger);
    }
  });

  it('comes back to a snapshot', async () => {
    const { counter } = await networkHelpers.loadFixture(deployed);
    const snapshot = await networkHelpers.takeSnapshot();
    await (await counter.increase(1n)).wait();
    await snapshot.restore();
    expect(await counter.count()).to.equal(7n);
  });

  it('travels in time', async () => {
    const { counter } = await networkHelpers.loadFixture(deployed);
    const before = await time.latest();
    const increased = await time.increase(time.duration.hours(1));
    expect(increased).to.equal(before + 3600);
    expect(await time.latest()).to.equal(increased);
    await time.increaseTo(increased + 500);
    expect(await counter.time()).to.be.at.least(increased + 500);
    await time.setNextBlockTimestamp(increased + 900);
    const { blockNumber } = await (await counter.increase(1n)).wait();
    expect((await ethers.provider.getBlock(blockNumber)).timestamp).to.equal(increased + 900);
  });

  it('is mined', async () => {
    const before = await time.latestBlock();
    await networkHelpers.mine(10, { interval: 60 });
    expect(await time.latestBlock()).to.equal(before + 10);
    await networkHelpers.mineUpTo(before + 15);
    expect(await time.latestBlock()).to.equal(before + 15);
  });

  it('is set from outside', async () => {
    const { counter } = await networkHelpers.loadFixture(deployed);
    const place = '0x3333333333333333333333333333333333333333';
    await networkHelpers.setCode(place, await ethers.provider.getCode(counter));
    await networkHelpers.setStorageAt(place, 0, 42);
    expect(await networkHelpers.getStorageAt(place, 0)).to.equal(ethers.toBeHex(42n, 32));
    expect(await counter.attach(place).count()).to.equal(42n);
    await networkHelpers.setNonce('0x4444444444444444444444444444444444444444', 9);
    expect(await ethers.provider.getTransactionCount(
      '0x4444444444444444444444444444444444444444')).to.equal(9);
    await networkHelpers.setNextBlockBaseFeePerGas(1000n);
    await networkHelpers.mine();
    expect((await ethers.provider.getBlock('latest')).baseFeePerGas).to.equal(1000n);
    await networkHelpers.setPrevRandao(77n);
    await networkHelpers.setCoinbase(place);
    await networkHelpers.mine();
  });

  it('drops what waits', async () => {
    const [owner, other] = await ethers.getSigners();
    await provider.request({ method: 'evm_setAutomine', params: [false] });
    const { hash } = await owner.sendTransaction({ to: other.address, value: 1n });
    await networkHelpers.dropTransaction(hash);
    await networkHelpers.mine();
    expect(await ethers.provider.getTransactionReceipt(hash)).to.equal(null);
    await provider.request({ method: 'evm_setAutomine', params: [true] });
  });
});
