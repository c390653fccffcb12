// Readiness of the API names what is missing, asked of a Postgres and a Temporal that nobody can reach.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Response } from 'express';
import { Pool } from 'pg';
import { Progress } from '../analyses/progress';
import { HealthController } from './health.controller';

/** Nothing listens on port 1. */
const NOWHERE = '127.0.0.1:1';

let directory: string;
beforeAll(() => (directory = mkdtempSync(path.join(tmpdir(), 'parley-health-'))));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function readiness(vaultDir: string) {
  const database = new Pool({ connectionString: `postgres://parley_api@${NOWHERE}/parley` });
  const progress = new Progress(NOWHERE, 'default');
  const controller = new HealthController({ source: database } as never, progress, { vaultDir } as never);
  let status = 0;
  const answer = await controller.ready({ status: (code: number) => (status = code) } as never as Response);
  await Promise.all([database.end(), progress.close()]);
  return { status, ...answer };
}

it('without a database it is not ready; without Temporal decisions are recorded all the same, and it says so', async () => {
  expect(await readiness(directory)).toEqual({
    ...{ status: 503, ready: false, missing: ['database'], degraded: ['temporal'] },
  });
});

it('names everything that is missing at once', async () => {
  const { status, missing } = await readiness(path.join(directory, 'nowhere'));
  expect({ status, missing }).toEqual({ status: 503, missing: ['database', 'vault directory'] });
});
