// The page that verifies in the browser: reads what it is given, says the verdict, and sends nothing anywhere.
import { verifyBundle, verifyReceipt } from '#libs/verify';
import type { Given, Verdict } from '#libs/verify';

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

const field = (id: string): Field => document.getElementById(id) as Field;
const element = (id: string): Shown => document.getElementById(id) as Shown;
const filled = (id: string): string[] => [field(id).value].filter((text) => text.trim() !== '');

async function verify(): Promise<Verdict> {
  const given: Given = {
    keys: filled('key'),
    checkpoints: filled('checkpoint').map(withNewline),
    witnesses: filled('witness'),
  };
  const [pasted] = filled('receipt');
  if (pasted !== undefined) return verifyReceipt(pasted.trim(), given);
  const file = field('file').files?.[0];
  if (file === undefined) throw new TypeError('Choose an export or a receipt, or paste a receipt.');
  const isReceipt = (await file.slice(0, 1).text()) === '{';
  return isReceipt ? verifyReceipt(await file.slice(0, 5_000_000).text(), given) : verifyBundle(file, given);
}

/** A text area loses the last newline of what is pasted, with which every note ends. */
const withNewline = (note: string): string => `${note.replaceAll('\r\n', '\n').trim()}\n`;

function show({ outcome, sentence, failed, proved, noted, asserted }: Verdict): void {
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
    ...part('What does not hold', failed),
    ...part('Proved', proved),
    ...part('Noted', noted),
    ...part('Only asserted by the operator', asserted),
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
  element('verdict').replaceChildren(made('p', 'Verifying …'));
  verify()
    .then(show)
    .catch((error: unknown) => {
      element('verdict').replaceChildren(
        made('h2', error instanceof TypeError ? error.message : 'It cannot be read.'),
      );
    });
});
