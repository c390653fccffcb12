// Verifying an export: nothing but the file, the log's key, and what whoever verifies kept from before. Never re-decides.
import { createHash, sha256Hex } from '#libs/log';
import type { TreeHead } from '#libs/log';
import { Archive } from './archive';
import type { Limits } from './archive';
import { checkOpenings, consistencyProofs, handoverNotes, readLedger } from './ledger';
import type { Ledger } from './ledger';
import { checkComputed, checkSealed } from './signed';
import { compareHeads, givenKeys, signedHead, trustedKeys, witnessed } from './trust';
import type { Given } from './trust';
import { Failed, Findings } from './verdict';
import type { Verdict } from './verdict';

const MANIFEST = 'manifest-sha256.txt';
/** What proves itself by the signed head, and so cannot be listed in an entry under it. */
const SELF_PROVING: ReadonlySet<string> = new Set(
  [
    'checkpoint',
    'key.pub',
    'handovers.jsonl',
    'consistency.jsonl',
    'entries.jsonl',
    'proofs.jsonl',
    'withheld.jsonl',
  ].map((name) => `ledger/${name}`),
);

/** @throws TypeError for a key of the caller's that cannot be read; of the bundle, nothing makes it throw. */
export async function verifyBundle(blob: Blob, given: Given, limits?: Limits): Promise<Verdict> {
  const findings = new Findings();
  const keys = givenKeys(given.keys);
  await findings.check('The zip', async () => {
    const archive = await Archive.open(blob, limits);
    const trusted = await trustedKeys(keys, await keyLines(archive), await handoverNotes(archive));
    const head = await signedHead(await archive.text('ledger/checkpoint'), trusted, 'ledger/checkpoint');
    findings.proved.push(`The head of ${head.size} entries is signed by the log ${head.origin}.`);
    if (keys.length === 0)
      findings.unproven.push(
        'the key that signed it was taken from the file itself; give the one you know with --key',
      );
    await compareHeads(head, given, trusted, await consistencyProofs(archive, head), findings);
    await witnessed(head.note, given, findings);
    const ledger = await readLedger(archive, head);
    const manifest = await checkExport(archive, ledger);
    await checkFiles(archive, manifest, ledger);
    const openings = await checkOpenings(archive, ledger);
    await checkSealed(archive, ledger);
    await checkComputed(archive, ledger);
    report(ledger, openings, manifest.size, findings);
    assertions(head, given, findings);
  });
  return findings.verdict('export');
}

async function keyLines(archive: Archive): Promise<string[]> {
  const text = await archive.text('ledger/key.pub');
  if (!text.endsWith('\n')) throw new Failed('ledger/key.pub does not end with a newline.');
  return text.slice(0, -1).split('\n');
}

/** The export's own entry ends the bundle, says up to where it goes, and has the digest of the list of its files. */
async function checkExport(archive: Archive, { streams }: Ledger): Promise<Map<string, string>> {
  const { last, projectId, programmeId, project } = streams;
  if (project === null || projectId === null) throw new Failed('There is no project in it.');
  if (last?.type !== 'ProjectExported' || streams.versionOf(projectId) !== last.version)
    throw new Failed(
      'It does not end with the entry that records this export: entries are missing at its end.',
    );
  const { manifest, programmeVersion, projectVersion, profile } = last.data;
  if (projectVersion !== last.version - 1 || streams.versionOf(programmeId) !== programmeVersion)
    throw new Failed(
      `It should show the programme up to version ${programmeVersion} and the project up to ${projectVersion}, and does not.`,
    );
  if (profile === 'auditor' && streams.withheld > 0)
    throw new Failed('An export for auditors withholds no entry, and this one does.');
  const text = await archive.text(MANIFEST);
  if (sha256Hex(text) !== manifest)
    throw new Failed(`${MANIFEST} is not the list whose digest was recorded with this export.`);
  return listed(text);
}

function listed(text: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const line of text.slice(0, -1).split('\n')) {
    const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
    if (!match) throw new Failed(`${MANIFEST} has a line that lists no file.`);
    files.set(match[2] as string, match[1] as string);
  }
  return files;
}

/** Every file listed is there with its digest, and no other file is there. */
async function checkFiles(
  archive: Archive,
  manifest: ReadonlyMap<string, string>,
  { digests, erased }: Ledger,
): Promise<void> {
  const extra = archive.names.find(
    (name) => !manifest.has(name) && !SELF_PROVING.has(name) && name !== MANIFEST,
  );
  if (extra !== undefined)
    throw new Failed(`${JSON.stringify(extra)} was added: the export has no such file.`);
  for (const [name, digest] of manifest) {
    if (!archive.has(name)) throw new Failed(`${name} was removed from the export.`);
    const hash = createHash('sha256');
    for await (const piece of archive.bytes(name)) hash.update(piece);
    if (hash.digest('hex') !== digest)
      throw new Failed(`${name} was changed: its digest is not the one listed.`);
    const id = /^content\/([0-9a-f]{64})\.json$/.exec(name)?.[1];
    if (id !== undefined && (id !== digest || !digests.has(id)))
      throw new Failed(`${name} is not content that an entry names by its digest.`);
    if (id !== undefined && erased.words.has(id))
      throw new Failed(`${name}: this content was erased, and stands here all the same.`);
  }
}

function report(
  { streams, checked, erased }: Ledger,
  openings: number,
  files: number,
  { proved, noted }: Findings,
): void {
  proved.push(
    `${streams.entries} entries of ${streams.projectId} and ${streams.programmeId} are in the log, in order, without a gap.`,
    `${files} files and ${openings} texts are those that were recorded.`,
    `I5, I6, I7: ${checked.decisions} decisions, each one's only one, on the content shown, by somebody asked.`,
  );
  if (checked.computed.length > 0)
    proved.push(
      `${checked.computed.length} results: the digest of the code in each one's entry is the one its checker was shown.`,
    );
  if (checked.unsettled.length === 0)
    proved.push(
      `I1, I3: at ${checked.permits} permits and ${checked.reads} reads the gate stood open, with every signature it needs.`,
    );
  else
    noted.push(...checked.unsettled.map((what) => `Cannot be judged, since entries are withheld: ${what}.`));
  noted.push(...erased.by);
  if (checked.recorded.length > 0)
    noted.push(
      `${checked.recorded.length} answers (${checked.recorded.join(', ')}) are RECORDED: somebody else wrote down what a person without e-mail said; ${checked.countersigned} were countersigned by a colleague of the signer.`,
    );
  if (streams.withheld > 0)
    noted.push(
      `${streams.withheld} entries are withheld by this export's profile; their places are proved, not what they say.`,
    );
}

function assertions(
  head: TreeHead,
  { witnesses = [], checkpoints = [] }: Given,
  { asserted }: Findings,
): void {
  asserted.push('That the person named clicked: the operator recorded it; their own receipt says the same.');
  if (witnesses.length === 0)
    asserted.push('The times in it: the operator’s clock, unless witnesses cosigned before and after.');
  if (checkpoints.length === 0)
    asserted.push('That there is no second log: compare its head with one that somebody else was given.');
  asserted.push(`What happened after entry ${head.size - 1}: only a newer receipt or export shows it.`);
}
