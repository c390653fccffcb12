// The stories by setting, and telling one: its data is generated, then its steps are done one after the other.
import type { Cast } from '../demo/cast';
import { forgetWhatIsGone } from '../demo/demonstrate';
import type { Memory } from '../demo/memory';
import type { Report } from '../demo/report';
import type { Places } from '../demo/tour';
import { generate } from '../settings/generating';
import type { Size } from '../settings/generating';
import { CAST as HEALTH } from './community-health/cast';
import { communityHealth } from './community-health/story';
import { CAST as EDUCATION } from './education/cast';
import { education } from './education/story';
import { ending } from './ending';
import { CAST as HARDSHIP } from './financial-hardship/cast';
import { financialHardship } from './financial-hardship/story';
import { Story } from './telling';
import { CAST as WELLBEING } from './wellbeing/cast';
import { wellbeing } from './wellbeing/story';

export const STORIES = {
  'financial-hardship': {
    about: 'three bodies say no for good reasons, and the lever is a national one',
    ...{ cast: HARDSHIP, steps: financialHardship },
  },
  'community-health': {
    about: 'evidence that is no data widens a question, and patients are asked',
    ...{ cast: HEALTH, steps: communityHealth },
  },
  wellbeing: {
    about: 'a provider refuses to be shown without the work behind its numbers',
    ...{ cast: WELLBEING, steps: wellbeing },
  },
  education: {
    about: 'two explanations of rising demand, one of them wished for',
    ...{ cast: EDUCATION, steps: education },
  },
} as const satisfies Record<string, { about: string; cast: Cast; steps(story: Story): Promise<void> }>;
export type Told = keyof typeof STORIES;

interface Setup {
  readonly places: Places;
  readonly memory: Memory;
  readonly report: Report;
  /** Where the data goes. */
  readonly folder: string;
  readonly size: Size;
}

/** Tells it from the beginning, or from where it was interrupted; what was told to its end is only summed up. */
export async function tell(setting: Told, { places, memory, report, folder, size }: Setup): Promise<Story> {
  const { cast, steps } = STORIES[setting];
  const story = new Story(places, memory, report, { once: true }, cast);
  await forgetWhatIsGone(story);
  for (const [name, value] of Object.entries(size)) memory.keep(name, value);
  if (!memory.has('finished')) {
    story.folder = folder;
    story.files = await generate(setting, folder, size);
    await steps(story);
    memory.keep('finished', true);
  }
  await ending(story);
  return story;
}
