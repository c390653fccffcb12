// What a reader of a story has before them: the project as the engine shows it, what was said, and its results.
import type { ShownResult } from '../../demo/results';
import type { Told } from '../../stories/stories';
import type { Story } from '../../stories/telling';
import type { Storytelling } from '../storytelling';

export interface Readers {
  readonly told: (setting: Told) => Story;
  readonly spoken: (setting: Told) => string;
  /** Of the run that the story remembers by this key. */
  readonly result: (story: Story, key: string) => Promise<ShownResult>;
  readonly people: number;
}

/** Asked for once the stories are told. */
export const readersOf = (telling: () => Storytelling, people: number): Readers => ({
  told: (setting) => telling().told(setting),
  spoken: (setting) => telling().spoken(setting),
  result: (story, key) =>
    story.see<ShownResult>(`/analyses/${story.memory.recall<string>(key)}/result`, 'researcher'),
  people,
});
