// The worker process of the Temporal peer: one workflow, one activity, one insert.
import { createServer } from 'node:http';
import { NativeConnection, Worker } from '@temporalio/worker';
import { Pool } from 'pg';

const QUEUE = 'bench-peer';

async function main(): Promise<void> {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
  const connection = await NativeConnection.connect({ address: process.env.TEMPORAL_ADDRESS ?? '' });
  const insert = async ({ run, step }: { run: string; step: number }): Promise<void> => {
    // The notification arrives when the insert has committed.
    await pool.query(
      `with written as (insert into bench.steps values ($1, $2) returning run) select pg_notify('bench', run) from written`,
      [run, step],
    );
  };
  const worker = await Worker.create({
    connection,
    taskQueue: QUEUE,
    workflowsPath: require.resolve('./workflows'),
    activities: { insert },
  });
  const health = createServer((_request, response) => response.end('{}')).listen(
    Number(process.env.PORT),
    '127.0.0.1',
  );
  process.once('SIGTERM', () => worker.shutdown());
  await worker.run();
  health.close();
  await connection.close();
  await pool.end();
}

void main();
