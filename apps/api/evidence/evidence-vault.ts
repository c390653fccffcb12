// The part of the vault that keeps files of evidence, as one injectable class.
import type { Vault } from '#libs/vault';

export class EvidenceVault {
  constructor(readonly vault: Pick<Vault, 'storeEvidence' | 'loadEvidence'>) {}
}
