// The demonstration's cast on a real ledger: every step goes through the functions of the role that would do it.
import { newId, openLedger, signContent, commitText } from '#libs/ledger';
import type { Draft, OpenedLedger, Receipt } from '#libs/ledger';
import type {
  AgreementRules,
  BoundaryScope,
  CheckpointKind,
  Choice,
  ProgrammeCommand,
  ProjectCommand,
  World,
} from '#libs/domain';
import type { TestDatabase } from './database';
import * as drafts from './drafts';
import type { Asked } from './drafts';
import { CAST, COUNCIL, HOLDER, nextForm, PANEL, personId, UNIVERSITY } from './story';
import type { AnyName, Name } from './story';

type Process = 'api' | 'portal' | 'worker' | 'courier';
const WORKER = { process: 'worker' } as const;

/** Which programme and project, and who has which token. */
interface Identity {
  programme: string;
  project: string;
  administrator: { secret: string; id: string };
  secrets: Map<AnyName, string>;
}

export class Setting {
  private constructor(
    readonly db: TestDatabase,
    readonly processes: Readonly<Record<Process, OpenedLedger>>,
    private readonly identity: Identity,
  ) {}

  static async open(db: TestDatabase): Promise<Setting> {
    const owner = await openLedger({ url: db.urls.OWNER });
    const secret = await owner.credentials.createAdministrator('operator@example.org');
    await owner.close();
    const processes = await openProcesses(db);
    const account = await processes.api.credentials.check(secret);
    const administrator = { secret, id: account?.administrator ?? '' };
    const ids = { programme: newId('pgm'), project: newId('prj') };
    return new Setting(db, processes, { ...ids, administrator, secrets: new Map() });
  }

  /** The same people on the same database with another project, not started yet. Close only one of the two. */
  withAnotherProject(): Setting {
    return new Setting(this.db, this.processes, { ...this.identity, project: newId('prj') });
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.processes).map((each) => each.close()));
    await this.db.drop();
  }

  get programme(): string {
    return this.identity.programme;
  }

  get project(): string {
    return this.identity.project;
  }

  get administrator(): { secret: string; id: string } {
    return this.identity.administrator;
  }

  // ------------------------------------------------------------------------------------------------ commands

  get ledger() {
    return this.processes.api.ledger;
  }

  as(name: AnyName): { person: string } {
    return { person: personId(name) };
  }

  onProgramme(name: AnyName, draft: Draft<ProgrammeCommand>): Promise<Receipt> {
    return this.ledger.onProgramme(this.programme, this.as(name), () => draft);
  }

  onProject(name: AnyName, draft: Draft<ProjectCommand>): Promise<Receipt> {
    return this.ledger.onProject(this.project, this.as(name), () => draft);
  }

  byWorker(command: ProjectCommand): Promise<Receipt> {
    return this.processes.worker.ledger.onProject(this.project, WORKER, () => ({ command }));
  }

  /** By the person's own token; `administrator` by the operator's. */
  async byAccount(name: AnyName | 'administrator', stream: string, draft: Draft): Promise<Receipt> {
    const secret = name === 'administrator' ? this.administrator.secret : await this.secretOf(name);
    return this.ledger.byAccount(secret, stream, () => draft);
  }

  /** A token, got as people get theirs: by an access link. */
  async secretOf(name: AnyName): Promise<string> {
    const known = this.identity.secrets.get(name);
    if (known !== undefined) return known;
    const person = personId(name);
    const access = {
      stream: this.programme,
      person,
      purpose: 'ACCESS',
      checkpoint: '',
      round: 0,
      core: '',
    } as const;
    const { token } = await this.processes.courier.links.mint(access);
    const secret = await this.processes.portal.credentials.claim(token, 30);
    this.identity.secrets.set(name, secret);
    return secret;
  }

  // ------------------------------------------------------------------------------------------------- signing

  async world(): Promise<World> {
    return (await this.ledger.world(this.project)).world;
  }

  /** The latest checkpoint of a kind, with its current round. */
  async asked(kind: CheckpointKind, about?: string): Promise<Asked> {
    const stream = kind === 'AGREEMENT' ? this.programme : this.project;
    const { checkpoints } =
      kind === 'AGREEMENT' ? (await this.ledger.programme(stream)).state : (await this.world()).project;
    const found = Object.values(checkpoints).findLast(
      ({ kind: of, rounds }) => of === kind && (about === undefined || rounds.at(-1)?.subject.id === about),
    );
    const round = found?.rounds.at(-1);
    if (!found || !round) throw new Error(`There is no checkpoint of kind ${kind}.`);
    return { stream, checkpoint: found.id, round };
  }

  async link(
    name: AnyName,
    kind: CheckpointKind,
    purpose: 'SIGN' | 'WITHDRAW' = 'SIGN',
    about?: string,
  ): Promise<string> {
    const { stream, checkpoint, round } = await this.asked(kind, about);
    const person = personId(name);
    const link = { stream, person, purpose, checkpoint, round: round.round, core: round.content.core };
    return (await this.processes.courier.links.mint(link)).token;
  }

  /** Asks for the code as the page does, and reads it where the mail would be written. */
  async code(name: AnyName, kind: CheckpointKind, token: string, about?: string): Promise<string> {
    const { stream, checkpoint, round } = await this.asked(kind, about);
    await this.processes.portal.links.askCode(token);
    return this.processes.courier.links.mintCode(stream, personId(name), checkpoint, round.round);
  }

  async decision(kind: CheckpointKind, choice: Choice = 'APPROVED', about?: string): Promise<Draft> {
    return drafts.decision(await this.asked(kind, about), choice);
  }

  async withdrawal(kind: CheckpointKind): Promise<Draft> {
    return drafts.withdrawal(await this.asked(kind));
  }

  /** What the portal does with a posted answer; the address it is posted to says which stream it is about. */
  async byLink(token: string, code: string | null, draft: Draft): Promise<Receipt> {
    const { links, ledger } = this.processes.portal;
    const stream = (await links.recall(token))?.stream ?? this.project;
    return ledger.byLink({ token, code, stream }, () => draft);
  }

  sign(kind: CheckpointKind, ...names: AnyName[]): Promise<void> {
    return this.signAbout(kind, undefined, ...names);
  }

  /** Of several that are open, the one about this. */
  async signAbout(kind: CheckpointKind, about: string | undefined, ...names: AnyName[]): Promise<void> {
    for (const name of names) {
      const token = await this.link(name, kind, 'SIGN', about);
      const { round } = await this.asked(kind, about);
      const code = round.needsCode ? await this.code(name, kind, token, about) : null;
      const draft = await this.decision(kind, 'APPROVED', about);
      await this.byLink(token, code, draft);
    }
  }

  // -------------------------------------------------------------------------------------------------- stages

  /** The programme with its four organisations and seven people. */
  async withRoster(): Promise<this> {
    const actor = { administrator: this.administrator.id };
    const name = commitText('Work and earnings');
    await this.ledger.startProgramme(this.programme, actor, {
      command: { type: 'StartProgramme', name: name.commitment },
      texts: [name],
    });
    for (const organisation of [UNIVERSITY, COUNCIL, HOLDER, PANEL])
      await this.ledger.onProgramme(this.programme, actor, () => drafts.organisation(organisation));
    for (const each of Object.keys(CAST) as Name[]) {
      if (each !== 'official') await this.attest(each, 'administrator');
    }
    await this.attest('official', 'checker');
    return this;
  }

  attest(name: AnyName, by: AnyName | 'administrator', address = `${name}@example.org`): Promise<Receipt> {
    return this.byAccount(by, this.programme, drafts.attestation(name, address));
  }

  /** … and an agreement that every institution signed. */
  async withAgreement(): Promise<this> {
    await this.withRoster();
    await this.proposeAgreement();
    await this.sign('AGREEMENT', 'researcher', 'checker', 'riskOwner');
    await this.makeSafe('researcher', 'lead');
    return this;
  }

  /** B54: training by the person's registrar, undertaking and interests by themselves. */
  async makeSafe(name: Name, by: Name): Promise<void> {
    const [course, undertaking, signedAs] = [
      commitText('Safe use of data'),
      commitText('I will'),
      commitText(name),
    ];
    const training = { completed: drafts.inDays(-1), expires: drafts.inDays(650), course: course.commitment };
    await this.byAccount(by, this.programme, {
      command: { type: 'RecordTraining', person: personId(name), ...training },
      texts: [course],
    });
    const signed = { text: undertaking.commitment, signedAs: signedAs.commitment };
    await this.byAccount(name, this.programme, {
      command: { type: 'SignUndertaking', ...signed, assurance: 'ACCOUNT' },
      texts: [undertaking, signedAs],
    });
    await this.byAccount(name, this.programme, {
      command: { type: 'DeclareInterests', interests: null, assurance: 'ACCOUNT' },
    });
  }

  proposeAgreement(over: Partial<AgreementRules> = {}): Promise<Receipt> {
    return this.onProgramme('lead', drafts.agreement(over));
  }

  /** … and a project put to its signers as `withProject` says. */
  async withQuestion(): Promise<this> {
    await this.withAgreement();
    return this.withProject();
  }

  /** Under an agreement: a project with an ethical approval, a boundary and a first cycle's question put to their signers. */
  async withProject(): Promise<this> {
    const title = commitText('Did the programme raise earnings?');
    const start = { type: 'StartProject' as const, programme: this.programme, title: title.commitment };
    await this.ledger.startProject(this.programme, this.project, this.as('lead'), {
      command: start,
      texts: [title],
    });
    await this.onProject('lead', drafts.ethics());
    await this.proposeBoundary();
    await this.onProject('lead', { command: { type: 'StartCycle', descendsFrom: null } });
    await this.proposeQuestion();
    return this;
  }

  proposeQuestion(): Promise<Receipt> {
    const { content, contents } = signContent({ kind: 'QUESTION' }, { text: 'The question' });
    return this.ledger.onProject(this.project, this.as('lead'), ({ project }) => ({
      command: { type: 'ProposeQuestion', content, sufficient: true, form: nextForm(project) },
      contents,
    }));
  }

  async proposeBoundary(over: Partial<BoundaryScope> = {}): Promise<Receipt> {
    const scope = drafts.scopeOf(over);
    const { draft, digest } = drafts.legalFile(scope);
    await this.onProject('lead', draft);
    const file = (await this.world()).project.legalFiles.at(-1)?.id ?? '';
    return this.onProject('lead', drafts.boundary(scope, { file, digest }));
  }
}

async function openProcesses(db: TestDatabase): Promise<Record<Process, OpenedLedger>> {
  const [api, portal, worker, courier] = await Promise.all([
    openLedger({ url: db.urls.API }),
    openLedger({ url: db.urls.PORTAL }),
    openLedger({ url: db.urls.WORKER }),
    openLedger({ url: db.urls.COURIER }),
  ]);
  return { api, portal, worker, courier };
}

/** A setting on a database of its own. Take it as far as a test needs, and `close()` it. */
export async function aSetting(db: TestDatabase): Promise<Setting> {
  return Setting.open(db);
}
