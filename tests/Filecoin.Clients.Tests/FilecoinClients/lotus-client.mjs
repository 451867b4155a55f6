// Drives a node with lotus' JavaScript client and its schema as they come.
import assert from 'node:assert/strict';
import { LotusRPC } from '@filecoin-shipyard/lotus-client-rpc';
import { NodejsProvider } from '@filecoin-shipyard/lotus-client-provider-nodejs';
import { mainnet } from '@filecoin-shipyard/lotus-client-schema';
import { end, step } from './steps.mjs';

const url = process.argv[2];
const client = (place) => new LotusRPC(new NodejsProvider(place), { schema: mainnet.fullNode });
const http = client(`${url}/rpc/v1`);
const old = client(`${url}/rpc/v0`);
const socket = client(`${url.replace('http', 'ws')}/rpc/v1`);
const atto = (fil) => `${BigInt(fil) * 10n ** 18n}`;
let own;
let made;
let sent;

const message = (from, to, value, more) => ({
  Version: 0, To: to, From: from, Nonce: 0, Value: value, GasLimit: 0, GasFeeCap: '0',
  GasPremium: '0', Method: 0, Params: null, ...more,
});

await step('node', async () => {
  assert.equal((await http.version()).APIVersion >> 16, 2);
  assert.match(await http.iD(), /^12D3KooW/);
  assert.deepEqual(await http.netPeers(), []);
  assert.equal((await http.netAddrsListen()).ID, await http.iD());
  assert.match(await http.session(), /^[0-9a-f-]{36}$/);
  assert.equal((await http.syncState()).ActiveSyncs[0].Height, (await http.chainHead()).Height);
});

await step('wallet', async () => {
  own = await http.walletDefaultAddress();
  assert.match(own, /^t1/);
  assert.equal((await http.walletList()).length, 20);
  made = await http.walletNew('bls');
  assert.match(made, /^t3/);
  assert.equal(await http.walletHas(made), true);
  assert.equal(await http.walletBalance(made), '0');
  const data = Buffer.from('some bytes').toString('base64');
  const signature = await http.walletSign(made, data);
  assert.equal(signature.Type, 2);
  assert.equal(await http.walletVerify(made, data, signature), true);
  assert.equal(await http.walletVerify(own, data, await http.walletSign(own, data)), true);
  const key = await http.walletExport(made);
  await http.walletDelete(made);
  assert.equal(await http.walletHas(made), false);
  assert.equal(await http.walletImport(key), made);
  await assert.rejects(http.walletValidateAddress('t1nonsense'));
});

await step('the node signs and sends', async () => {
  sent = await http.mpoolPushMessage(message(own, made, atto(9)), null);
  assert.equal(sent.Signature.Type, 1);
  const found = await http.stateWaitMsg(sent.CID, 0, -1, true);
  assert.equal(found.Receipt.ExitCode, 0);
  assert.equal(await http.walletBalance(made), atto(9));
  const back = await http.mpoolPushMessage(message(made, own, atto(2)), null);
  assert.equal(back.Signature.Type, 2);
  assert.equal((await http.stateWaitMsg(back.CID, 0, -1, true)).Receipt.ExitCode, 0);
});

await step('messages are found, in both versions', async () => {
  const found = await http.stateSearchMsg([], sent.CID, -1, true);
  assert.deepEqual(found.Message, sent.CID);
  assert.deepEqual(await old.stateSearchMsg(sent.CID), found);
  assert.deepEqual(await old.stateWaitMsg(sent.CID, 0), found);
  assert.deepEqual(await http.chainGetMessage(sent.CID), sent.Message);
  const listed = await http.stateListMessages({ To: made }, [], 0);
  assert.deepEqual(listed, [sent.CID]);
});

await step('blocks', async () => {
  const found = await http.stateSearchMsg([], sent.CID, -1, true);
  const tipset = await http.chainGetTipSet(found.TipSet);
  const messages = await http.chainGetBlockMessages(tipset.Cids[0]);
  assert.deepEqual(messages.Cids, [sent.CID]);
  assert.deepEqual(messages.SecpkMessages[0], sent);
  const head = await http.chainHead();
  assert.deepEqual(await http.chainGetBlock(head.Cids[0]), head.Blocks[0]);
  assert.deepEqual(head.Blocks[0].Parents, tipset.Cids);
  assert.deepEqual((await http.chainGetParentMessages(head.Cids[0]))[0].Cid, sent.CID);
  assert.deepEqual(await http.chainGetParentReceipts(head.Cids[0]), [found.Receipt]);
  const path = await http.chainGetPath(tipset.Cids, head.Cids);
  assert.deepEqual(path, [{ Type: 'apply', Val: head }]);
  const genesis = await http.chainGetGenesis();
  assert.equal(genesis.Height, 0);
  assert.ok(BigInt(await http.chainTipSetWeight(head.Cids)) > 0n);
  assert.ok((await http.chainStatObj(head.Blocks[0].ParentStateRoot, null)).Links > 10);
});

await step('messages run again', async () => {
  const replayed = await http.stateReplay([], sent.CID);
  assert.deepEqual(replayed.Msg, sent.Message);
  assert.equal(replayed.MsgRct.ExitCode, 0);
  assert.equal(replayed.ExecutionTrace.Msg.Value, atto(9));
  assert.ok(BigInt(replayed.GasCost.TotalCost) > 0n);
  const called = await http.stateCall(message(own, made, '1'), []);
  assert.equal(called.MsgRct.ExitCode, 0);
});

await step('actors', async () => {
  const actor = await http.stateGetActor(own, []);
  assert.ok(actor.Nonce >= 1);
  const state = await http.stateReadState(own, []);
  assert.equal(state.State.Address, own);
  const id = await http.stateLookupID(own, []);
  assert.equal(await http.stateAccountKey(id, []), own);
  assert.ok((await http.stateListActors([])).includes(id));
  const init = await http.stateReadState('t01', []);
  assert.equal(init.State.NetworkName, await http.stateNetworkName());
});

await step('a wallet of several signers', async () => {
  const prototype = await http.msigCreate(1, [own, made], 0, atto(3), own, '0');
  const created = await http.mpoolPushMessage(prototype.Message, null);
  const { ReturnDec, Receipt } = await http.stateWaitMsg(created.CID, 0, -1, true);
  assert.equal(Receipt.ExitCode, 0);
  const wallet = ReturnDec.RobustAddress;
  assert.match(wallet, /^t2/);
  assert.equal(await http.msigGetAvailableBalance(wallet, []), atto(3));
  const proposal = await http.msigPropose(wallet, made, atto(1), own, 0, null);
  const pushed = await http.mpoolPushMessage(proposal.Message, null);
  const { ReturnDec: proposed } = await http.stateWaitMsg(pushed.CID, 0, -1, true);
  assert.equal(proposed.Applied, true);
  assert.deepEqual(await http.msigGetPending(wallet, []), []);
  assert.equal(await http.msigGetAvailableBalance(wallet, []), atto(2));
});

await step('steps of the head and messages by channel', async () => {
  const heads = [];
  const messages = [];
  const [cancelHeads, opened] = socket.chainNotify((changes) => heads.push(...changes));
  await opened;
  const [cancelMessages, listening] = socket.mpoolSub((update) => messages.push(update));
  await listening;
  const pushed = await http.mpoolPushMessage(message(own, made, '1'), null);
  await http.stateWaitMsg(pushed.CID, 0, -1, true);
  for (let i = 0; i < 100 && (heads.length < 2 || messages.length < 1); i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  assert.equal(heads[0].Type, 'current');
  assert.equal(heads[1].Type, 'apply');
  assert.equal(heads[1].Val.Height, heads[0].Val.Height + 1);
  assert.deepEqual(messages[0].Message, pushed);
  await cancelHeads();
  await cancelMessages();
  await http.mpoolPushMessage(message(own, made, '1'), null);
  assert.equal(heads.length, 2);
  await socket.destroy();
});

await step('errors', async () => {
  const stranger = await http.walletNew('secp256k1');
  await assert.rejects(http.stateGetActor(stranger, []),
    /actor not found/);
  await assert.rejects(http.stateLookupID(stranger, []),
    /resolve address .*: actor not found/);
  await assert.rejects(http.mpoolPushMessage(message(own, made, '1', { Nonce: 7 }), null),
    /expects message nonce to be 0/);
  await assert.rejects(http.mpoolPushMessage(message(own, made, atto(20_000)), null));
});

end();
