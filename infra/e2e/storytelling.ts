// The stories of the settings told side by side on one engine, one of them by its command, killed in the middle and given again.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Memory } from '../demo/memory';
import { Report } from '../demo/report';
import { STORIES, tell } from '../stories/stories';
import type { Told } from '../stories/stories';
import { Story } from '../stories/telling';
import { Product } from './product';

const COMMAND = path.resolve(__dirname, '..', '..', 'dist', 'infra', 'stories', 'main.js');
export const SETTINGS = Object.keys(STORIES) as Told[];

/** The story that is interrupted, and the chapter at which it is. */
const INTERRUPTED = { setting: 'education', at: 'The census is released' };

export class Storytelling {
  readonly failures: Partial<Record<Told, unknown>> = {};
  private readonly stories: Partial<Record<Told, Story>> = {};
  private readonly said: Record<string, string[]> = {};
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'parley-stories-'));

  private constructor(
    private readonly product: Product,
    private readonly people: number,
  ) {}

  /** Tells every story on an engine of its own; one that broke off is asked about by `told`. */
  static async of(people: number): Promise<Storytelling> {
    const telling = new Storytelling(await Product.start(), people);
    await Promise.all(SETTINGS.map((setting) => telling.tell(setting)));
    return telling;
  }

  async remove(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    await this.product.remove();
  }

  /** @throws what broke it off, after what was told last. */
  told(setting: Told): Story {
    const story = this.stories[setting];
    if (story) return story;
    const last = this.lines(setting).slice(-12).join('\n');
    throw new Error(`The story "${setting}" broke off after:\n${last}`, { cause: this.failures[setting] });
  }

  /** What was told, on one line: where it was folded is the terminal's matter. */
  spoken(setting: Told): string {
    return this.lines(setting).join(' ').replace(/\s+/g, ' ');
  }

  private lines(setting: Told): string[] {
    return (this.said[setting] ??= []);
  }

  private async tell(setting: Told): Promise<void> {
    try {
      this.stories[setting] = await (setting === INTERRUPTED.setting
        ? this.interrupted(setting)
        : this.whole(setting));
    } catch (error) {
      this.failures[setting] = error;
    }
  }

  private whole(setting: Told): Promise<Story> {
    const { product, people } = this;
    const report = new Report((line) => this.lines(setting).push(line));
    const folder = path.join(this.folder, setting);
    const size = { people, seed: 1 };
    return tell(setting, {
      places: product.places(),
      memory: product.memory(setting),
      report,
      folder,
      size,
    });
  }

  private async interrupted(setting: Told): Promise<Story> {
    await this.command(setting, INTERRUPTED.at);
    const code = await this.command(setting);
    if (code !== 0) throw new Error(`The command ended with ${code}`);
    const memory = Memory.at(path.join(this.product.state, 'stories', `${setting}.json`));
    const silent = new Report(() => undefined);
    return new Story(this.product.places(), memory, silent, { once: true }, STORIES[setting].cast);
  }

  /** Killed once it says `until`; its exit code otherwise. */
  private command(setting: Told, until?: string): Promise<number | null> {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [COMMAND, setting, '--people', String(this.people)], {
      env: { PATH, HOME, PARLEY_STATE_DIR: this.product.state },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        this.lines(setting).push(String(text));
        if (until !== undefined && String(text).includes(until)) child.kill('SIGKILL');
      });
    return new Promise((resolve) => child.once('close', resolve));
  }
}
