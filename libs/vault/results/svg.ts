// What every plot's SVG shares: a document without a browser, a title that says what is missing, a description in words.
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** The part of an SVG element used here; the engine has no browser whose types it could use. */
interface SvgElement {
  readonly outerHTML: string;
  setAttribute(name: string, value: string): void;
  prepend(...children: unknown[]): void;
}

interface SvgDocument {
  createElementNS(namespace: string, name: string): { textContent: string };
}

const SVG = 'http://www.w3.org/2000/svg';
export const WIDTH = 640;

/** The plot as SVG text; `described` is what it shows in words, for who cannot see it. */
export function drawing(
  { title, notDrawn }: { readonly title: string; readonly notDrawn: number },
  options: Plot.PlotOptions,
  described?: string,
): string {
  const { document } = parseHTML('<html><body></body></html>') as unknown as { document: SvgDocument };
  const drawn: unknown = Plot.plot({ document: document as never, ...options });
  const figure = drawn as SvgElement;
  figure.setAttribute('xmlns', SVG);
  figure.setAttribute('role', 'img');
  // In the SVG namespace: an HTML title would be written without escaping its text.
  const element = (name: string, text: string) => {
    const made = document.createElementNS(SVG, name);
    made.textContent = text;
    return made;
  };
  const full = notDrawn === 0 ? title : `${title} (${notDrawn} suppressed, not drawn)`;
  figure.prepend(element('title', full), ...(described === undefined ? [] : [element('desc', described)]));
  return `${figure.outerHTML}\n`;
}

/** A number as people read it. */
export function shown(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits });
}
