// The legal file as it stands in the boundary that is signed: its bytes' digest, its words, the advice, and reasons against it (B53).
import type { LegalFile, World } from '#libs/domain';
import type { Ledger } from '#libs/ledger';

/** What signers read of a file; null where there is no such version (the domain says so). */
export async function signedLegalFile(ledger: Ledger, { project }: World, id: string) {
  const file = project.legalFiles.find((f) => f.id === id);
  if (!file) return null;
  const bytes = await ledger.content(file.digest);
  const { parts } =
    bytes === null ? { parts: null } : (JSON.parse(bytes.toString('utf8')) as { parts: unknown });
  const { article6, article9, residualRisk, digest } = file;
  return { ...{ file: id, digest, article6, article9, residualRisk, parts }, ...(await heard(ledger, file)) };
}

/** People stand in content under their ids. */
async function heard(ledger: Ledger, { advice, overrides }: LegalFile) {
  const words = await ledger.texts([...advice.map((a) => a.text), ...overrides.map((o) => o.reason)]);
  return {
    advice: advice.map((a) => ({
      ...{ officer: a.person, advice: a.advice, at: a.at, text: words.get(a.text) ?? null },
    })),
    notFollowedBecause: overrides.map((o) => ({
      ...{ riskOwner: o.person, at: o.at, reason: words.get(o.reason) ?? null },
    })),
  };
}
