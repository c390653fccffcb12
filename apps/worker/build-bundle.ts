// Build step for images: makes the workflow bundle beside the built workflows, so that production starts without a bundler.
import { DefaultLogger } from '@temporalio/worker';
import { BUILT_BUNDLE, workflowBundle } from './bundle';

async function build(): Promise<void> {
  const { code } = await workflowBundle(new DefaultLogger('WARN'));
  console.log(`${BUILT_BUNDLE}: ${Math.round(code.length / 1024)} kB`);
}

build().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
