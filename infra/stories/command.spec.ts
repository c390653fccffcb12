// What `npm run story` takes, and what it says to a command line it cannot understand.
import { commandOf, UsageError } from './command';

const STORIES = { education: 'two explanations', wellbeing: 'a redesign' };
const of = (...args: string[]) => commandOf(args, STORIES);

it('takes a setting, and as much of a size as is given', () => {
  expect(of('education')).toEqual({
    setting: 'education',
    people: undefined,
    seed: undefined,
    isAnew: false,
  });
  expect(of('wellbeing', '--people', '500', '--seed', '7', '--anew')).toEqual({
    ...{ setting: 'wellbeing', people: 500, seed: 7, isAnew: true },
  });
  expect(of('--help')).toBeUndefined();
});

it.each([
  [[], /Say which story/],
  [['housing'], /no story "housing"/],
  [['constructor'], /no story "constructor"/],
  [['education', 'wellbeing'], /"wellbeing" is too much/],
  [['education', '--people', 'many'], /--people: expected a whole number, got "many"/],
  [['education', '--seed=-1'], /--seed: expected a whole number, got "-1"/],
  [['education', '--fast'], /--fast/],
])('says what it expected: %j', (args, says) => {
  const attempt = () => of(...args);
  expect(attempt).toThrow(UsageError);
  expect(attempt).toThrow(says);
  expect(attempt).toThrow(/npm run story -- <setting>[\s\S]*education +two explanations[\s\S]*--anew/);
});
