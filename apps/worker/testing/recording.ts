// Records the histories of a test's real run for workflows/histories, when asked to by PARLEY_RECORD_HISTORIES=1.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { Engine } from './engine';

const FOLDER = path.join(__dirname, '../../../workflows/histories');

/** One file per run: `<story>-<workflow>[-<id>][-<n>].json`, n counting the runs of a workflow that continued as new. */
export async function recordHistories(engine: Engine, story: string): Promise<void> {
  if (process.env['PARLEY_RECORD_HISTORIES'] !== '1') return;
  const runs = new Map<string, number>();
  for (const { id, history } of await engine.histories()) {
    const [workflow, , ...rest] = id.split('/');
    const name = [story, workflow, ...rest].join('-');
    const run = (runs.get(name) ?? 0) + 1;
    runs.set(name, run);
    // Which machine recorded it is nobody's business.
    const text = historyToJSON(history).replace(/"identity": "[^"]*"/g, '"identity": "worker"');
    writeFileSync(path.join(FOLDER, `${name}-${run}.json`), `${JSON.stringify(JSON.parse(text))}\n`);
  }
}
