// The embedded Temporal keeps its workflows across kill -9, because they lie in a file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { temporalBinary } from '../temporal/binary';
import { anyFreePort } from './ports';
import { startTemporal } from './temporal';

jest.setTimeout(120_000);

const dir = mkdtempSync(path.join(tmpdir(), 'parley-temporal-'));
afterAll(() => rmSync(dir, { recursive: true }));

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

it('still knows a workflow after kill -9', async () => {
  const options = {
    binary: await temporalBinary(() => undefined),
    dbFile: path.join(dir, 'temporal.sqlite'),
    port: await anyFreePort(),
    logFile: path.join(dir, 'temporal.log'),
  };
  const first = await startTemporal(options);
  await withClient(first.address, async (client) => {
    await client.workflow.start('anything', { workflowId: 'kept', taskQueue: 'nobody' });
  });
  process.kill(first.pid, 'SIGKILL');

  const second = await startTemporal(options);
  const status = await withClient(second.address, async (client) => {
    return (await client.workflow.getHandle('kept').describe()).status.name;
  });
  await second.stop();
  expect(status).toBe('RUNNING');
});

it('says what the server said when it cannot start', async () => {
  const logFile = path.join(dir, 'failing.log');
  const start = startTemporal({ binary: '/bin/false', port: await anyFreePort(), logFile });
  await expect(start).rejects.toThrow(/Temporal did not start on 127\.0\.0\.1/);
});
