// The transparency log in the database: reading it, sequencing it, and the directory of its keys.
export { readLog } from './reading';
export type { Closure, LogReading, SignedHead } from './reading';
export { acceptLoss } from './losses';
export { logReceipt } from './receipts';
export { Sequencer } from './sequencer';
export type { Pass } from './sequencer';
export { AnotherLogSeen, askForCosignature, parseWitnesses } from './witnessing';
export type { WitnessAddress } from './witnessing';
export { addLogKey, openKeyDirectory, retireLogKeys } from './key-directory';
export type { KeyDirectory } from './key-directory';
