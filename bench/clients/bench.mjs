// Measures developers' networks beside each other: node bench.mjs FVM [ROUNDS] [NAME...]
import { networks, start } from "./networks.mjs";
import { measure } from "./rows.mjs";

const [fvm, rounds = "3", ...names] = process.argv.slice(2);
if (!fvm || !(Number(rounds) > 0)) {
  console.error("usage: node bench.mjs FVM [ROUNDS] [NAME...]; FVM is the published command");
  process.exit(2);
}

const measured = networks(fvm).filter(({ name, obstacle }) => {
  if (obstacle) {
    console.error(`${name} is left out: ${obstacle}`);
  }

  return !obstacle && (names.length === 0 || names.includes(name));
});
const found = new Map();
for (let round = 0; round < Number(rounds); round++) {
  for (const network of measured) {
    const node = await start(network);
    try {
      for (const [row, result] of Object.entries(await measure(node))) {
        const cells = found.get(row) ?? new Map();
        cells.set(network.name, [...cells.get(network.name) ?? [], result]);
        found.set(row, cells);
      }
    } finally {
      await node.stop();
    }
  }
}

console.log(`${Number(rounds)} rounds: median (least to most); cpu: by the network's own`
  + " processor time, median");
for (const [row, cells] of found) {
  console.log(row);
  for (const { name } of measured) {
    const results = cells.get(name);
    const cpu = results[0].cpu === undefined
      ? ""
      : `   cpu ${show(sorted(results, "cpu")[results.length >> 1])}`;
    const values = sorted(results, "value");
    console.log(`  ${name.padEnd(8)} ${show(values[results.length >> 1]).padStart(9)}`
      + `  (${show(values[0])} to ${show(values.at(-1))})${cpu}`);
  }
}

function sorted(results, field) {
  return results.map((result) => result[field]).sort((left, right) => left - right);
}

function show(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
