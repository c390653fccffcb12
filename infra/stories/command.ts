// The command line of `npm run story`: which story, at which size, going on or anew. Pure.
import { parseArgs } from 'node:util';

const SETTING_WIDTH = 20;

export interface Command {
  readonly setting: string;
  /** As it was begun, or the usual, where nothing is said. */
  readonly people: number | undefined;
  readonly seed: number | undefined;
  readonly isAnew: boolean;
}

/** A command line that cannot be understood; its message says what was expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What each story is about, by its setting. */
export type Abouts = Readonly<Record<string, string>>;

export const usage = (stories: Abouts): string => `npm run story -- <setting> [options]

${Object.entries(stories)
  .map(([setting, about]) => `  ${setting.padEnd(SETTING_WIDTH)} ${about}`)
  .join('\n')}

  --people <n>   how many people the generated data has: 100 to 1,000,000 (4,000)
  --seed <n>     the same seed makes the same data (1)
  --anew         begin anew, in a programme of its own, instead of going on where it was interrupted
  --help         show this

It is told against the engine that runs: npm start -- --no-demo`;

/** Undefined when only help was asked for. @throws UsageError */
export function commandOf(args: readonly string[], stories: Abouts): Command | undefined {
  const { values, positionals } = parsed(args, stories);
  if (values.help) return undefined;
  const [setting, ...more] = positionals;
  const wrong = (what: string) => new UsageError(`${what}\n\n${usage(stories)}`);
  if (setting === undefined) throw wrong('Say which story.');
  if (!Object.hasOwn(stories, setting)) throw wrong(`There is no story "${setting}".`);
  if (more.length > 0) throw wrong(`One story at a time: "${more.join(' ')}" is too much.`);
  const whole = (name: 'people' | 'seed'): number | undefined => {
    const given = values[name];
    if (given === undefined) return undefined;
    if (!/^\d+$/.test(given)) throw wrong(`--${name}: expected a whole number, got "${given}".`);
    return Number(given);
  };
  return { setting, people: whole('people'), seed: whole('seed'), isAnew: values.anew };
}

function parsed(args: readonly string[], stories: Abouts) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        people: { type: 'string' },
        seed: { type: 'string' },
        anew: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage(stories)}`);
  }
}
