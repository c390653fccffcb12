// A machine that reads mail for safety's sake: opens links in a browser, runs scripts, follows what it finds, presses every button.
import type { Locator, Page } from 'playwright-core';

/** What a machine puts into a form before it presses: nothing is typed as a person's name. */
const MANNERS = ['as served', 'emptied', 'first choices', 'last choices'] as const;
type Manner = (typeof MANNERS)[number];

/** One press on the way to a page: which form, which button, how filled in. */
interface Press {
  form: number;
  button: number;
  manner: Manner;
  /** Of how many manners, that would all send the same, this is one. */
  standsFor: number;
}

/** Code pages stand behind one press; nothing a machine can reach stands behind three. */
const DEEPEST = 2;

export class Scanner {
  readonly visited = new Set<string>();
  /** Each button that was pressed, in each manner. */
  tried = 0;

  constructor(
    private readonly page: Page,
    /** Only this site is followed. */
    private readonly origin: string,
    /** Addresses that sent no cookie along, and so say the same to everyone: whoever shares this set scans each once. */
    private readonly alike = new Set<string>(),
  ) {}

  /** Opens an address and everything that can be reached from it. */
  async scan(address: string): Promise<void> {
    const found = [address];
    for (let next = found.pop(); next !== undefined; next = found.pop()) {
      if (this.visited.has(next) || this.alike.has(next) || new URL(next).origin !== this.origin) continue;
      this.visited.add(next);
      const response = await this.page.goto(next);
      if (response !== null && (await response.request().headerValue('cookie')) === null)
        this.alike.add(next);
      // The link of a mail goes on to a clean address, which the page links to itself: it is one page.
      const here = this.page.url().split('#')[0] ?? '';
      if (here !== next && this.visited.has(here)) continue;
      this.visited.add(here);
      if (!(response?.headers()['content-type'] ?? '').includes('text/html')) continue;
      found.push(...(await this.links()));
      found.push(...(await this.pressAll(next, [])));
    }
  }

  /** Presses each button of the page that `way` leads to, in every manner, once each; the browser is left anywhere. */
  private async pressAll(start: string, way: Press[]): Promise<string[]> {
    if (way.length >= DEEPEST) return [];
    const found: string[] = [];
    const before = await this.place();
    for (const press of await this.buttons()) {
      await this.go(start, [...way, press]);
      found.push(...(await this.links()));
      // The same page with its errors shown has no button that was not pressed yet.
      if ((await this.place()) !== before) found.push(...(await this.pressAll(start, [...way, press])));
    }
    return found;
  }

  /** A page by its heading and its forms: shown again with its errors, perhaps at another address, it is the same. */
  private async place(): Promise<string> {
    return await this.page.evaluate<string>(
      `[document.querySelector('h1')?.textContent, ...[...document.forms].map((form) => form.getAttribute('action'))].join(' ')`,
    );
  }

  private async go(start: string, way: Press[]): Promise<void> {
    await this.page.goto(start);
    for (const { form, button, manner, standsFor } of way) {
      const there = this.page.locator('form').nth(form);
      if ((await there.count()) === 0) return;
      // What is folded away is a button of the page all the same.
      await this.page.evaluate(
        `for (const folded of document.querySelectorAll('details')) folded.open = true`,
      );
      await fillIn(there, manner);
      await Promise.all([this.page.waitForLoadState('load'), buttonsOf(there).nth(button).click()]);
      this.tried += standsFor;
    }
  }

  /** What there is to press: of manners that would send the very same, one; where all would, twice, as in haste. */
  private async buttons(): Promise<Press[]> {
    const presses: Press[] = [];
    const forms = await this.page.locator('form').all();
    for (const [form, there] of forms.entries()) {
      const sent = new Map<string, Manner[]>();
      for (const manner of MANNERS) {
        const what = await fillIn(there, manner);
        sent.set(what, [...(sent.get(what) ?? []), manner]);
      }
      const all = [...sent.values()].map(([manner = 'as served', ...more]) => ({
        ...{ form, manner, standsFor: 1 + more.length },
      }));
      const buttons = await buttonsOf(there).count();
      for (let button = 0; button < buttons; button += 1)
        presses.push(...(all.length > 1 ? all : [...all, ...all]).map((press) => ({ ...press, button })));
    }
    return presses;
  }

  private async links(): Promise<string[]> {
    const all = `[...document.querySelectorAll('a[href], link[href], area[href]')].map((link) => link.href.split('#')[0])`;
    return await this.page.evaluate<string[]>(all);
  }
}

const buttonsOf = (form: Locator) => form.locator('button, input[type=submit], input[type=image]');

/** Boxes are ticked and choices made as a machine would; what is typed is left as it is, or taken away. Says what would be sent. */
async function fillIn(form: Locator, manner: Manner): Promise<string> {
  return form.evaluate((element, how) => {
    (element as unknown as { reset(): void }).reset();
    type Field = { type: string; value: string; checked: boolean; options?: Iterable<{ value: string }> };
    const fields = [
      ...(element as unknown as { querySelectorAll(css: string): Iterable<Field> }).querySelectorAll(
        'input:not([type=hidden]), select, textarea',
      ),
    ];
    if (how === 'emptied') {
      for (const field of fields) {
        if (field.type === 'radio' || field.type === 'checkbox') field.checked = false;
        else field.value = '';
      }
    }
    if (how === 'first choices' || how === 'last choices') {
      // Of radios that belong together the one ticked last stands.
      for (const field of how === 'first choices' ? [...fields].reverse() : fields) {
        if (field.type === 'radio' || field.type === 'checkbox') field.checked = true;
        const values = [...(field.options ?? [])].map(({ value }) => value).filter((value) => value !== '');
        const chosen = how === 'first choices' ? values[0] : values.at(-1);
        if (chosen !== undefined) field.value = chosen;
      }
    }
    return JSON.stringify(fields.map(({ value, checked }) => [value, checked]));
  }, manner);
}
