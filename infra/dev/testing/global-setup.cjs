// Jest's global set-up for suites on real servers (being built).
module.exports = async () => {};
