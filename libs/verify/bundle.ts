// Verifying an export: nothing but the file, the log's key, and what whoever verifies kept from before. Never re-decides.
import { createHash, sha256Hex } from '#libs/log';
import type { TreeHead } from '#libs/log';
import { Archive } from './archive';
import type { Limits } from './archive';
import { checkOpenings, consistencyProofs, handoverNotes, readLedger } from './ledger';
import type { Ledger } from './ledger';
import { givenReceipts } from './receipt';
import type { PlacedReceipt } from './receipt';
import { checkComputed, checkSealed } from './signed';
import { compareHeads, givenKeys, signedHead, trustedKeys, witnessed } from './trust';
import type { Given } from './trust';
import { told } from './told';
import { failing, Findings } from './verdict';
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
    'receipts.jsonl',
    'withheld.jsonl',
  ].map((name) => `ledger/${name}`),
);

/** @throws TypeError for a key of the caller's that cannot be read; of the bundle, nothing makes it throw. */
export async function verifyBundle(blob: Blob, given: Given, limits?: Limits): Promise<Verdict> {
  const findings = new Findings();
  const keys = givenKeys(given.keys);
  const witnesses = givenKeys(given.witnesses ?? []);
  await findings.check(told('verifier.theZip'), async () => {
    const archive = await Archive.open(blob, limits);
    const under = { keys: await keyLines(archive), handovers: await handoverNotes(archive) };
    const trusted = await trustedKeys(keys, under.keys, under.handovers);
    const checkpoint = await archive.text('ledger/checkpoint');
    const head = await signedHead(checkpoint, trusted, told('verifier.head.ofExport'));
    findings.proved.push(told('verifier.head.signed', { size: `${head.size}`, origin: head.origin }));
    if (keys.length === 0) findings.unproven.push(told('verifier.key.ofExport'));
    const consistent = await consistencyProofs(archive, head);
    await compareHeads(head, given, trusted, consistent, findings);
    await witnessed(head.note, witnesses, findings);
    const receipts = await givenReceipts(given, trusted, { head, consistent }, findings);
    const watched = new Set(receipts.map(({ index }) => index));
    const ledger = await readLedger(archive, head, { checkpoint, ...under }, watched);
    for (const receipt of receipts)
      await findings.check(receipt.what, () => findReceipt(receipt, head, ledger, findings));
    const manifest = await checkExport(archive, ledger);
    await checkFiles(archive, manifest, ledger);
    const openings = await checkOpenings(archive, ledger);
    const signed = {
      releases: await checkSealed(archive, ledger),
      results: await checkComputed(archive, ledger),
    };
    report(ledger, { openings, files: manifest.size, ...signed }, findings);
    assertions(head, given, findings);
  });
  return findings.verdict('EXPORT');
}

/** Under consistent heads one place holds one entry: it is enough that the bundle has one there. */
function findReceipt(
  { what, entry: { stream, version, type }, index }: PlacedReceipt,
  head: TreeHead,
  { streams, met }: Ledger,
  findings: Findings,
): void {
  const entry = { index: `${index}`, version: `${version}`, stream, type };
  if (stream !== streams.projectId && stream !== streams.programmeId)
    findings.noted.push(told('verifier.receipt.elsewhere', { what, ...entry }));
  else if (met.has(index)) findings.proved.push(told('verifier.receipt.found', { what, ...entry }));
  else if (index >= head.size || version > streams.versionOf(stream))
    findings.unproven.push(told('verifier.receipt.later', entry));
  else throw failing('verifier.receipt.leftOut', { what, ...entry });
}

async function keyLines(archive: Archive): Promise<string[]> {
  const text = await archive.text('ledger/key.pub');
  if (!text.endsWith('\n')) throw failing('verifier.file.noNewline', { name: 'ledger/key.pub' });
  return text.slice(0, -1).split('\n');
}

/** The export's own entry ends the bundle, says up to where it goes, and has the digest of the list of its files. */
async function checkExport(archive: Archive, { streams }: Ledger): Promise<Map<string, string>> {
  const { last, projectId, programmeId, project } = streams;
  if (project === null || projectId === null) throw failing('verifier.export.noProject');
  if (last?.type !== 'ProjectExported' || streams.versionOf(projectId) !== last.version)
    throw failing('verifier.export.cutOff');
  const { manifest, programmeVersion, projectVersion, profile } = last.data;
  if (projectVersion !== last.version - 1 || streams.versionOf(programmeId) !== programmeVersion)
    throw failing('verifier.export.otherVersions', {
      programme: `${programmeVersion}`,
      project: `${projectVersion}`,
    });
  if (profile === 'auditor' && streams.withheld > 0) throw failing('verifier.export.withholds');
  const text = await archive.text(MANIFEST);
  if (sha256Hex(text) !== manifest) throw failing('verifier.manifest.other', { name: MANIFEST });
  return listed(text);
}

function listed(text: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const line of text.slice(0, -1).split('\n')) {
    const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
    if (!match) throw failing('verifier.manifest.noFile', { name: MANIFEST });
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
  if (extra !== undefined) throw failing('verifier.file.added', { name: JSON.stringify(extra) });
  for (const [name, digest] of manifest) {
    if (!archive.has(name)) throw failing('verifier.file.removed', { name });
    const hash = createHash('sha256');
    for await (const piece of archive.bytes(name)) hash.update(piece);
    if (hash.digest('hex') !== digest) throw failing('verifier.file.changed', { name });
    const id = /^content\/([0-9a-f]{64})\.json$/.exec(name)?.[1];
    if (id !== undefined && (id !== digest || !digests.has(id)))
      throw failing('verifier.file.notNamed', { name });
    if (id !== undefined && erased.words.has(id)) throw failing('verifier.file.erased', { name });
  }
}

function report(
  { streams, checked, erased }: Ledger,
  { openings, files, releases, results }: Record<'openings' | 'files' | 'releases' | 'results', number>,
  { proved, noted }: Findings,
): void {
  proved.push(
    told('verifier.proved.entries', {
      ...{ count: streams.entries, project: `${streams.projectId}`, programme: `${streams.programmeId}` },
    }),
    told('verifier.proved.files', { files, openings }),
    told('verifier.proved.decisions', { count: checked.decisions }),
  );
  if (releases > 0) proved.push(told('verifier.proved.releases', { count: releases }));
  if (results > 0) proved.push(told('verifier.proved.results', { count: results }));
  if (checked.unsettled.length === 0)
    proved.push(told('verifier.proved.gate', { permits: checked.permits, reads: checked.reads }));
  else noted.push(...checked.unsettled.map((what) => told('verifier.noted.unsettled', { what })));
  noted.push(...erased.by);
  if (checked.recorded.length > 0)
    noted.push(
      told('verifier.noted.recorded', {
        count: checked.recorded.length,
        entries: checked.recorded.reduce((before, next) => told('verifier.list', { before, next })),
        countersigned: checked.countersigned,
      }),
    );
  if (streams.withheld > 0) noted.push(told('verifier.noted.withheld', { count: streams.withheld }));
}

function assertions(
  head: TreeHead,
  { witnesses = [], checkpoints = [] }: Given,
  { asserted }: Findings,
): void {
  asserted.push(told('verifier.asserted.click'));
  if (witnesses.length === 0) asserted.push(told('verifier.asserted.times'));
  if (checkpoints.length === 0) asserted.push(told('verifier.asserted.oneLog'));
  asserted.push(told('verifier.asserted.after', { index: `${head.size - 1}` }));
}
