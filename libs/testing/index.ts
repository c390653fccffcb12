// What tests are built from: a fresh database, and people who take their programme from its start to where a test begins.
export { aDatabase } from './database';
export type { TestDatabase, TestRole } from './database';
export { decision } from './drafts';
export { aSetting, Setting } from './setting';
export { nextForm, personId } from './story';
export type { AnyName, Name } from './story';
export { entriesOf, replay, standClock } from './replay';
export type { Logged } from './replay';
export {
  granted,
  grantRequested,
  permitted,
  receive,
  requested,
  sealed,
  settledQuestion,
  signTrust,
} from './setting-release';
export { leaveRoom } from './room';
export { appendMany } from './long-stream';
