// A process whose disk fills up while it makes a release, at one place after another (see ../release/full-disk.int-spec.ts).
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { leaveRoom } from '../../testing/room';
import { GrantSpec } from '../grant/spec';
import { removeObject } from '../objects/object-store';
import { aVault } from './places';
import type { TestVault } from './places';

/** What came of an attempt with so much room: what it said, and the files that are there afterwards. */
export interface Attempt {
  readonly room: string;
  readonly said: string;
  readonly kept: readonly string[];
}

const fields = [
  { name: 'person', type: 'pseudonym' },
  { name: 're78', type: 'number' },
];
const spec = { level: 'ROWS', fields, dimensions: [], sums: [] };
const grant = GrantSpec.parse({ depositAs: spec, releaseAs: spec, tier: 'DEIDENTIFIED' });
const rows = Array.from({ length: 40 }, (_, n) => `p${String(n).padStart(15, '0')},${n % 7}`);
const csv = ['person,re78', ...rows, ''].join('\n');
const partA = randomBytes(32);

async function fill(test: TestVault): Promise<Attempt[]> {
  const { vault, places } = test;
  const deposit = await test.deposit(csv);
  const made = () =>
    vault.materialise({ release: 'prj_full/rel1', sources: [{ grant, deposit, source: 's' }], partA });
  const kept = () =>
    [places.vaultDir, places.scratchDir].flatMap((directory) =>
      readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap((entry) =>
        entry.isFile() ? [entry.name.replace(/-.*/, '')] : [],
      ),
    );
  const { objectId, manifest } = await made();
  const removedBytes = await removeObject(places.vaultDir, objectId);
  const attempts: Attempt[] = [];
  for (const [room, bytes] of [
    ['for nothing', 10],
    ['not for the deposit as it is read', csv.length - 1],
    ['not for all the rows', manifest.bytes - 1],
    ['for all the rows, and not for them sealed', removedBytes - 1],
    ['enough', null],
  ] as const) {
    leaveRoom(process.pid, bytes);
    const said = await made().then(
      (again) => (again.objectId === objectId ? 'sealed, the same to the byte' : 'sealed otherwise'),
      (error: Error) => error.message,
    );
    attempts.push({ room, said, kept: kept() });
  }
  return attempts;
}

void aVault()
  .then((test) => fill(test).finally(() => test.remove()))
  .then((attempts) => process.stdout.write(JSON.stringify(attempts)));
