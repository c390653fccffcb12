// Verifying one receipt: the entry, its place in the log, and the signature under the head.
import { ReceiptSchema } from '#libs/contracts/receipt';
import type { LogReceipt } from '#libs/contracts/receipt';
import { EntrySchema } from '#libs/contracts/entry';
import { fromBase64, isIncluded, leafHash } from '#libs/log';
import type { TreeHead, VerifierKey } from '#libs/log';
import { canonicalValue } from './lines';
import { compareHead, compareHeads, givenKeys, signedHead, trustedKeys, witnessed } from './trust';
import type { Given } from './trust';
import { told } from './told';
import type { Told } from './told';
import { Failed, failing, Findings } from './verdict';
import type { Verdict } from './verdict';

const LARGEST = 4_000_000;

/** @throws TypeError for a key of the caller's that cannot be read; of the receipt, nothing makes it throw. */
export async function verifyReceipt(text: string, given: Given): Promise<Verdict> {
  const findings = new Findings();
  const keys = givenKeys(given.keys);
  const witnesses = givenKeys(given.witnesses ?? []);
  await findings.check(told('verifier.theReceipt'), async () => {
    const receipt = read(text);
    const trusted = await trustedKeys(keys, receipt.keys, receipt.handovers);
    const { head, entry } = await placed(receipt, trusted);
    const { type, stream, version, at, actor } = entry;
    findings.proved.push(
      told('verifier.head.signed', { size: `${head.size}`, origin: head.origin }),
      told('verifier.receipt.entry', {
        ...{ index: `${receipt.index}`, version: `${version}`, stream, type, at },
        by: Object.values(actor).join(),
      }),
    );
    if (keys.length === 0) findings.unproven.push(told('verifier.key.ofReceipt'));
    await compareHeads(head, given, trusted, new Map(), findings);
    await witnessed(head.note, witnesses, findings);
    findings.asserted.push(told('verifier.asserted.time', { at }));
  });
  return findings.verdict('RECEIPT');
}

/** Its entry, proved to be in the log under its head, which a trusted key signed. */
async function placed(receipt: LogReceipt, trusted: readonly VerifierKey[]) {
  const head = await signedHead(receipt.checkpoint, trusted, told('verifier.head.inReceipt'));
  const entry = EntrySchema.safeParse(canonicalValue(receipt.entry, told('verifier.theEntry')));
  if (!entry.success) throw failing('verifier.receipt.noEntry');
  const path = receipt.path.map((hash) => fromBase64(hash) ?? new Uint8Array());
  if (!isIncluded(leafHash(receipt.entry), receipt.index, head, path))
    throw failing('verifier.notIncluded', { where: told('verifier.theEntry'), index: `${receipt.index}` });
  return { head, entry: entry.data, index: receipt.index };
}

export type PlacedReceipt = Awaited<ReturnType<typeof placed>> & { what: Told };

/**
 * The receipts given beside an export, by the keys that vouch for the export, each compared with its head; one that does not hold is a
 * finding. `consistent`: proofs that the head extends older ones, by their sizes.
 */
export async function givenReceipts(
  { receipts = [] }: Given,
  trusted: readonly VerifierKey[],
  { head, consistent }: { head: TreeHead; consistent: ReadonlyMap<number, readonly Uint8Array[]> },
  findings: Findings,
): Promise<PlacedReceipt[]> {
  const all: PlacedReceipt[] = [];
  for (const [i, text] of receipts.entries()) {
    const what = told('verifier.receipt.given', { number: `${i + 1}` });
    await findings.check(what, async () => {
      const found = await placedIn(text, trusted).catch((error: unknown) => {
        throw error instanceof Failed ? failing('verifier.receipt.broken', { what, why: error.what }) : error;
      });
      compareHead(head, found.head, consistent, findings);
      all.push({ ...found, what });
    });
  }
  return all;
}

const placedIn = async (text: string, trusted: readonly VerifierKey[]) => placed(read(text), trusted);

function read(text: string) {
  if (text.length > LARGEST) throw failing('verifier.receipt.tooLarge');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw failing('verifier.receipt.notJson');
  }
  if (typeof value === 'object' && value !== null && 'format' in value && value.format !== 1)
    throw failing('verifier.receipt.otherFormat');
  const parsed = ReceiptSchema.safeParse(value);
  if (!parsed.success) throw failing('verifier.receipt.none');
  return parsed.data;
}
