// A disk that fills up while a release is made, wherever in the making: nothing half made, said in words, made when there is room.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Attempt } from '../testing/filling';

const ROOT = path.resolve(__dirname, '../../..');
const FROM_SOURCE = path.join(ROOT, 'activities/analyses/compute/from-source.cjs');
const PROGRAM = path.join(ROOT, 'libs/vault/testing/filling.ts');

const noRoom = (place: string) =>
  `There is no room left in ${place}. Nothing was kept of what was being written; free some space and try again.`;

it('I11: a release is made whole or not at all, and made when there is room again', () => {
  const args = ['--conditions=parley-source', '--require', FROM_SOURCE, PROGRAM];
  const attempts = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Attempt[];
  const kept = ['deposit'];
  expect(attempts).toEqual([
    { room: 'for nothing', said: noRoom('the key store'), kept },
    { room: 'not for the deposit as it is read', said: noRoom('the private working directory'), kept },
    { room: 'not for all the rows', said: noRoom('the private working directory'), kept },
    { room: 'for all the rows, and not for them sealed', said: noRoom('the vault'), kept },
    {
      room: 'enough',
      said: 'sealed, the same to the byte',
      kept: [...kept, 'release'],
    },
  ]);
});
