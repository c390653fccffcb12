// A pass of the sweep: each part on its own, so that one which fails keeps none of the others from its work.
import type { Swept } from './sweeping';
import { sweepOnce } from './sweeping';

function sweeping(failing: string | null) {
  const done: string[] = [];
  const told: string[] = [];
  const does = <T>(what: string, gives: T): Promise<T> => {
    if (failing === what) return Promise.reject(new Error('away'));
    done.push(what);
    return Promise.resolve(gives);
  };
  const swept: Swept = {
    vault: {
      sweep: () => does('files', { removed: 1 }),
      sweepUnnamed: async (ask) => ({ removed: (await ask(['release-1'])).length }),
    },
    ledger: {
      unnamedObjects: (objects) => does('objects', objects),
      pruneLeases: () => does('leases', 0),
    },
    log: {
      info: (_: object, said: string) => void told.push(said),
      warn: (_: object, said: string) => void told.push(said),
    } as unknown as Swept['log'],
  };
  return { done, told, pass: () => sweepOnce(swept) };
}

it('clears files, objects and leases away, and says what went', async () => {
  const { done, told, pass } = sweeping(null);
  await pass();
  expect(done).toEqual(['files', 'objects', 'leases']);
  expect(told).toEqual([
    'removed plain text and unfinished files that a crash had left',
    'removed sealed objects that no entry names',
  ]);
});

it.each(['files', 'objects', 'leases'])(
  'goes on to the others where %s cannot be looked at',
  async (failing) => {
    const { done, told, pass } = sweeping(failing);
    await pass();
    expect(done).toEqual(['files', 'objects', 'leases'].filter((each) => each !== failing));
    expect(told.filter((said) => said.includes('the next pass tries again'))).toHaveLength(1);
  },
);
