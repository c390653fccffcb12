// Thirty-two people asked about a question, on one project or each on their own, and what a browser of theirs sends.
import { commitText, newId, signContent } from '#libs/ledger';
import { nextForm, Setting } from '#libs/testing';
import type { TestDatabase } from '#libs/testing';

export const SIGNERS = 32;

/** What one signer will post: everything a browser has after opening the mail's link. */
export interface Prepared {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export class Signers {
  private constructor(
    readonly setting: Setting,
    private readonly people: string[],
    private readonly projects: string[],
  ) {}

  /** A programme with an agreement, 32 researchers and 32 projects, each in its first cycle. */
  static async gather(db: TestDatabase): Promise<Signers> {
    return Signers.within(await (await Setting.open(db)).withAgreement());
  }

  /** The same in a programme that has an agreement. */
  static async within(setting: Setting): Promise<Signers> {
    const people: string[] = [];
    for (let n = 0; n < SIGNERS; n += 1) people.push(await attest(setting, n));
    const projects = Array.from({ length: SIGNERS }, () => newId('prj'));
    for (const project of projects) await startProject(setting, project, 'A project');
    return new Signers(setting, people, projects);
  }

  /** Puts fresh questions to sign and opens every signer's link; `spread` gives each a project of their own. */
  async prepare(portal: string, spread: boolean): Promise<Prepared[]> {
    const places = this.people.map((_, n) => this.projects[spread ? n : 0] ?? '');
    for (const project of new Set(places)) await proposeQuestion(this.setting, project);
    const prepared: Prepared[] = [];
    for (const [n, person] of this.people.entries()) {
      prepared.push(await arrive(portal, await this.mint(places[n] ?? '', person)));
    }
    return prepared;
  }

  /** A link to what was put up last, as the mail brings it. */
  async link(portal: string): Promise<string> {
    return `${portal}/s/${await this.mint(this.projects[0] ?? '', this.people[0] ?? '')}`;
  }

  private async mint(stream: string, person: string): Promise<string> {
    const { world } = await this.setting.ledger.world(stream);
    const found = Object.values(world.project.checkpoints).find((c) => c.kind === 'QUESTION');
    const round = found?.rounds.at(-1);
    if (!found || !round) throw new Error(`no question is asked in ${stream}`);
    const link = {
      stream,
      person,
      purpose: 'SIGN' as const,
      checkpoint: found.id,
      round: round.round,
      core: round.content.core,
    };
    return (await this.setting.processes.courier.links.mint(link)).token;
  }
}

export async function attest(setting: Setting, n: number): Promise<string> {
  const person = newId('per');
  const [name, address] = [commitText(`Researcher ${n}`), commitText(`researcher${n}@example.org`)];
  await setting.byAccount('lead', setting.programme, {
    command: {
      type: 'AttestPerson',
      person,
      organisation: 'org_university',
      roles: ['researcher'],
      name: name.commitment,
      address: address.commitment,
    },
    texts: [name, address],
  });
  return person;
}

/** A project with its first cycle open. */
export async function startProject(setting: Setting, project: string, called: string): Promise<void> {
  const title = commitText(called);
  const command = { type: 'StartProject' as const, programme: setting.programme, title: title.commitment };
  await setting.ledger.startProject(setting.programme, project, setting.as('lead'), {
    command,
    texts: [title],
  });
  await setting.ledger.onProject(project, setting.as('lead'), () => ({
    command: { type: 'StartCycle', descendsFrom: null },
  }));
}

export async function proposeQuestion(setting: Setting, project: string): Promise<void> {
  const { content, contents } = signContent({ kind: 'QUESTION', question: 'Which?' }, { text: 'Why we ask' });
  await setting.ledger.onProject(project, setting.as('lead'), ({ project: state }) => ({
    command: { type: 'ProposeQuestion', content, sufficient: true, form: nextForm(state) },
    contents,
  }));
}

/** Opens the link as a browser does and fills the form in: approve, with a name. */
export async function arrive(portal: string, token: string): Promise<Prepared> {
  const first = await fetch(`${portal}/s/${token}`, { redirect: 'manual' });
  const address = first.headers.get('location') ?? '';
  const cookie = first.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const page = await (await fetch(new URL(address, portal), { headers: { cookie } })).text();
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const fields = new URLSearchParams(
    hidden.map(([, name = '', value = '']): [string, string] => [name, value]),
  );
  fields.set('choice', 'APPROVED');
  fields.set('name', 'A. Researcher');
  const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
  return { url: new URL(address, portal).href, headers, body: fields.toString() };
}

/** Sends all at once; milliseconds until each was answered. Anything but the receipt is an error. */
export async function sendAtOnce(prepared: readonly Prepared[]): Promise<number[]> {
  return Promise.all(
    prepared.map(async ({ url, headers, body }) => {
      const started = performance.now();
      const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' });
      const took = performance.now() - started;
      if (answer.status !== 303) throw new Error(`${answer.status}: ${(await answer.text()).slice(0, 2000)}`);
      return took;
    }),
  );
}
