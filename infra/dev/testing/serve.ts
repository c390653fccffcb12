// The test servers as a process of its own, for `npm test`: it reports their environment to its parent, and ends with it.
import { startTestServers } from './servers';

async function main(): Promise<void> {
  const servers = await startTestServers((line) => console.log(`  ${line}`));
  const stop = () => void servers.stop().then(() => process.exit(0));
  // The channel closes when the parent ends in whatever way, so nothing is left running.
  process.once('disconnect', stop);
  // Ctrl-C reaches the whole terminal group; the parent decides when the servers go.
  process.on('SIGINT', () => undefined);
  process.once('SIGTERM', stop);
  process.send?.(servers.environment);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
