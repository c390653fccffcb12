// Build step: makes the workflow bundle beside the built workflows, so that production starts without a bundler.
import { writeFileSync } from 'node:fs';
import { DefaultLogger } from '@temporalio/worker';
import { BUILT_BUNDLE, bundleWorkflows } from './bundle';

async function build(): Promise<void> {
  const { code } = await bundleWorkflows(new DefaultLogger('WARN'));
  writeFileSync(BUILT_BUNDLE, code);
  console.log(`${BUILT_BUNDLE}: ${Math.round(code.length / 1024)} kB`);
}

build().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
