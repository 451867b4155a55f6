// What `hardhat node` asks for: a block as large as the others', all else as it comes.
export default { networks: { node: { type: "edr-simulated", blockGasLimit: 10_000_000_000 } } };
