// The workflows as one script: made at build time for production, on the fly from sources in tests.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import type { Logger, WorkflowBundleWithSourceMap } from '@temporalio/worker';

const extension = path.extname(__filename);
const WORKFLOWS = path.join(__dirname, '../../workflows');

/** Beside the built workflows, so that a build always holds the bundle of its own code; of sources, out of the way. */
export const BUILT_BUNDLE =
  extension === '.js'
    ? path.join(WORKFLOWS, 'workflows.bundle.js')
    : path.join(__dirname, '../../node_modules/.cache/parley/workflows.bundle.js');

/** What workflows are made of; activities are only types to them. */
const SOURCES = [
  WORKFLOWS,
  ...['domain', 'contracts'].map((name) => path.join(__dirname, '../../libs', name)),
];

/** Sources import each other under the condition `parley-source`, as everywhere else (package.json, "imports"). */
const CONDITIONS = ['require', 'node', 'default', ...(extension === '.ts' ? ['parley-source'] : [])];

/** Makes the bundle from the workflows beside this file, whether TypeScript or built; takes a few seconds. */
export async function bundleWorkflows(logger: Logger): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: path.join(WORKFLOWS, `index${extension}`),
    logger,
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, conditionNames: CONDITIONS },
    }),
  });
}

/** The bundle made from exactly this build, or a fresh one, kept for the next start where the disk allows it. */
export async function workflowBundle(logger: Logger): Promise<{ code: string }> {
  if (isUpToDate()) return { code: readFileSync(BUILT_BUNDLE, 'utf8') };
  const { code } = await bundleWorkflows(logger);
  keep(code);
  return { code };
}

/** Written aside and renamed, so that a worker starting meanwhile reads the old bundle or the new one. */
function keep(code: string): void {
  const unfinished = `${BUILT_BUNDLE}.${process.pid}`;
  try {
    mkdirSync(path.dirname(BUILT_BUNDLE), { recursive: true });
    writeFileSync(unfinished, code);
    renameSync(unfinished, BUILT_BUNDLE);
  } catch {
    rmSync(unfinished, { force: true }); // a read-only image: it brings its own bundle, or makes one at each start
  }
}

/** A bundle older than what it was made from would run old workflows. */
function isUpToDate(): boolean {
  const made = statSync(BUILT_BUNDLE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return made > 0 && SOURCES.every((folder) => newest(folder) <= made);
}

function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith(extension),
  );
  const others = files.map((name) => path.join(folder, name)).filter((file) => file !== BUILT_BUNDLE);
  return Math.max(0, ...others.map((file) => statSync(file).mtimeMs));
}
