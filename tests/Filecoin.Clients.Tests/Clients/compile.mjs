// Compiles the contracts with npm's solc, once for what is in them: compiled/NAME.json.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const here = new URL('./', import.meta.url);
const read = (path) => readFileSync(new URL(path, here), 'utf8');

function compile(name) {
  const input = {
    language: 'Solidity',
    sources: { [`${name}.sol`]: { content: read(`contracts/${name}.sol`) } },
    settings: {
      optimizer: { enabled: true, runs: 200 },
      outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
    },
  };
  const digest = createHash('sha256')
    .update(JSON.stringify(input)).update(read('package-lock.json')).digest('hex');
  const file = new URL(`compiled/${name}.json`, here);
  if (existsSync(file) && JSON.parse(readFileSync(file)).digest === digest) return;
  const solc = createRequire(import.meta.url)('solc');
  const find = (path) => ({ contents: read(`node_modules/${path}`) });
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: find }));
  const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map((e) => e.formattedMessage).join('\n'));
  const contracts = Object.entries(Object.assign({}, ...Object.values(output.contracts)))
    .map(([key, { abi, evm }]) => [key, { abi, bytecode: `0x${evm.bytecode.object}` }]);
  mkdirSync(new URL('compiled/', here), { recursive: true });
  writeFileSync(file, JSON.stringify({ digest, contracts: Object.fromEntries(contracts) }));
}

process.argv.slice(2).forEach(compile);
