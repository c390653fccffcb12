// Jest's tear-down for suites on real servers: stops the servers that the set-up started for this run.
module.exports = async () => {
  const servers = globalThis.parleyTestServers;
  globalThis.parleyTestServers = undefined;
  await servers?.stop();
};
