// The stories of the settings, told side by side on one engine, and what a reader of the study would look for in each.
import { education } from './readers/education';
import { hardship } from './readers/hardship';
import { health } from './readers/health';
import { readersOf } from './readers/readers';
import { wellbeing } from './readers/wellbeing';
import { SETTINGS, Storytelling } from './storytelling';

jest.setTimeout(400_000);

const PEOPLE = 2000;
let telling: Storytelling;
beforeAll(async () => {
  telling = await Storytelling.of(PEOPLE);
});
afterAll(() => telling?.remove());
const readers = readersOf(() => telling, PEOPLE);

it.each(SETTINGS)('B4: the story "%s" runs from start to end beside the others', (setting) => {
  expect(telling.failures[setting]).toBeUndefined();
  expect(readers.told(setting).memory.has('project')).toBe(true);
});

describe('education', () => education(readers));
describe('financial hardship', () => hardship(readers));
describe('community health', () => health(readers));
describe('wellbeing', () => wellbeing(readers));
