// The vault: deposits, conformance, keys, sealed releases, leased reading and results. Knows no database.
export type {
  Destruction,
  OpenedDeposit,
  OperationOptions,
  ReleaseColumn,
  ReleaseData,
  SealedRelease,
  SourceDeposit,
  StoredEvidence,
  Vault,
  VaultProgress,
} from './contract';
export { DepositFinding, DepositReport, FindingCode } from './conformance/report';
export { EVIDENCE_MEDIA_TYPES } from './evidence/media-types';
export { bandLabels, bandOf } from './grant/bands';
export { fileColumns } from './grant/columns';
export type { FileColumn } from './grant/columns';
export { FieldSpec, codesOf } from './grant/fields';
export { exampleOf, isOutside, keyOf, writtenAs } from './grant/times';
export { DataSpec, GrantSpec, Tier } from './grant/spec';
export { grantProblems } from './grant/granted';
export { openKeyStore } from './keys/key-store';
export type { KeyKind, KeyStore } from './keys/key-store';
export { VaultRefusal } from './objects/failures';
export type { RefusalCode } from './objects/failures';
export { ReleaseAssessment, ReleaseManifest } from './release/manifest';
export type { EarlierRelease } from './release/people';
export { ResultManifest } from './results/manifest';
export { runLeased } from './reading/lease';
export type { Lease, LeasedOptions } from './reading/lease';
export { receiveDeposit } from './deposit';
export type { DepositIntake, DepositReceipt } from './deposit';
export { openVault } from './vault';
export type { VaultPlaces } from './vault';
export type { EngineLimits } from './engine/engine';
export { keepReady } from './engine/ready';
export { limitMemory } from './engine/memory';
export type { RowText } from './conformance/structure';
