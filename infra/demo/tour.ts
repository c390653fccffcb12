// What every step of the demonstration can do: act for a person, by their account or with their browser, and wait.
import { until } from '../dev/waiting';
import { Api } from './api';
import { Browser } from './browser';
import type { Cast, OrganisationName, PersonName } from './cast';
import { codeIn, Inbox, linkIn } from './inbox';
import type { Mail } from './inbox';
import type { Memory } from './memory';
import type { Report } from './report';
import type { Checkpoint, Overview } from './views';

export interface Places {
  readonly api: string;
  readonly inbox: string;
  readonly administratorToken: string;
  /** The file whose people the demonstration is about. */
  readonly data: string;
  /** The compiled command-line program. */
  readonly cli: string;
}

/** How the demonstration ends: it gives the last sign-off too, or leaves it, and tells when it has come to wait for it. */
export type Ending = { readonly once: true } | { readonly once: false; tellWaiting(): void };

export interface Signature {
  readonly position: string;
  readonly digest: string;
}

interface Answer {
  readonly choice?: string;
  readonly dissent?: string;
  readonly reason?: string;
}

const PATIENCE_MS = 60_000;

/** What somebody reads in the results. */
export interface Interpretation<Person> {
  by: Person;
  text: string;
  misreading: string;
}

export class Tour<Person extends string = PersonName, Organisation extends string = OrganisationName> {
  readonly inbox: Inbox;
  private deed = '';

  constructor(
    readonly places: Places,
    readonly memory: Memory,
    readonly report: Report,
    readonly ending: Ending,
    readonly cast: Cast<Person, Organisation>,
  ) {
    this.inbox = new Inbox(places.inbox);
  }

  /** Does a step once, however often the demonstration is started; its value is remembered. */
  async step<T>(key: string, does: string, why: string, work: () => Promise<T>): Promise<T> {
    const step = `step ${key}`;
    if (this.memory.has(step)) {
      this.report.doneBefore(does);
      return this.memory.recall(step) as T;
    }
    return this.report.step(does, why, async () => {
      this.deed = `${this.memory.run} ${key}`;
      const value = await work();
      this.memory.keep(step, value);
      return value;
    });
  }

  get administrator(): Api {
    return new Api(this.places.api, this.places.administratorToken, () => this.deed);
  }

  /** The API, called with the token that this person took from behind their mail's link. */
  as(name: Person | 'lead'): Api {
    const token = this.memory.recall<string>(`token ${name}`);
    if (token === undefined) throw new Error(`${this.cast.people[name].name} has no token yet`);
    return new Api(this.places.api, token, () => this.deed);
  }

  /** B49: a practitioner and a researcher say what it means, and how it could be misread. */
  async interpret(practitioner: Interpretation<Person>, researcher: Interpretation<Person>): Promise<void> {
    for (const [as, { by, ...reading }] of [
      ['PRACTITIONER', practitioner] as const,
      ['RESEARCHER', researcher] as const,
    ])
      await this.as(by).post(this.at('/interpretations'), { as, ...reading });
  }

  get programme(): string {
    return this.known('programme');
  }

  get project(): string {
    return this.known('project');
  }

  person(name: Person): string {
    return this.known(`person ${name}`);
  }

  organisation(name: Organisation): string {
    return this.known(`organisation ${name}`);
  }

  private known(key: string): string {
    const id = this.memory.recall<string>(key);
    if (id === undefined) throw new Error(`There is no ${key} yet`);
    return id;
  }

  /** A path inside the project. */
  at(path = ''): string {
    return `/projects/${this.project}${path}`;
  }

  overview(): Promise<Overview> {
    return this.as('lead').get(this.at());
  }

  /** Looks at something until it is as it should be. */
  wait<T>(
    what: string,
    look: () => Promise<T>,
    isThere: (seen: T) => boolean,
    says: (seen: T) => string,
  ): Promise<T> {
    const attempt = async () => {
      const seen = await look();
      if (!isThere(seen)) throw new Error(says(seen));
      return seen;
    };
    return until(attempt, { what, deadlineMs: PATIENCE_MS });
  }

  /** Mails a person the link behind which they take their token, and takes it as they would. */
  async claim(name: Person, by: Api): Promise<void> {
    if (this.memory.has(`token ${name}`)) return;
    const { address } = this.cast.people[name];
    const before = await this.inbox.present();
    await by.attempt(`/programmes/${this.programme}/people/${this.person(name)}/access`, {});
    const what = `the mail that gives ${this.cast.people[name].name} access`;
    const mail = await this.inbox.waitFor({ what, to: address, subject: ['Your access'], except: before });
    const browser = new Browser();
    const page = await browser.open(linkIn(mail));
    const shown = await browser.submit(page.formWith('name'), { name: this.cast.people[name].name });
    const token = shown.textAt('.parley-token code');
    if (!token) throw new Error(`The access page shows no token: ${shown.text.slice(0, 200)}`);
    this.memory.keep(`token ${name}`, token);
  }

  /** The latest sign-off of a kind, once people are asked. */
  async asked(kind: string, subject?: string): Promise<Checkpoint> {
    const seen = await this.wait(
      `the sign-off ${kind} to be open`,
      () => this.checkpoints(kind),
      (all) => latest(all, kind, subject) !== undefined,
      () => `there is none yet`,
    );
    return latest(seen, kind, subject) as Checkpoint;
  }

  private async checkpoints(kind: string): Promise<readonly Checkpoint[]> {
    const path = kind === 'AGREEMENT' ? `/programmes/${this.programme}` : this.at();
    const by = kind === 'AGREEMENT' ? this.administrator : this.as('lead');
    return (await by.get<{ items: Checkpoint[] }>(`${path}/checkpoints?limit=100`)).items;
  }

  /** The mail that asks a person to sign something. */
  request(name: Person, { kind, current }: Checkpoint): Promise<Mail> {
    const { name: called, address: to } = this.cast.people[name];
    const what = `the mail that asks ${called} for ${kind}`;
    return this.inbox.waitFor({
      what,
      to,
      subject: ['Your decision is asked', current.content.core.slice(0, 8)],
    });
  }

  /** A person opens their link, reads, chooses, types their name and, where it is asked for, the code from their mail. */
  async sign(name: Person, checkpoint: Checkpoint, answer: Answer = {}): Promise<Signature | null> {
    // A round that stays blind until it closes does not say who has answered.
    const { kind, current: round } = checkpoint;
    const signed = `signed ${kind} ${round.content.core} ${round.round} ${name}`;
    const current = await this.asked(kind, round.subject.id);
    if (this.memory.has(signed) || hasAnswered(current, this.person(name))) return null;
    const { name: called, address: to } = this.cast.people[name];
    const code = checkpoint.current.content.core.slice(0, 8);
    const browser = new Browser();
    const page = await browser.open(linkIn(await this.request(name, checkpoint)));
    if (!page.text.includes(code))
      throw new Error(`The page "${page.heading}" does not show the mail's content code`);
    const before = await this.inbox.present();
    const fields = { choice: 'APPROVED', name: called, dissent: '', reason: '', ...answer };
    const next = await browser.submit(page.formWith('choice'), fields);
    const isAsked = next.hasField('code');
    const mail =
      isAsked &&
      (await this.inbox.waitFor({
        what: `${called}'s code`,
        to,
        subject: ['Your code', code],
        except: before,
      }));
    const receipt = mail ? await browser.submit(next.formWith('code'), { code: codeIn(mail) }) : next;
    const [position, digest] = [receipt.term('Position in the ledger'), receipt.term('Digest of the entry')];
    if (!position || !digest)
      throw new Error(
        `${called}'s sign-off gave no receipt ("${receipt.heading}"): ${receipt.text.slice(0, 300)}`,
      );
    this.memory.keep(signed, { position, digest });
    return { position, digest };
  }

  /** Several people sign the latest sign-off of a kind, each when they find the time. */
  async signAll(kind: string, names: readonly Person[], subject?: string): Promise<void> {
    const checkpoint = await this.asked(kind, subject);
    await Promise.all(names.map((name) => this.sign(name, checkpoint)));
  }
}

/** A tour of any cast. */
export type AnyTour = Tour<string, string>;

const latest = (all: readonly Checkpoint[], kind: string, subject?: string): Checkpoint | undefined =>
  all.findLast(
    (each) => each.kind === kind && (subject === undefined || each.current.subject.id === subject),
  );

export const hasAnswered = ({ current }: Checkpoint, person: string): boolean =>
  current.decisions.some((decision) => decision.person.id === person && decision.withdrawn === null);
