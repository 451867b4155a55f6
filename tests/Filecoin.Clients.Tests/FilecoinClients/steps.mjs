// One line a step: "ok NAME" or "FAIL NAME reason".
let failed = 0;

export const words = 'test test test test test test test test test test test junk';
export const path = (index) => `m/44'/1'/0'/0/${index}`;

export async function step(name, body) {
  try {
    await body();
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name} ${String(error.stack ?? error).replaceAll('\n', ' | ')}`);
  }
}

export function end() {
  process.exit(failed);
}
