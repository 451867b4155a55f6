// What is measured on one network: a fresh one for each round.
import { readFileSync } from "node:fs";
import { HDNodeWallet, AbiCoder, id, getAddress } from "ethers";
import { Client } from "./rpc.mjs";

const words = "test test test test test test test test test test test junk";
const accounts = 10;
const single = 500;
const parallel = 100;
const queued = 2_000;
const calls = 1_000;
const undone = 50;
const feeCap = 10_000_000_000n;
const premium = 1_000_000n;
const empty = 1_000;
const inBatch = 100;
const transactionsOfMemory = 10_000;

const bytecode = JSON.parse(readFileSync(new URL("Token.json", import.meta.url))).bytecode;
const coder = AbiCoder.defaultAbiCoder();
const wallets = Array.from({ length: accounts }, (_, i) =>
  HDNodeWallet.fromPhrase(words, undefined, `m/44'/60'/0'/0/${i}`));

const transferOf = (to, value) =>
  id("transfer(address,uint256)").slice(0, 10)
  + coder.encode(["address", "uint256"], [to, value]).slice(2);
const balanceOf = (owner) =>
  id("balanceOf(address)").slice(0, 10) + coder.encode(["address"], [owner]).slice(2);

export async function measure(node) {
  const rows = { "start to first answer, ms": { value: node.startMs } };
  await pause(500);
  rows["memory idle, MB"] = { value: node.memoryMb() };
  const one = new Client(node.url);
  const ten = new Client(node.url, accounts);
  const network = await deploy(one);

  // How far one is warm is part of what is seen: only the first few are not counted.
  await sendEach(one, await signMany(network, 0, 50));
  const rate = async (name, count, work) => {
    rows[name] = await timed(node, work, (ms) => count * 1_000 / ms);
  };
  const one500 = await signMany(network, 0, single);
  await rate("ERC-20 transfer with receipt, 1/s", single, () => sendEach(one, one500));
  const tens = [];
  for (let i = 0; i < accounts; i++) {
    tens.push(await signMany(network, i, parallel));
  }

  await rate("the same, ten senders, 1/s", accounts * parallel, () =>
    Promise.all(tens.map((signed) => sendEach(ten, signed))));
  const call = { to: network.token, data: balanceOf(wallets[1].address) };
  await rate("eth_call, 1/s", calls, async () => {
    for (let i = 0; i < calls; i++) {
      await one.call("eth_call", call, "latest");
    }
  });
  await rate("eth_call, ten at a time, 1/s", accounts * calls, () =>
    Promise.all(wallets.map(async () => {
      for (let i = 0; i < calls; i++) {
        await ten.call("eth_call", call, "latest");
      }
    })));
  // All have the same nonce. What anvil takes back goes to its pool, where only a transaction
  // that pays a tenth more takes the place of another.
  const again = await signMany(network, 0, undone, dearer, 0);
  rows["snapshot + transfer + revert, ms"] = await timed(node, async () => {
    for (const raw of again) {
      const snapshot = await one.call("evm_snapshot");
      await sendOne(one, raw);
      await one.call("evm_revert", snapshot);
    }
  }, (ms) => ms / undone);
  await queueAndMine(node, one, network, rows, "FIL or ether", plain);
  await queueAndMine(node, one, network, rows, "ERC-20", tokens);
  rows[`${empty} empty blocks, ms`] = await timed(
    node, () => one.call("hardhat_mine", `0x${empty.toString(16)}`), (ms) => ms);
  await one.call("evm_setAutomine", true);
  const sum = () => network.nonces.reduce((total, nonce) => total + nonce, 0);
  for (let from = 0; sum() < transactionsOfMemory; from = (from + 1) % accounts) {
    const signed = await signMany(network, from, inBatch);
    await one.batch("eth_sendRawTransaction", signed.map((raw) => [raw]));
  }

  rows[`memory after ${transactionsOfMemory} transactions, MB`] = { value: node.memoryMb() };
  one.close();
  ten.close();
  return rows;
}

// A token of which all accounts have some, and what a transfer is given in gas.
async function deploy(client) {
  const chainId = BigInt(await client.call("eth_chainId"));
  const network = { client, chainId, nonces: Array(accounts).fill(0), kind: tokens };
  const data = bytecode + coder.encode(["uint256"], [10n ** 30n]).slice(2);
  const gas = await client.call("eth_estimateGas", { from: wallets[0].address, data });
  const receipt = await sendOne(client, await sign(network, 0, { data }, gas));
  network.token = getAddress(receipt.contractAddress);
  tokens.gas = await estimate(network, tokens.make(network, 0, 1));
  plain.gas = await estimate(network, plain.make(network, 0, 1));
  for (let i = 1; i < accounts; i++) {
    const to = { to: network.token, data: transferOf(wallets[i].address, 10n ** 25n) };
    await sendOne(client, await sign(network, 0, to, tokens.gas));
  }

  return network;
}

const tokens = {
  make: (network, from, value) => (
    { to: network.token, data: transferOf(wallets[(from + 1) % accounts].address, value) }),
};

const dearer = {
  make: (network, from, value) => ({
    ...tokens.make(network, from, value),
    maxFeePerGas: feeCap * 9n ** BigInt(value) / 8n ** BigInt(value),
    maxPriorityFeePerGas: premium * 9n ** BigInt(value) / 8n ** BigInt(value),
  }),
  get gas() { return tokens.gas; },
};

const plain = {
  make: (_, from, value) => ({ to: wallets[(from + 1) % accounts].address, value }),
};

// Half as much again as is asked for: later transfers may cost more than the first.
async function estimate(network, { to, data, value }) {
  const gas = await network.client.call("eth_estimateGas", {
    from: wallets[0].address, to, data, value: value && `0x${value.toString(16)}` });
  return BigInt(gas) * 3n / 2n;
}

function sign(network, from, content, gas, step = 1) {
  const nonce = network.nonces[from];
  network.nonces[from] += step;
  return wallets[from].signTransaction({
    type: 2,
    chainId: network.chainId,
    nonce,
    maxFeePerGas: feeCap,
    maxPriorityFeePerGas: premium,
    gasLimit: gas,
    ...content,
  });
}

async function signMany(network, from, count, kind = tokens, step = 1) {
  const signed = [];
  for (let i = 0; i < count; i++) {
    signed.push(await sign(network, from, kind.make(network, from, i + 1), kind.gas, step));
  }

  return signed;
}

async function sendOne(client, raw) {
  const hash = await client.call("eth_sendRawTransaction", raw);
  while (true) {
    const receipt = await client.call("eth_getTransactionReceipt", hash);
    if (receipt) {
      if (receipt.status !== "0x1") {
        throw new Error(`${hash} failed`);
      }

      return receipt;
    }
  }
}

async function sendEach(client, signed) {
  for (const raw of signed) {
    await sendOne(client, raw);
  }
}

async function queueAndMine(node, client, network, rows, name, kind) {
  const signed = [];
  for (let i = 0; i < accounts; i++) {
    signed.push(...await signMany(network, i, queued / accounts, kind));
  }

  await client.call("evm_setAutomine", false);
  rows[`${name}: queue ${queued}, 1/s`] = await timed(node, async () => {
    for (let i = 0; i < queued; i += inBatch) {
      await client.batch(
        "eth_sendRawTransaction", signed.slice(i, i + inBatch).map((raw) => [raw]));
    }
  }, (ms) => queued * 1_000 / ms);
  // A block of Filecoin has less room for contracts: as many blocks as it takes.
  let mined = 0;
  rows[`${name}: mine ${queued}, 1/s`] = await timed(node, async () => {
    while (mined < queued) {
      await client.call("evm_mine");
      const count = Number(await client.call("eth_getBlockTransactionCountByNumber", "latest"));
      if (count === 0) {
        throw new Error(`only ${mined} of ${queued} transactions were mined`);
      }

      mined += count;
    }
  }, (ms) => queued * 1_000 / ms);
}

async function timed(node, work, toValue) {
  const cpu = node.cpuMs();
  const begin = performance.now();
  await work();
  const ms = performance.now() - begin;
  return { value: toValue(ms), cpu: toValue(Math.max(1, node.cpuMs() - cpu)) };
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
