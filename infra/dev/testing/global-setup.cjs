// Jest's set-up for suites on real servers: uses those that `npm test` has started, or starts some for this run alone.

const NEEDED = ['PARLEY_TEST_PG', 'TEMPORAL_ADDRESS', 'SMTP_URL', 'INBOX_URL'];

module.exports = async () => {
  // Jest calls this once for each of the suites; the first call does it.
  if (NEEDED.every((name) => process.env[name])) return;
  const { startTestServers } = require('./servers');
  const servers = await startTestServers((line) => console.log(line));
  Object.assign(process.env, servers.environment);
  globalThis.parleyTestServers = servers;
  stopWhateverHappens(servers);
};

/** The servers are in process groups of their own, so nothing ends them when the run is interrupted. */
function stopWhateverHappens(servers) {
  const killAll = () => servers.pids.forEach((pid) => kill(pid));
  process.once('exit', killAll);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void servers.stop().finally(() => process.exit(1)));
  }
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    // It has been stopped in order, which is the usual case.
  }
}
