// Starts a project from a template by the same commands people send one by one; what is recorded already is not repeated.
import { agreementInForce, floorOf, peopleAt, raisedFor } from '#libs/domain';
import type { AgreementRules, ProgrammeState, ProjectState } from '#libs/domain';
import { commitText, idFrom, newId, sha256 } from '#libs/ledger';
import { Injectable } from '@nestjs/common';
import { profilingOf } from '../issue/profiling';
import { programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { fail } from '../problems/problem';
import { termsOf } from '../sources/registering';
import type { Template } from './template';

export interface Beginning {
  readonly title: string;
  readonly template: Template;
  /** The organisation of the programme behind each of the template's. */
  readonly organisations: Readonly<Record<string, string>>;
}

/**
 * One transaction per command. Under an Idempotency-Key the project's id follows from the caller, the key and the
 * beginning, so that a call repeated after a crash finds what the first one recorded and goes on from there.
 */
@Injectable()
export class Starting {
  constructor(
    private readonly handle: LedgerHandle,
    private readonly commands: Commands,
  ) {}

  async begin(call: Call, beginning: Beginning): Promise<{ id: string; warnings: string[] }> {
    const programme = programmeOf(call);
    checkOrganisations(programme, beginning);
    const id = idOf(call, beginning);
    // The answer is kept once all is recorded, not with the first command.
    const step = { ...call, once: null };
    const known = await this.projectIf(id);
    if (!known) await this.start(step, programme.id, id, beginning);
    await this.describe(step, id, known, beginning);
    return { id, warnings: lacking(programme, beginning, call.now) };
  }

  private async projectIf(id: string): Promise<ProjectState | null> {
    const rows: unknown[] = await this.handle.source.query(
      'select 1 from parley.events where stream = $1 limit 1',
      [id],
    );
    return rows.length === 0 ? null : (await this.handle.ledger.world(id)).world.project;
  }

  private start(call: Call, programme: string, id: string, beginning: Beginning) {
    const title = commitText(beginning.title);
    const command = { type: 'StartProject', programme, title: title.commitment } as const;
    return this.commands.startProject(call, programme, id, { command, texts: [title] });
  }

  private async describe(call: Call, id: string, known: ProjectState | null, beginning: Beginning) {
    const { template, organisations } = beginning;
    const registered = Object.values(known?.sources ?? {}).map((source) => keyOf(source.terms));
    for (const source of template.sources) {
      const holder = source.holder === null ? null : (organisations[source.holder] ?? null);
      const described = { ...source, holder };
      if (registered.includes(keyOf(described))) continue;
      const { terms, texts } = termsOf(described);
      await this.commands.onProject(call, id, () => ({
        command: { type: 'RegisterSource', ...terms },
        texts,
      }));
    }
    if ((known?.profiles.length ?? 0) === 0)
      await this.commands.onProject(call, id, () => profilingOf(template.issue));
  }
}

const keyOf = ({ name, holder }: { name: string; holder: string | null }): string => `${name}\n${holder}`;

function idOf({ actor, once }: Call, beginning: Beginning): string {
  if (once === null) return newId('prj');
  return idFrom('prj', sha256(JSON.stringify([actor, once.key, beginning])));
}

/** Everything that does not fit is said at once. */
function checkOrganisations(programme: ProgrammeState, { template, organisations }: Beginning): void {
  const parts = Object.keys(template.organisations);
  const errors = [
    ...parts
      .filter((part) => !(part in organisations))
      .map((part) => ({ path: `organisations.${part}`, message: 'the template names it, you do not' })),
    ...Object.entries(organisations).flatMap(([part, id]) => {
      const path = `organisations.${part}`;
      if (!parts.includes(part)) return [{ path, message: `the template has ${parts.join(', ')}` }];
      return programme.organisations[id] ? [] : [{ path, message: `${id} is not in your programme` }];
    }),
  ];
  if (errors.length === 0) return;
  const all = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  fail(422, 'ORGANISATIONS', all, 'Say for each organisation of the template which of yours it is.', {
    errors,
  });
}

/** What the template asks for and the programme does not have yet: people may still join, agreements be amended. */
function lacking(programme: ProgrammeState, { template, organisations }: Beginning, now: string): string[] {
  const people = Object.entries(template.organisations).flatMap(([part, { title, roles }]) => {
    const there = peopleAt(programme, now, { organisation: organisations[part] ?? '' });
    const missing = roles.filter((role) => !there.some(({ tenure }) => tenure.roles.includes(role)));
    return missing.length === 0 ? [] : [`${title} (${part}) has nobody who is ${missing.join(', ')}`];
  });
  const rules = agreementInForce(programme, now)?.rules;
  const { frequencyThreshold, quorums = [] } = template.signOff;
  const isLooser = rules !== undefined && rules.frequencyThreshold < frequencyThreshold;
  return [
    ...people,
    ...(rules === undefined ? ['no agreement is in force; its rules could be those of the template'] : []),
    ...(isLooser
      ? [
          `the agreement lets figures rest on ${rules.frequencyThreshold} people, the template on ${frequencyThreshold}`,
        ]
      : []),
    ...(rules === undefined ? [] : quorums.flatMap((asked) => fallingShort(rules, asked))),
  ];
}

/** Where the agreement asks for less of a kind's rounds than the template does. */
function fallingShort(
  rules: AgreementRules,
  { kind, people, organisations, blind }: NonNullable<Template['signOff']['quorums']>[number],
): string[] {
  const [floor, raised] = [floorOf(kind), raisedFor(kind, rules)];
  const fewer = [
    ...((raised?.people ?? floor.people) < (people ?? 0) ? [`${people} people`] : []),
    ...((raised?.organisations ?? floor.organisations) < (organisations ?? 0)
      ? [`${organisations} organisations`]
      : []),
    ...(blind && !raised?.blind ? ['answers hidden until the round closes'] : []),
  ];
  return fewer.length === 0
    ? []
    : [`the template wants for ${kind}: ${fewer.join(', ')}; the agreement does not`];
}
