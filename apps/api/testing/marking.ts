// Bodies with another text in every place, about things that are there, so that each text is found again wherever it is shown.
import type { Command } from './commands';
import { NASTY, sampleOf, textsOf, withAt } from './samples';
import type { Json, Known } from './samples';

const NOUNS: Record<string, string> = {
  ...{ hypotheses: 'hypothesis', 'legal-files': 'legalFile', admissibility: 'place', 'agenda-items': 'item' },
};

/** As a template writes it. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Every text in an answer. */
export const stringsIn = (value: Json): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : [];

export class Marking {
  /** By the name that routes and bodies call a thing by. */
  private readonly ids: Record<string, string> = {
    ...{ question: 'q1', checkpoint: 'cp1', version: 'lf1', cycle: 'c1', legalFile: 'lf1' },
  };

  /** `fitting`: what of a body its description cannot say. */
  constructor(
    private readonly known: Known,
    private readonly fitting: Record<string, object>,
  ) {}

  /** `from`: how many texts there are already. */
  body(command: Command, from: number): { body: Json; texts: string[] } {
    const texts: string[] = [];
    const made = sampleOf(command.schema, this.known, NASTY, 'whole') as object;
    let body = this.withIds({ ...made, ...this.fitting[command.path] });
    for (const { path, longest } of textsOf(command.schema, body)) {
      const text = `${NASTY} ${from + texts.length}.`;
      if (longest < text.length) continue;
      texts.push(text);
      body = withAt(body, path, text);
    }
    return { body, texts };
  }

  /** The id that was given for what a route makes. */
  learn(path: string, id: string): void {
    const made = path.split('/').findLast((part) => !part.startsWith('{')) ?? '';
    if (/^[a-z]{1,5}\d+$/.test(id)) this.ids[NOUNS[made] ?? made.replace(/s$/, '')] ??= id;
  }

  path(path: string): string {
    return path.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
      name === 'project' ? whole : (this.ids[name] ?? whole),
    );
  }

  /** An id that the sample made up is one that there is, by the name of its field. */
  private withIds(value: Json, name = ''): Json {
    if (value === 'x1') return this.ids[name] ?? value;
    if (Array.isArray(value)) return value.map((each) => this.withIds(each, name.replace(/s$/, '')));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.withIds(inner, key)]));
  }
}
