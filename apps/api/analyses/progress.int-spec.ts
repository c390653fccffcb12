// Progress as the worker tells it, read back through a real Temporal server; silence where there is none.
import { EventEmitter, once } from 'node:events';
import { Context } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { workflowId } from '#libs/contracts';
import { Progress } from './progress';

jest.setTimeout(60_000);

const address = process.env['TEMPORAL_ADDRESS'] ?? '';
const project = 'prj_aaaaaaaaaaaaaaaa';
const TOLD = {
  ...{ done: 0.25, step: 'counting', startedAt: '2026-01-01T10:00:00.000Z', at: '2026-01-01T10:00:20.000Z' },
};

it('reads what a running activity last told', async () => {
  const taskQueue = `progress-${process.pid}-${Date.now()}`;
  const run = new EventEmitter();
  const [told, enough] = [once(run, 'told'), once(run, 'enough')];
  const tellAndWait = async () => {
    Context.current().heartbeat(TOLD);
    run.emit('told');
    await enough;
  };
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    ...{ connection, taskQueue, activities: { tellAndWait } },
    workflowsPath: require.resolve('../testing/waiting'),
  });
  const progress = new Progress(address, 'default');
  const client = new Client({ connection: await Connection.connect({ address }) });
  await worker.runUntil(async () => {
    const id = workflowId.analysis(project, 'a1');
    const started = await client.workflow.start('waiting', {
      taskQueue,
      workflowId: id,
      workflowIdConflictPolicy: 'TERMINATE_EXISTING',
    });
    await told;
    let found = await progress.of(project, 'a1');
    // The heartbeat travels on its own; each look asks the server once.
    for (let looks = 0; found === null && looks < 200; looks++) found = await progress.of(project, 'a1');
    expect(found).toEqual(TOLD);
    run.emit('enough');
    await started.result();
  });
  expect(await progress.of(project, 'a9')).toBeNull();
  await Promise.all([progress.close(), client.connection.close(), connection.close()]);
});

it('a Temporal that is away is no error: the ledger alone says when a run has ended', async () => {
  const away = new Progress('127.0.0.1:1', 'default');
  expect(await away.of(project, 'a1')).toBeNull();
  expect(await away.isReachable()).toBe(false);
  await away.close();
});
