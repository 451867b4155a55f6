// What all scripts share: the node's address, contracts, and a line a step on standard output:
// "ok NAME" or "FAIL NAME reason".
import { readFileSync } from 'node:fs';
import { HDNodeWallet } from 'ethers';

export const url = process.argv[2];
export const socketUrl = url.replace('http', 'ws');
export const chainId = 31415926;
export const words = 'test test test test test test test test test test test junk';

/** The private key of one of the node's accounts. */
export const keyOf = (index) =>
  HDNodeWallet.fromPhrase(words, undefined, `m/44'/60'/0'/0/${index}`).privateKey;

let failed = 0;

/** Contracts of a source by name, each with abi and bytecode; compile.mjs has made them. */
export const contractsOf = (source) => JSON.parse(
  readFileSync(new URL(`./compiled/${source}.json`, import.meta.url))).contracts;

export const after = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** What a listener is given first; listen gets the function that ends the waiting. */
export const first = (listen) => new Promise((done, fail) => {
  Promise.resolve(listen(done)).catch(fail);
});

export async function step(name, body, secondsMax = 60) {
  const late = after(secondsMax * 1000).then(() => {
    throw new Error(`no end after ${secondsMax} s`);
  });
  try {
    await Promise.race([body(), late]);
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name} ${String(error.stack ?? error).replaceAll('\n', ' | ')}`);
  }
}

/** Ends the script, whatever still listens. */
export const finish = () => process.exit(failed);
