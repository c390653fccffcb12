// What is said to leave workflows nothing to look at does: what should be going, and its marks, stay as they are.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { evolveProgramme, evolveProject, stirs } from '#libs/domain';
import type { ProgrammeEvent, ProgrammeState, ProjectEvent, ProjectState, Recorded } from '#libs/domain';
import { aHistory, begin, play } from '../../libs/testing/histories';
import { projectParts } from './plan';

it('I14: in generated histories, whatever people do in whatever order', () => {
  let silent = 0;
  fc.assert(
    fc.property(aHistory, ({ beginning, steps }) => {
      const story = begin(beginning);
      for (const step of steps) {
        const [before, from] = [story.world, story.log.length];
        play(story, step);
        const events = story.log.slice(from).map(({ event }) => event);
        if (events.length === 0 || before.programme !== story.programme) continue;
        if (stirs(before, story.world, events)) continue;
        silent += 1;
        expect(projectParts(story.world, story.now)).toEqual(projectParts(before, story.now));
      }
    }),
    { numRuns: 150 },
  );
  expect(silent).toBeGreaterThan(10);
});

it.each(['two-cycles', 'withdrawn'])('I14: in the recorded ledger "%s", entry by entry', (name) => {
  const file = path.join(__dirname, '../../libs/ledger/golden', `${name}.entries`);
  let programme: ProgrammeState | null = null;
  let project: ProjectState | null = null;
  let silent = 0;
  for (const text of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    const { stream, ...event } = JSON.parse(text) as Recorded & { stream: string };
    if (stream.startsWith('pgm')) {
      programme = evolveProgramme(programme, stream, event as Recorded<ProgrammeEvent>);
      continue;
    }
    const before: ProjectState | null = project;
    project = evolveProject(project, stream, event as Recorded<ProjectEvent>);
    if (programme === null || before === null) continue;
    const [was, is] = [
      { programme, project: before },
      { programme, project },
    ];
    if (stirs(was, is, [event])) continue;
    silent += 1;
    expect(projectParts(is, event.at)).toEqual(projectParts(was, event.at));
  }
  expect(silent).toBeGreaterThan(3);
});
