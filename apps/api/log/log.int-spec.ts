// The log over HTTP: an outsider with the key alone proves an entry from the head and the tiles, and that the log only grew.
import { ReceiptSchema } from '#libs/contracts/receipt';
import type { LogReceipt } from '#libs/contracts/receipt';
import {
  consistencyRanges,
  inclusionRanges,
  isConsistent,
  isIncluded,
  leafHash,
  parseCheckpoint,
  parseNote,
  parseVerifier,
  signedBy,
  TiledTree,
  tilePath,
} from '#libs/log';
import { gather, install } from '../testing/installation';
import type { Installation, Team } from '../testing/installation';
import { expectProblem } from '../testing/problem';
import { atDataRequest, withAgreement } from '../testing/setting-up';

jest.setTimeout(120_000);

let installation: Installation;
let team: Team;
let project: string;

beforeAll(async () => {
  installation = await install();
  team = await gather(installation);
  await withAgreement(installation, team);
  project = `/projects/${await atDataRequest(installation, team)}`;
});
afterAll(() => installation?.stop());

const get = (path: string) => fetch(`${installation.url}/log/${path}`);
/** All an outsider does: nothing but HTTP, the specification, and a key they were given. */
async function signedHead() {
  const response = await get('checkpoint');
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const note = parseNote(new Uint8Array(await response.arrayBuffer()));
  const head = parseCheckpoint(note?.text ?? '');
  if (note === null || head === null) throw new Error('no checkpoint');
  expect(await signedBy(note, parseVerifier(await (await get('keys')).text()))).toBe('SIGNED');
  return head;
}
const treeOf = (size: number) =>
  new TiledTree(size, async (tile) => {
    const response = await get(tilePath(tile));
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('cache-control')).toContain('immutable');
    return new Uint8Array(await response.arrayBuffer());
  });

it('before the first head there is nothing to show', async () => {
  expect((await get('checkpoint')).status).toBe(404);
});

it('I9: proves entries by tiles, and that the log only grew, to someone without an account', async () => {
  await installation.sequence();
  const first = await signedHead();
  const { client } = team.people.lead;
  const receipt: LogReceipt = ReceiptSchema.parse(await client.see(`${project}/ledger/1/receipt`));
  const tree = treeOf(first.size);
  const path = await tree.hashesOf(inclusionRanges(receipt.index, first.size));
  expect(isIncluded(leafHash(receipt.entry), receipt.index, first, path)).toBe(true);
  await client.make(`${project}/suspension`, { reason: 'A change of policy' });
  await installation.sequence();
  const second = await signedHead();
  expect(second.size).toBeGreaterThan(first.size);
  const proof = await treeOf(second.size).hashesOf(consistencyRanges(first.size, second.size));
  expect(isConsistent(first, second, proof)).toBe(true);
});

it('a receipt is for those who may read the entry', async () => {
  const outsider = await installation.client(null).get(`${project}/ledger/1/receipt`);
  expectProblem(outsider, 401);
  expectProblem(await team.people.lead.client.get(`${project}/ledger/999999/receipt`), 404);
});

it.each([
  'tile/0/999',
  'tile/0/000',
  'tile/9/000.p/1',
  'tile/0/000.p/256',
  'tile/0/../../x',
  'tile/entries/000',
  'tile/0/%30%30%30',
])('there is no tile %s', async (path) => expect((await get(path)).status).toBe(404));
