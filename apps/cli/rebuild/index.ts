// `parley rebuild`: starts every workflow that the ledger says should be going; nobody is asked anything twice.
import { Client, Connection } from '@temporalio/client';
import type { Command } from 'commander';
import { readEnvironment } from '#libs/config';
import { TASK_QUEUES, WAKE_SIGNAL, workflowId } from '#libs/contracts';
import { openLedger, rebuildGate, rebuildReadModels } from '#libs/ledger';
import { ownerUrl } from '../init';

export interface RebuildOptions {
  readonly databaseUrl: string;
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue?: string;
}

export interface Rebuilt {
  programmes: number;
  projects: number;
}

interface StreamRow {
  id: string;
  kind: 'programme' | 'project';
}

/**
 * Wakes the workflow of every stream, starting it where it is missing. Each reads its ledger, starts what else is
 * missing, and skips what the ledger says is done: repeating this at any time is harmless.
 */
export async function rebuild(options: RebuildOptions): Promise<Rebuilt> {
  const opened = await openLedger({ url: options.databaseUrl });
  const connection = await Connection.connect({ address: options.address });
  try {
    const client = new Client({ connection, namespace: options.namespace });
    const streams: StreamRow[] = await opened.dataSource.query(
      'select id, kind from parley.streams order by id',
    );
    for (const { id, kind } of streams) {
      await client.workflow.signalWithStart(kind, {
        workflowId: workflowId[kind](id),
        taskQueue: options.taskQueue ?? TASK_QUEUES.default,
        args: [{ [kind]: id }],
        signal: WAKE_SIGNAL,
        signalArgs: [],
      });
    }
    const projects = streams.filter(({ kind }) => kind === 'project').length;
    return { programmes: streams.length - projects, projects };
  } finally {
    await connection.close();
    await opened.close();
  }
}

export function registerRebuild(program: Command): void {
  program
    .command('rebuild')
    .description('start every workflow the ledger says should be going, for example after Temporal was wiped')
    .option(
      '--read-models',
      'instead, write every read model anew from the entries, while everything goes on',
    )
    .option('--gate', 'instead, write anew from the entries what the database’s own gate goes by')
    .action(async ({ readModels, gate }: { readModels?: true; gate?: true }) => {
      if (readModels === true) return rebuildModels();
      if (gate === true) return rebuildGates();
      const config = readEnvironment(process.env, 'cli');
      const databaseUrl = config.AUDITOR_DATABASE_URL ?? config.OWNER_DATABASE_URL;
      if (!databaseUrl || !config.TEMPORAL_ADDRESS)
        throw new Error(
          'Set AUDITOR_DATABASE_URL and TEMPORAL_ADDRESS (both stand in .parley/env), then run it again.',
        );
      const { programmes, projects } = await rebuild({
        databaseUrl,
        address: config.TEMPORAL_ADDRESS,
        namespace: config.TEMPORAL_NAMESPACE,
      });
      console.log(
        `Woke ${programmes} programmes and ${projects} projects; what was missing has been started.`,
      );
    });
}

async function rebuildModels(): Promise<void> {
  const opened = await openLedger({ url: ownerUrl(), poolSize: 2 });
  try {
    console.log(`Wrote the read models of ${await rebuildReadModels(opened.dataSource)} streams anew.`);
  } finally {
    await opened.close();
  }
}

async function rebuildGates(): Promise<void> {
  const opened = await openLedger({ url: ownerUrl(), poolSize: 2 });
  try {
    console.log(`Wrote what the gate knows of ${await rebuildGate(opened.dataSource)} streams anew.`);
  } finally {
    await opened.close();
  }
}
