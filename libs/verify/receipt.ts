// Verifying one receipt: the entry, its place in the log, and the signature under the head.
import { ReceiptSchema } from '#libs/contracts/receipt';
import { EntrySchema } from '#libs/contracts/entry';
import { fromBase64, isIncluded, leafHash } from '#libs/log';
import { canonicalValue } from './lines';
import { compareHeads, givenKeys, signedHead, trustedKeys, witnessed } from './trust';
import type { Given } from './trust';
import { Failed, Findings } from './verdict';
import type { Verdict } from './verdict';

const LARGEST = 4_000_000;

/** @throws TypeError for a key of the caller's that cannot be read; of the receipt, nothing makes it throw. */
export async function verifyReceipt(text: string, given: Given): Promise<Verdict> {
  const findings = new Findings();
  const keys = givenKeys(given.keys);
  await findings.check('The receipt', async () => {
    const receipt = read(text);
    const trusted = await trustedKeys(keys, receipt.keys, receipt.handovers);
    const head = await signedHead(receipt.checkpoint, trusted, 'The head in the receipt');
    const entry = EntrySchema.safeParse(canonicalValue(receipt.entry, 'The entry'));
    if (!entry.success) throw new Failed('What it holds is no entry of a ledger.');
    const path = receipt.path.map((hash) => fromBase64(hash) ?? new Uint8Array());
    if (!isIncluded(leafHash(receipt.entry), receipt.index, head, path))
      throw new Failed(
        `The entry is not entry ${receipt.index} of the log under the signed head: it or its proof was changed.`,
      );
    const { type, stream, version, at, actor } = entry.data;
    findings.proved.push(
      `The head of ${head.size} entries is signed by the log ${head.origin}.`,
      `Entry ${receipt.index} of it is version ${version} of ${stream}: ${type} at ${at} by ${Object.values(actor).join()}.`,
    );
    if (keys.length === 0)
      findings.unproven.push(
        'the key that signed it was taken from the receipt itself; give the one you know with --key',
      );
    await compareHeads(head, given, trusted, new Map(), findings);
    await witnessed(head.note, given, findings);
    findings.asserted.push(
      `That ${at} was the time: the operator’s clock, unless witnesses cosigned before and after.`,
    );
  });
  return findings.verdict('receipt');
}

function read(text: string) {
  if (text.length > LARGEST) throw new Failed('It is larger than any receipt.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Failed('It is no JSON.');
  }
  if (typeof value === 'object' && value !== null && 'format' in value && value.format !== 1)
    throw new Failed('It has a format that this version does not know.');
  const parsed = ReceiptSchema.safeParse(value);
  if (!parsed.success) throw new Failed('It is no receipt as the engine writes them.');
  return parsed.data;
}
