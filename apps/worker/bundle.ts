// The workflows as one script: made at build time for production, on the fly from sources in tests.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import type { Logger, WorkflowBundleWithSourceMap } from '@temporalio/worker';

const extension = path.extname(__filename);
const WORKFLOWS = path.join(__dirname, '../../workflows');

/** Beside the built workflows, so that a build always holds the bundle of its own code. */
export const BUILT_BUNDLE = path.join(WORKFLOWS, 'workflows.bundle.js');

/** Sources import each other under the condition `parley-source`, as everywhere else (package.json, "imports"). */
const CONDITIONS = ['require', 'node', 'default', ...(extension === '.ts' ? ['parley-source'] : [])];

/** Makes the bundle from the workflows beside this file, whether TypeScript or built; takes a few seconds. */
export async function bundleWorkflows(logger: Logger): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: path.join(WORKFLOWS, `index${extension}`),
    logger,
    webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames: CONDITIONS } }),
  });
}

/** The bundle this build came with, or a fresh one where there is none. */
export async function workflowBundle(logger: Logger): Promise<{ code: string }> {
  return existsSync(BUILT_BUNDLE) ? { code: readFileSync(BUILT_BUNDLE, 'utf8') } : bundleWorkflows(logger);
}
