// Drives a node with forge and cast as they come; a line a step: "ok NAME" or "FAIL NAME reason".
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chainId, finish, keyOf, step, url } from './steps.mjs';

const cwd = fileURLToPath(new URL('./foundry', import.meta.url));
const owner = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const other = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const signed = ['--rpc-url', url, '--private-key', keyOf(0)];
const env = { ...process.env, ETH_RPC_URL: url };
const resolve = createRequire(import.meta.url).resolve;
const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
let counter;

// The scripts that npm puts before the programs lose their exit codes.
const pathOf = (program) => resolve(`@foundry-rs/${program}-${platform}/bin/${program}`);

async function run(program, ...parameters) {
  try {
    const { stdout } = await promisify(execFile)(pathOf(program), parameters, { cwd, env });
    return stdout.trim();
  } catch (error) {
    // The command itself holds keys and addresses enough: what it says is at the end.
    throw new Error(`${program} ${parameters[0]}: ${error.stdout}${error.stderr}`);
  }
}

const cast = (...parameters) => run('cast', ...parameters);
const rpc = (...parameters) => cast('rpc', ...parameters);
const count = () => cast('call', counter, 'count()(uint256)');
const send = async (...parameters) => JSON.parse(
  await cast('send', '--json', '--private-key', keyOf(0), ...parameters));

await step('forge create', async () => {
  await run('forge', 'build');
  const out = await run('forge', 'create', 'src/Counter.sol:Counter', ...signed,
    '--broadcast', '--json', '--constructor-args', '7');
  counter = JSON.parse(out.slice(out.indexOf('{'))).deployedTo;
  assert.match(counter, /^0x[0-9a-fA-F]{40}$/);
});

await step('cast chain-id, block, block-number, balance, code, nonce', async () => {
  const [id, block, number, balance, code, nonce] = await Promise.all([
    cast('chain-id'), cast('block', 'latest', '--json'), cast('block-number'),
    cast('balance', other), cast('code', counter), cast('nonce', owner),
  ]);
  assert.equal(Number(id), chainId);
  assert.equal(Number(JSON.parse(block).number), Number(number));
  assert.equal(balance, '10000000000000000000000');
  assert.ok(code.length > 1000);
  assert.equal(nonce, '1');
});

await step('cast call and storage', async () => {
  assert.equal(await count(), '7');
  assert.equal(BigInt(await cast('storage', counter, '0')), 7n);
  assert.equal(await cast('call', counter, 'owner()(address)'), owner);
});

await step('cast send, receipt, tx', async () => {
  const { status, transactionHash, logs } = await send(counter, 'increase(uint256)', '5');
  assert.equal(status, '0x1');
  assert.equal(logs.length, 1);
  assert.match(await cast('receipt', transactionHash, 'status'), /^(1|true)/);
  assert.equal(JSON.parse(await cast('tx', transactionHash, '--json')).from, owner.toLowerCase());
  assert.equal(await count(), '12');
  const trace = await cast('run', transactionHash);
  assert.match(trace, /increase|30f3f0db/);
  assert.match(trace, /Transaction successfully executed/);
});

await step('cast logs', async () => {
  const filter = ['logs', '--json', '--from-block', '0', '--address', counter];
  const found = await cast(...filter, 'Increased(address indexed,uint256 indexed,uint256)', owner);
  assert.equal(JSON.parse(found).length, 1);
  const none = await cast(...filter, 'Increased(address indexed,uint256 indexed,uint256)', other);
  assert.deepEqual(JSON.parse(none), []);
});

await step('reverts', async () => {
  await assert.rejects(cast('call', counter, 'ownerOnly()', '--from', other), /not the owner/);
  await assert.rejects(cast('call', counter, 'increase(uint256)', '101'), /677fd0e3|TooLarge/);
  await assert.rejects(send(counter, 'increase(uint256)', '101'), /677fd0e3|TooLarge/);
  await assert.rejects(cast('call', counter, 'decrease(uint256)', '101'), /4e487b71.*11|overflow/i);
});

await step('forge script', async () => {
  // The node estimates the gas: forge's own machine does not know this network's prices.
  const shown = await run(
    'forge', 'script', 'script/Deploy.s.sol', ...signed, '--broadcast', '--skip-simulation');
  assert.match(shown, /ONCHAIN EXECUTION COMPLETE & SUCCESSFUL/);
  const [, deployed] = shown.match(/counter: contract Counter (0x[0-9a-fA-F]{40})/);
  assert.equal(await cast('call', deployed, 'count()(uint256)'), '22');
  assert.equal(await cast('balance', `0x${'11'.repeat(20)}`), '5');
});

await step('forge test', async () => {
  env.COUNTER = counter;
  const shown = await run('forge', 'test', '--fork-url', url, '--no-storage-caching');
  assert.match(shown, /5 tests passed, 0 failed/);
});

await step('snapshot and revert', async () => {
  const id = JSON.parse(await rpc('evm_snapshot'));
  await send(counter, 'increase(uint256)', '10');
  assert.equal(await count(), '22');
  assert.equal(await rpc('evm_revert', id), 'true');
  assert.equal(await count(), '12');
});

await step('time travel', async () => {
  const before = Number(await cast('block', 'latest', '--field', 'timestamp'));
  await rpc('evm_increaseTime', '3600');
  await rpc('evm_mine');
  const later = Number(await cast('block', 'latest', '--field', 'timestamp'));
  assert.ok(later >= before + 3600);
});

await step('impersonation', async () => {
  for (const stranger of [`0x${'22'.repeat(20)}`, counter]) {
    await rpc('anvil_setBalance', stranger, '0x56bc75e2d63100000');
    await rpc('anvil_impersonateAccount', stranger);
    const before = Number(await count());
    const receipt = JSON.parse(await cast(
      'send', '--json', '--unlocked', '--from', stranger, counter, 'increase(uint256)', '1'));
    assert.equal(receipt.from, stranger.toLowerCase());
    assert.equal(Number(await count()), before + 1);
    await rpc('anvil_stopImpersonatingAccount', stranger);
  }
});

finish();
