// The golden ledger: entries recorded by the first version, which every later version must read and fold to the same outcome.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { evolveProgramme, evolveProject } from '#libs/domain';
import type { ProgrammeEvent, ProgrammeState, ProjectEvent, ProjectState, Recorded } from '#libs/domain';
import { EntrySchema } from '#libs/contracts/entry';
import { canonicalText } from '#libs/log';
import { follow, recordedIn, START } from '../entries';
import { outcome } from './testing/outcome';

const read = (name: string): string => readFileSync(path.join(__dirname, name), 'utf8');
const entries = (name: string): string[] => read(`${name}.entries`).trimEnd().split('\n');
const streamOf = (text: string): string => EntrySchema.parse(JSON.parse(text)).stream;

function fold(texts: string[]) {
  let programme: ProgrammeState | null = null;
  let project: ProjectState | null = null;
  for (const text of texts) {
    const stream = streamOf(text);
    const event = recordedIn(text);
    if (stream.startsWith('pgm')) programme = evolveProgramme(programme, stream, event as Recorded<ProgrammeEvent>);
    else project = evolveProject(project, stream, event as Recorded<ProjectEvent>);
  }
  if (!programme || !project) throw new Error('the golden ledger has no programme or no project');
  return { programme, project };
}

describe.each(['two-cycles', 'withdrawn'])('the golden ledger "%s"', (name) => {
  it('I4: folds to the outcome it had when it was recorded', () => {
    const expected = JSON.parse(read(`${name}.outcome.json`)) as { now: string };
    expect(JSON.parse(JSON.stringify(outcome(fold(entries(name)), expected.now)))).toEqual(expected);
  });

  it('I9: each stream is a gapless chain of canonical texts', () => {
    const texts = entries(name);
    for (const text of texts) expect(canonicalText(JSON.parse(text))).toBe(text);
    for (const stream of new Set(texts.map(streamOf))) {
      const own = texts.filter((text) => streamOf(text) === stream);
      expect(follow(stream, START, own).version).toBe(own.length);
    }
  });

  it('a changed entry is noticed', () => {
    const texts = entries(name).filter((text) => streamOf(text).startsWith('prj'));
    const index = texts.findIndex((text) => text.includes('"cycle":"c1"'));
    const changed = texts.map((text, at) => (at === index ? text.replace('"c1"', '"c9"') : text));
    expect(() => follow(streamOf(texts[0] ?? ''), START, changed)).toThrow('does not continue');
  });
});
