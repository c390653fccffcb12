// The deposit entry: the only part of the vault that a process facing the outside may import. It holds no key that opens data.
export { discardDeposit, receiveDeposit } from './intake';
export type { DepositIntake, DepositReceipt } from './intake';
export { ResumableUploads } from './resumable';
export type { ResumableIntake, ResumableLimits, Uploaded } from './resumable';
export { grantProblems } from '../grant/granted';
export { exampleOf, PRECISIONS } from '../grant/times';
export { PLACES } from '../grant/fields';
export { MAX_DEPOSIT_BYTES } from './intake';
export { DepositReport } from '../conformance/report';
export type { DepositFinding } from '../conformance/report';
export { VaultRefusal } from '../objects/failures';
export type { RefusalCode } from '../objects/failures';
