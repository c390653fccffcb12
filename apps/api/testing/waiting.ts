// A workflow with one activity that tells its progress and waits, for the test that follows it.
import { proxyActivities } from '@temporalio/workflow';

interface Waiting {
  tellAndWait(): Promise<void>;
}

export async function waiting(): Promise<void> {
  await proxyActivities<Waiting>({
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '10 seconds',
  }).tellAndWait();
}
