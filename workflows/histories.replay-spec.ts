// Recorded histories of real runs, replayed against today's workflows: a change that would confuse running ones fails here.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';

const FOLDER = path.join(__dirname, 'histories');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const logger = new DefaultLogger('ERROR');

/** Under the file's name, so that one worker replays all and each still has a test of its own. */
function* histories() {
  for (const file of files)
    yield {
      workflowId: file,
      history: historyFromJSON(JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'))),
    };
}

describe('recorded histories', () => {
  const replayed = new Map<string, Error | undefined>();
  beforeAll(async () => {
    Runtime.install({ logger });
    const workflowBundle = await bundleWorkflowCode({
      workflowsPath: path.join(__dirname, 'index.ts'),
      logger,
      webpackConfigHook: (config) => ({
        ...config,
        resolve: { ...config.resolve, conditionNames: ['parley-source', 'require', 'node', 'default'] },
      }),
    });
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories()))
      replayed.set(workflowId, error);
  }, 60_000);

  it('cover every workflow', () => {
    const recorded = new Set(files.map((name) => name.split('-')[1]));
    expect([...recorded].sort()).toEqual(
      ['analysis', 'checkpoint', 'cycle', 'programme', 'project', 'release', 'request'].sort(),
    );
  });

  it.each(files)('%s replays', (file) => {
    expect([replayed.has(file), replayed.get(file)]).toEqual([true, undefined]);
  });

  it.each(files)('T12: %s holds identifiers only', (file) => {
    const text = readFileSync(path.join(FOLDER, file), 'utf8');
    const payloads = [...text.matchAll(/"data":"([A-Za-z0-9+/=]+)"/g)].map(([, data]) =>
      Buffer.from(data ?? '', 'base64').toString(),
    );
    // Ids, statuses, versions, marks and durations: nothing with two words in it, and no address.
    for (const payload of payloads) expect(payload).not.toMatch(/"[^"]*[A-Za-z]+ [A-Za-z]+[^"]*"|@/);
  });
});
