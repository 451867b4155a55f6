import { createRequire } from 'node:module';
import hardhatEthers from '@nomicfoundation/hardhat-ethers';
import hardhatMatchers from '@nomicfoundation/hardhat-ethers-chai-matchers';
import hardhatMocha from '@nomicfoundation/hardhat-mocha';
import hardhatNetworkHelpers from '@nomicfoundation/hardhat-network-helpers';
import { configVariable, defineConfig } from 'hardhat/config';

export default defineConfig({
  plugins: [hardhatEthers, hardhatMatchers, hardhatMocha, hardhatNetworkHelpers],
  // The compiler of npm: nothing is downloaded.
  solidity: { version: '0.8.30', path: createRequire(import.meta.url).resolve('solc/soljson.js') },
  networks: {
    devnet: { type: 'http', chainType: 'l1', url: configVariable('DEVNET_URL') },
  },
  test: { mocha: { timeout: 60_000 } },
});
