// A person with a keyboard alone: Tab to each thing in its turn, keys to set it, Enter to send; notes whatever had the focus unseen or out of turn.
import type { Page } from 'playwright-core';

/** What has the focus, how it is called, and whether that shows and comes after what had it before. */
interface Focus {
  tag: string;
  id: string;
  name: string;
  value: string;
  text: string;
  isSeen: boolean;
  isInTurn: boolean;
}

/** Outline, ring or ground, on the element or the box that is drawn for it; in turn is in the order of the document. */
const FOCUS = `(() => {
  const active = document.activeElement;
  const drawn = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 3;
  const label = active.id ? document.querySelector('label[for="' + active.id + '"]') : null;
  const styles = [getComputedStyle(active), ...(label ? [getComputedStyle(label, '::before')] : [])];
  const last = window.parleyLast;
  // A date is one field of several stops, which the browser itself draws.
  const isSame = last === active;
  const isInTurn = isSame || !last || !last.isConnected || (last.compareDocumentPosition(active) & 4) !== 0;
  window.parleyLast = active;
  return {
    tag: active.localName, id: active.id, name: active.name ?? '', value: active.value ?? '',
    text: (active.innerText ?? '').trim(),
    isSeen: isSame || styles.some((style) => drawn(style) || style.boxShadow !== 'none'), isInTurn,
  };
})()`;

/** The longest way on any page here: a request's form has some sixty fields. */
const FARTHEST = 120;

export class Keyboard {
  /** Empty while all is well. */
  readonly faults: string[] = [];

  constructor(private readonly page: Page) {}

  focus(): Promise<Focus> {
    return this.page.evaluate<Focus>(FOCUS);
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  /** Enter where it sends a form or follows a link; the next page is there afterwards. */
  async enter(): Promise<void> {
    await Promise.all([this.page.waitForNavigation(), this.press('Enter')]);
  }

  async type(id: string, text: string): Promise<void> {
    await this.to(id, (at) => at.id === id);
    await this.page.keyboard.type(text);
  }

  /** One of several that exclude each other: the group is one stop, the arrows go round in it. */
  async choose(name: string, value: string): Promise<void> {
    await this.to(name, (at) => at.name === name);
    await this.press('Space');
    for (let presses = 0; presses < 12; presses += 1) {
      if ((await this.focus()).value === value) return;
      await this.press('ArrowDown');
    }
    throw new Error(`the arrows never reached ${value} of ${name}`);
  }

  /** One of a list that stays folded. */
  async pick(id: string, value: string): Promise<void> {
    await this.to(id, (at) => at.id === id);
    for (let presses = 0; presses < 20; presses += 1) {
      if ((await this.focus()).value === value) return;
      await this.press('ArrowDown');
    }
    throw new Error(`the arrows never reached ${value} of ${id}`);
  }

  async tick(id: string): Promise<void> {
    await this.to(id, (at) => at.id === id);
    await this.press('Space');
  }

  /** What is folded away until its heading is pressed. */
  async unfold(text: string): Promise<void> {
    await this.to(text, (at) => at.tag === 'summary' && at.text.startsWith(text));
    await this.press('Enter');
  }

  async follow(text: string): Promise<void> {
    await this.to(text, (at) => at.tag === 'a' && at.text === text);
    await this.enter();
  }

  async button(text: string): Promise<void> {
    await this.to(text, (at) => at.tag === 'button' && at.text === text);
    await this.enter();
  }

  /** Sent with nothing in it: the errors have the focus, the next stop is the first of them, and it leads to its field. */
  async sendEmpty(button: string): Promise<void> {
    await this.button(button);
    // A browser gives the focus when it draws the page, which may be just after the page has come.
    const summary = this.page.locator('.govuk-error-summary:focus').waitFor({ timeout: 10_000 });
    const isThere = await summary.then(
      () => true,
      () => false,
    );
    this.expect(isThere, `${button}: after errors the focus is not on them`);
    this.expect((await this.focus()).isSeen, `${button}: the errors have the focus, and it does not show`);
    await this.press('Tab');
    const link = await this.page.evaluate<string>(`document.activeElement.getAttribute('href') ?? ''`);
    this.expect(
      link.startsWith('#'),
      `${button}: after the errors comes "${link}" instead of the first of them`,
    );
    await this.press('Enter');
    const field = await this.page.evaluate<string>('document.activeElement.id');
    this.expect(`#${field}` === link, `${button}: the error ${link} leads to "${field}"`);
    // Whoever reads on from the top comes by every field again.
    await this.page.evaluate(`(window.parleyLast = undefined, document.activeElement.blur())`);
    await this.page.evaluate(`document.querySelector('main').focus()`);
  }

  private async to(what: string, isThere: (at: Focus) => boolean): Promise<void> {
    const passed: string[] = [];
    for (let presses = 0; presses < FARTHEST; presses += 1) {
      await this.press('Tab');
      const at = await this.focus();
      const named = at.id || at.text || at.tag;
      this.expect(at.isSeen, `${named} has the focus, and it does not show`);
      this.expect(at.isInTurn, `${named} has the focus out of turn`);
      if (isThere(at)) return;
      passed.push(named);
    }
    throw new Error(`Tab never reached ${what}, only ${passed.join(', ')}`);
  }

  private expect(isSo: boolean, otherwise: string): void {
    if (!isSo) this.faults.push(`${new URL(this.page.url()).pathname}: ${otherwise}`);
  }
}
