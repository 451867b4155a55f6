// What the scripts that try a library share: its contracts, and values as it has them.
import {
  ContractFactory, JsonRpcProvider, NonceManager, Wallet, hexlify, toBeArray,
} from 'ethers';
import { StorageProvider, ethereumAddress, idAddress, idOf, sendMessage } from './storage.mjs';
import { contractsOf, keyOf, url } from './steps.mjs';

/** Which library: Zondax or Api. */
export const library = process.argv[3];

const contracts = contractsOf(`${library}Libraries`);
export const chain = new JsonRpcProvider(
  url, undefined, { batchMaxCount: 1, cacheTimeout: -1, pollingInterval: 20 });
const owner = new NonceManager(new Wallet(keyOf(0), chain));
const send = (method, parameters) => chain.send(method, parameters);
export const rpc = (method, ...parameters) => send(`Filecoin.${method}`, parameters);
export const message = (fields) => sendMessage(rpc, fields);

export async function deploy(name) {
  const { abi, bytecode } = contracts[name];
  const contract = await new ContractFactory(abi, bytecode, owner).deploy();
  return contract.waitForDeployment();
}

/** Calls a function and gives its value, without a transaction: it may say that it changes. */
export const look = (fn, ...args) => fn.staticCall(...args);

/** Sends a transaction, and gives the value that it would have had as a call before. */
export async function run(fn, ...args) {
  const value = await fn.staticCall(...args);
  await (await fn(...args)).wait();
  return value;
}

/** Whether a call ends with the exit code of an actor. */
export const exits = (code) => ({ revert }) =>
  revert?.name === 'ActorError' && revert.args[0] === BigInt(code);

/** A number as the libraries have it, and back. */
export const amount = (number) => ({ val: toBeArray(number), neg: false });
export const number = ({ val, neg }) =>
  (neg ? -1n : 1n) * BigInt(val === '0x' ? 0 : val);

/** A number as actors have it. */
export const bigBytes = (value) => Uint8Array.from([0, ...toBeArray(value)]);

/** Addresses as the libraries have them. */
export const ofId = (id) => ({ data: idAddress(id) });
export const ofText = (text) => ofId(idOf(text));
export const ofContract = (contract) => ({ data: ethereumAddress(contract.target) });

/** The address of a contract as the node writes it, and its id. */
export const textOf = (contract) => rpc('EthAddressToFilecoinAddress', contract.target);
export const idText = async (contract) => rpc('StateLookupID', await textOf(contract), []);

export const fromBase64 = (text) => hexlify(Buffer.from(text, 'base64'));
export const miner = async () => (await rpc('StateListMiners', []))[0];
export const provider = async () => StorageProvider.of(send, await miner());
