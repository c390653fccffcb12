// The cast carried further on a real ledger: a request granted, data deposited, a release sealed, signed and permitted.
import { randomBytes } from 'node:crypto';
import { commitText, newId, sha256, signContent } from '#libs/ledger';
import type { Receipt } from '#libs/ledger';
import type { Setting } from './setting';
import { CELLS, DAY, HOLDER, personId } from './story';

const digest = (): string => sha256(randomBytes(32));
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

/** Under an agreement: a project with its question and boundary signed, so that data can be asked for. */
export async function settledQuestion(setting: Setting): Promise<void> {
  await setting.withProject();
  await setting.sign('LEGAL', 'riskOwner');
  await setting.sign('ETHICAL', 'checker', 'lay', 'holder');
  await setting.sign('QUESTION', 'official', 'researcher');
}

/** How far a project is before data is asked for. */
type Before = (setting: Setting) => Promise<void>;

/** … and a request for two fields sent to their holder. */
export async function requested(setting: Setting, before: Before = settledQuestion): Promise<void> {
  await before(setting);
  const { content, contents } = signContent({ kind: 'REQUEST' }, { text: 'What we ask' });
  const why = commitText('To answer the question');
  await setting.onProject('lead', {
    command: {
      type: 'SendRequest',
      holder: HOLDER,
      ask: {
        source: 'programme',
        fields: ['treat', 're78'],
        tier: 'DEIDENTIFIED',
        purpose: 'earnings',
        methods: ['descriptive'],
        linkage: false,
      },
      content,
      rationale: { text: why.commitment, cites: [] },
    },
    contents,
    texts: [why],
  });
}

/** … a request granted as a cell table; `r1`, and its deposit `d1` invited. */
export async function granted(setting: Setting, before?: Before): Promise<void> {
  await requested(setting, before);
  await grantRequested(setting);
}

/** `r1`, which was sent. */
export async function grantRequested(setting: Setting): Promise<void> {
  await setting.byAccount('holder', setting.project, {
    command: {
      type: 'AnswerRequest',
      request: 'r1',
      outcome: 'PARTLY_GRANTED',
      grant: {
        tier: 'AGGREGATE',
        fields: ['treat', 're78'],
        depositAs: { ...CELLS, dimensions: ['treat'] },
        releaseAs: { ...CELLS, dimensions: ['treat'] },
        conditions: [],
        expires: inDays(300),
      },
      reasons: [],
      reason: null,
      assurance: 'ACCOUNT',
    },
  });
  await setting.byWorker({ type: 'InviteDeposit', request: 'r1', publicKey: 'key' });
}

export function receive(setting: Setting): Promise<Receipt> {
  const deposit = { deposit: 'd1', digest: digest(), bytes: 10, object: newId('obj'), wrappedKey: 'wrapped' };
  return setting.ledger.receiveDeposit(setting.project, setting.as('holder'), deposit);
}

/** … the deposit received, checked and accepted, and the release `rel1` sealed: TRUST is out for sign-off. */
export async function sealed(setting: Setting, before?: Before): Promise<{ keyPart: Buffer }> {
  await granted(setting, before);
  await receive(setting);
  const { ledger } = setting.processes.worker;
  await ledger.openDeposit(setting.project, 'd1', 'check');
  await setting.byWorker({ type: 'AcceptDeposit', deposit: 'd1', rows: 2, report: digest() });
  const why = commitText('The first wave');
  await setting.onProject('lead', {
    command: {
      type: 'ProposeRelease',
      requests: ['r1'],
      tier: 'AGGREGATE',
      purpose: 'earnings',
      methods: ['descriptive'],
      readers: [personId('researcher')],
      rationale: { text: why.commitment, cites: [] },
      expires: inDays(200),
    },
    texts: [why],
  });
  const sha256 = digest();
  const { content, contents } = signContent({ kind: 'RELEASE', data: { sha256 } }, { text: 'The manifest' });
  const keyPart = randomBytes(32);
  await ledger.sealRelease(setting.project, keyPart, {
    command: {
      type: 'SealRelease',
      release: 'rel1',
      content,
      digest: sha256,
      rows: 2,
      bytes: 10,
      object: newId('obj'),
      ...{ heeded: [], compared: [] },
    },
    contents,
  });
  return { keyPart };
}

export const signTrust = (setting: Setting): Promise<void> =>
  setting.sign('TRUST', 'official', 'researcher', 'holder');

/** … TRUST signed, the permit given, and a run `a1` registered on it. */
export async function permitted(setting: Setting, before?: Before): Promise<{ keyPart: Buffer }> {
  const made = await sealed(setting, before);
  await signTrust(setting);
  await setting.processes.worker.ledger.givePermit(setting.project, 'rel1');
  const [hypothesis, support] = [commitText('It raised them'), commitText('A positive difference')];
  await setting.onProject('researcher', {
    command: {
      type: 'RegisterAnalysis',
      release: 'rel1',
      method: 'descriptive',
      params: {},
      hypothesis: hypothesis.commitment,
      support: support.commitment,
    },
    texts: [hypothesis, support],
  });
  return made;
}
