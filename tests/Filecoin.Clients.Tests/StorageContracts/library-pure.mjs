// Runs all test functions of a package's test contracts that call no actor; a line a contract.
import { ContractFactory, JsonRpcProvider, NonceManager, Wallet } from 'ethers';
import { contractsOf, finish, keyOf, step, url } from './steps.mjs';

const chain = new JsonRpcProvider(url, undefined, { batchMaxCount: 1, pollingInterval: 20 });
const owner = new NonceManager(new Wallet(keyOf(0), chain));
for (const [name, { abi, bytecode }] of Object.entries(contractsOf('ZondaxPureTests'))) {
  if (!name.endsWith('Test')) continue;
  await step(name, async () => {
    const contract = await new ContractFactory(abi, bytecode, owner).deploy();
    await contract.waitForDeployment();
    const tests = abi.filter(({ type, inputs }) => type === 'function' && inputs.length === 0);
    if (tests.length === 0) throw new Error('no test functions');
    for (const { name: test } of tests) await contract[test].staticCall();
  });
}

finish();
