// What every plot shares: an SVG document drawn on the server, with a title and a description for who does not see it.
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

export interface Told {
  readonly title: string;
  /** What a reader would see, in a sentence or two. */
  readonly description: string;
  readonly notDrawn: number;
}

/** An SVG document that needs no script and no style sheet. */
export function figureOf(options: Plot.PlotOptions, { title, description, notDrawn }: Told): string {
  const { document } = parseHTML('<html><body></body></html>') as unknown as { document: SvgDocument };
  const drawn: unknown = Plot.plot({ width: WIDTH, ...options, document: document as never });
  const figure = drawn as SvgElement;
  figure.setAttribute('xmlns', SVG);
  figure.setAttribute('role', 'img');
  // In the SVG namespace: an HTML title would be written without escaping its text.
  const element = (name: string, text: string) => {
    const made = document.createElementNS(SVG, name);
    made.textContent = text;
    return made;
  };
  const whole = notDrawn === 0 ? title : `${title} (${notDrawn} suppressed, not drawn)`;
  figure.prepend(element('title', whole), element('desc', description));
  return `${figure.outerHTML}\n`;
}

export function shownNumber(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : 2;
  const text = value.toLocaleString('en-GB', { maximumFractionDigits: digits });
  return text === '-0' ? '0' : text;
}
