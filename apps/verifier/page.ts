// The page that verifies in the browser: reads what it is given, says the verdict, and sends nothing anywhere.
import type { Catalogue } from '#libs/language';
import { verdictInWords, verifyBundle, verifyReceipt } from '#libs/verify';
import type { Given, Verdict } from '#libs/verify';
// By its own file: what lies beside it reads catalogues from a disk, and here the page brings the one it speaks.
import { Language } from '../../libs/language/language';

/** As much of the browser as is used; the rest of the project knows no page. */
interface Field {
  value: string;
  files?: ArrayLike<Blob>;
}
interface Shown {
  textContent: string | null;
  replaceChildren(...children: Shown[]): void;
  setAttribute(name: string, value: string): void;
  focus(): void;
}
interface Document {
  getElementById(id: string): unknown;
  createElement(name: string): Shown;
}
declare const document: Document & {
  addEventListener(type: 'submit', listener: (event: { preventDefault(): void }) => void): void;
};

interface Words {
  locale: string;
  messages: Catalogue;
}
const { locale, messages } = JSON.parse(element('words').textContent ?? '') as Words;
const { t } = new Language(messages, { locale, timeZone: 'UTC' });

const field = (id: string): Field => document.getElementById(id) as Field;
const filled = (id: string): string[] => [field(id).value].filter((text) => text.trim() !== '');

function element(id: string): Shown {
  return document.getElementById(id) as Shown;
}

/** What whoever verifies has to do first, in words. */
class NotYet extends Error {}

async function verify(): Promise<Verdict> {
  const given: Given = {
    keys: filled('key'),
    checkpoints: filled('checkpoint').map(withNewline),
    witnesses: filled('witness'),
  };
  const receipts = filled('receipt').map((text) => text.trim());
  const file = field('file').files?.[0];
  const isExport = file !== undefined && (await file.slice(0, 1).text()) !== '{';
  if (isExport) return verifyBundle(file, { ...given, receipts });
  const receipt = receipts[0] ?? (await file?.slice(0, 5_000_000).text());
  if (receipt === undefined) throw new NotYet(t('verifier.nothingGiven'));
  return verifyReceipt(receipt, given);
}

/** A text area loses the last newline of what is pasted, with which every note ends. */
const withNewline = (note: string): string => `${note.replaceAll('\r\n', '\n').trim()}\n`;

function show({ outcome, sentence, failed, proved, noted, asserted }: Verdict<string>): void {
  const part = (title: string, lines: string[]): Shown[] => {
    if (lines.length === 0) return [];
    const list = made('ul', '');
    list.replaceChildren(...lines.map((line) => made('li', line)));
    return [made('h3', title), list];
  };
  const verdict = made('h2', sentence);
  verdict.setAttribute('data-outcome', outcome);
  element('verdict').replaceChildren(
    verdict,
    ...part(t('verifier.failed'), failed),
    ...part(t('verifier.proved'), proved),
    ...part(t('verifier.noted'), noted),
    ...part(t('verifier.asserted'), asserted),
  );
  element('verdict').focus();
}

/** Texts only: nothing of what is verified is ever taken for markup. */
function made(name: string, text: string): Shown {
  const one = document.createElement(name);
  one.textContent = text;
  return one;
}

document.addEventListener('submit', (event) => {
  event.preventDefault();
  element('verdict').replaceChildren(made('p', t('verifier.verifying')));
  verify()
    .then((verdict) => show(verdictInWords(verdict, t)))
    .catch((error: unknown) => element('verdict').replaceChildren(made('h2', whyNot(error))));
});

/** The verifier throws for a key of the reader's own that is none; of what is verified nothing makes it throw. */
function whyNot(error: unknown): string {
  if (error instanceof NotYet) return error.message;
  return t(error instanceof TypeError ? 'verifier.badKey' : 'verifier.notRead');
}
