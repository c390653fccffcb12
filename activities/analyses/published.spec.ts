// Which published tables results are compared with, and what of those is said that can be read no more.
import { check, imported, registered } from '../../libs/testing/published-story';
import { atDataRequest, WORKER } from '../../libs/testing/story';
import type { Story } from '../../libs/testing/story';
import { Refused } from '#libs/ledger';
import type { Ledger } from '#libs/ledger';
import { VaultRefusal } from '#libs/vault';
import type { Vault } from '#libs/vault';
import { publishedTables } from './published';

const COLUMNS = { treat: { kind: 'number', values: Float64Array.of(0, 1) } } as const;
const TERMS = {
  ...{ level: 'CELLS' as const, dimensions: ['treat'], sums: [] },
  fields: [{ name: 'treat', type: 'category' as const, codes: ['0', '1'] }],
};
function taken(level: 'ROWS' | 'CELLS' = 'CELLS'): Story {
  const story = imported(registered(atDataRequest()), level);
  if (level === 'CELLS') Object.assign(story.project.imports['imp1']!, { depositAs: TERMS });
  return story;
}

/** The gate as the story's own rules have it, and a vault that reads what it is given or says why not. */
async function tablesOf(story: Story, wrong?: Error) {
  const opened: string[] = [];
  const ledger: Pick<Ledger, 'openDeposit'> = {
    openDeposit: (_project, deposit, purpose) => {
      const tried = story.tryProject(WORKER, { type: 'OpenDeposit', deposit, purpose });
      if (!tried.ok) return Promise.reject(new Refused(tried.refusal));
      opened.push(`${deposit} to ${purpose}`);
      return Promise.resolve({ wrappedKey: 'wrapped', receipt: {} } as Awaited<
        ReturnType<Ledger['openDeposit']>
      >);
    },
  };
  const vault: Pick<Vault, 'readPublished'> = {
    readPublished: (_deposit, { dimensions }) =>
      wrong ? Promise.reject(wrong) : Promise.resolve({ dimensions, columns: COLUMNS }),
  };
  const tables = await publishedTables({ ledger, vault }, story.world, new AbortController().signal);
  return { tables, opened };
}
const UNREADABLE = { name: 'areas, version 2027', columns: null };

it('DOMAIN § 5 differencing: a table of cells is opened to compare, whether or not its legal check was made', async () => {
  const story = taken();
  const expected = { name: 'areas, version 2027', dimensions: ['treat'], columns: COLUMNS };
  expect(await tablesOf(story)).toEqual({ tables: [expected], opened: ['d1 to compare'] });
  story.onProject(story.as('riskOwner'), check(story));
  expect((await tablesOf(story)).tables).toEqual([expected]);
});

it('DOMAIN § 5 differencing: what was published stays known when the copy is destroyed or damaged', async () => {
  const story = taken();
  expect((await tablesOf(story, new VaultRefusal('DAMAGED', 'cut short'))).tables).toMatchObject([
    UNREADABLE,
  ]);
  story.onProject(story.as('riskOwner'), check(story, 'NOT_PERMITTED'));
  story.onProject(WORKER, { type: 'CertifyDepositDestroyed', deposit: 'd1', certificate: 'c' });
  expect(await tablesOf(story)).toMatchObject({ tables: [UNREADABLE], opened: [] });
});

it('an outage is no answer: the run is tried again', async () => {
  await expect(tablesOf(taken(), new VaultRefusal('ENGINE_FAILED', 'killed'))).rejects.toThrow('killed');
});

it('rows that were published are no table of counts, and a file that was never accepted is none', async () => {
  expect(await tablesOf(taken('ROWS'))).toEqual({ tables: [], opened: [] });
  expect(await tablesOf(registered(atDataRequest()))).toEqual({ tables: [], opened: [] });
});
