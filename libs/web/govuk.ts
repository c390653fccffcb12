// govuk-frontend's style sheet without what is reserved for gov.uk, and style sheets as browsers fetch them once for ever.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Where the package keeps its templates and styles. */
export const GOVUK = path.join(path.dirname(require.resolve('govuk-frontend/package.json')), 'dist');

export interface StyleSheet {
  /** Changes with the content, so that it may be cached for ever. */
  name: string;
  css: string;
}

/** Transport and the crest are reserved for gov.uk: faces and rules that name them go, and Arial stands in. */
function withoutReserved(css: string): string {
  return css
    .replace(/@font-face\{[^}]*\}/g, '')
    .replaceAll('GDS Transport,arial', 'Arial')
    .replace(/[^{}]*\{[^{}]*(?:GDS Transport|govuk-crest)[^{}]*\}/g, '');
}

const GOVUK_CSS = withoutReserved(readFileSync(path.join(GOVUK, 'govuk', 'govuk-frontend.min.css'), 'utf8'));

/** govuk-frontend with our own rules after it. */
export function styleSheet(name: string, own: string): StyleSheet {
  const css = GOVUK_CSS + readFileSync(path.join(__dirname, own), 'utf8');
  return { name: `${name}-${createHash('sha256').update(css).digest('hex').slice(0, 12)}.css`, css };
}
