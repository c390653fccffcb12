// Signed notes, checkpoints and cosignatures against published keys and notes, and against changes of every byte.
import {
  ALGORITHM,
  bytesOf,
  checkpointText,
  cosignature,
  cosignedAt,
  fromBase64,
  newSigner,
  noteText,
  parseCheckpoint,
  parseNote,
  parseSigner,
  parseVerifier,
  signedBy,
  signedCheckpoint,
  signerText,
  verifierText,
} from '.';

/** The key, and the note it signed, of the documentation of golang.org/x/mod/sumdb/note. */
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_SIGNER = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const GO_NOTE =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n\n" +
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

const head = { origin: 'log.example/parley', size: 7, root: new Uint8Array(32).fill(9) };

describe('signed notes', () => {
  it('verify what another implementation signed, and sign it the same', async () => {
    const key = parseVerifier(GO_KEY);
    const note = parseNote(GO_NOTE);
    expect(note && (await signedBy(note, key))).toBe('SIGNED');
    const signer = await parseSigner(GO_SIGNER);
    expect(verifierText(signer)).toBe(GO_KEY);
    expect(signerText(signer)).toBe(GO_SIGNER);
    const own = await signer.sign(bytesOf(note?.text ?? ''));
    expect(Buffer.from(own)).toEqual(Buffer.from(note?.signatures[0]?.signature ?? []));
  });

  it('verify with no byte changed', async () => {
    const key = parseVerifier(GO_KEY);
    const bytes = bytesOf(GO_NOTE);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      const note = parseNote(changed);
      expect(note === null ? 'NOT_SIGNED' : await signedBy(note, key)).not.toBe('SIGNED');
    }
  });

  it.each([
    ['CRLF', GO_NOTE.replaceAll('\n', '\r\n')],
    ['no blank line', GO_NOTE.replace('\n\n', '\n')],
    ['no final newline', GO_NOTE.slice(0, -1)],
    ['a signature that is no base64', GO_NOTE.replace('x08go', 'x08g*')],
    ['no signature', GO_NOTE.slice(0, GO_NOTE.indexOf('—'))],
  ])('are refused with %s', (_, text) => expect(parseNote(text)).toBeNull());

  it('are refused where they are not UTF-8', () => {
    expect(parseNote(Uint8Array.of(0xff, ...bytesOf(GO_NOTE)))).toBeNull();
  });

  it.each([
    ['another id', GO_KEY.replace('c74f20a3', 'c74f20a4')],
    ['another algorithm', GO_KEY.replace('ARpc', 'AxpC')],
    ['a space in its name', GO_KEY.replace('PeterN', 'Peter N')],
    ['nothing', ''],
  ])('a key with %s is refused', (_, text) => expect(() => parseVerifier(text)).toThrow(TypeError));

  it('never repeat a private key in an error', async () => {
    const broken = GO_SIGNER.replace('c74f20a3', 'c74f20a4');
    await expect(parseSigner(broken)).rejects.toThrow(expect.not.stringContaining('AYEKFALV') as string);
  });

  it('spoil a note where a known key is named and its signature fails', async () => {
    const [log, other] = [
      await newSigner(head.origin, ALGORITHM.ED25519),
      await newSigner('x.example', ALGORITHM.ED25519),
    ];
    const text = checkpointText(head);
    const right = parseNote(await signedCheckpoint(head, [log]));
    const wrong = {
      ...right?.signatures[0],
      ...{ name: log.name, id: log.id, signature: new Uint8Array(64) },
    };
    expect(await signedBy({ text, signatures: [...(right?.signatures ?? []), wrong] }, log)).toBe('FORGED');
    expect(await signedBy({ text, signatures: right?.signatures ?? [] }, other)).toBe('NOT_SIGNED');
  });
});

describe('checkpoints', () => {
  it('read the example of the specification', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    expect(parseCheckpoint(text)).toEqual({
      origin: 'example.com/behind-the-sofa',
      size: 20852163,
      root: fromBase64('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='),
    });
  });

  it.each(['a\n07\nAAAA\n', 'a\n1\nAAAA\n', '\n1\n', 'a\n-1\n', 'a\n99999999999999999\n'])(
    'refuse %j',
    (text) => {
      expect(parseCheckpoint(text)).toBeNull();
      expect(parseCheckpoint(`${text.split('\n').slice(0, 2).join('\n')}\n`)).toBeNull();
    },
  );

  it('are cosigned with the time, over the whole text', async () => {
    const log = await newSigner(head.origin, ALGORITHM.ED25519);
    const witness = await newSigner('witness.example/w1', ALGORITHM.COSIGNATURE);
    const note = parseNote(await signedCheckpoint(head, [log]));
    if (note === null) throw new Error('no note');
    const line = await cosignature(witness, note.text, 1_679_315_147);
    const cosigned = parseNote(noteText({ ...note, signatures: [...note.signatures, line] }));
    if (cosigned === null) throw new Error('no note');
    expect(await signedBy(cosigned, log)).toBe('SIGNED');
    expect(await cosignedAt(cosigned, witness)).toBe(1_679_315_147);
    expect(await cosignedAt(note, witness)).toBeNull();
    const later = Uint8Array.from(line.signature);
    later[7] = (later[7] as number) + 1;
    expect(await cosignedAt({ ...note, signatures: [{ ...line, signature: later }] }, witness)).toBe(
      'FORGED',
    );
    expect(await cosignedAt({ text: note.text.replace('7', '8'), signatures: [line] }, witness)).toBe(
      'FORGED',
    );
  });
});
