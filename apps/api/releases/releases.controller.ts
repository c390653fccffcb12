// Releases: proposed in waves, opened only by the gate; an early attempt is answered with everything that is missing.
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { releaseStatus } from '#libs/domain';
import type { ProjectCommand, Release } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import {
  Because,
  FreeText,
  InstantField,
  Line,
  LocalId,
  Nothing,
  PersonId,
  TierField,
  Word,
  withoutUndefined,
} from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { commitmentsIn, filled } from '../http/said';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { Does, Shows } from '../policy/does';
import { fail } from '../problems/problem';
import type { ProblemExtras } from '../problems/problem';
import { gateView, releaseView } from '../projects/overview';
import { pageOf } from '../http/shown';
import { GateShown, ReleaseShown } from './shown';

const Terms = z.strictObject({
  requests: z.array(LocalId).max(50).default([]),
  imports: z
    .array(LocalId)
    .min(1)
    .max(50)
    .optional()
    .describe('Published data: alone, or in a linked release.'),
  tier: TierField,
  purpose: Line,
  methods: z.array(Word).min(1).max(50),
  readers: z.array(PersonId).min(1).max(100),
  rationale: z.strictObject({ text: FreeText, cites: z.array(LocalId).max(100) }),
  expires: InstantField,
});
export const ProposeRelease = Terms.refine(
  ({ requests, imports }) => requests.length > 0 || imports !== undefined,
  { path: ['requests'], message: 'a release rests on at least one request or import' },
);

@ApiTags('releases')
@Controller('projects/:project/releases')
export class ReleasesController {
  constructor(
    private readonly commands: Commands,
    private readonly handle: LedgerHandle,
  ) {}

  @Post()
  @Does('release.propose', 'Proposes a release of what was granted and deposited')
  propose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: ProposeRelease }) { rationale, ...terms }: z.infer<typeof ProposeRelease>,
  ) {
    const text = commitText(rationale.text);
    const command = {
      type: 'ProposeRelease',
      ...withoutUndefined(terms),
      rationale: { text: text.commitment, cites: rationale.cites },
    } as const;
    return this.commands.onProject(call, project, () => ({
      command: command as ProjectCommand & { type: 'ProposeRelease' },
      texts: [text],
    }));
  }

  @Get()
  @Shows('project.read', 'Lists the releases and their gates', pageOf(ReleaseShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    return slice(
      Object.values(worldOf(call).project.releases).map((release) => releaseView(call, release)),
      query,
    );
  }

  @Get(':release')
  @Shows('project.read', 'Shows a release', ReleaseShown)
  show(@Calling() call: Call, @Param('release') id: string) {
    return releaseView(call, releaseIn(call, id));
  }

  @Get(':release/gate')
  @Shows('project.read', 'Asks the gate: open, or everything missing and whose move it is', GateShown)
  gate(@Calling() call: Call, @Param('release') id: string) {
    return gateView(worldOf(call), releaseIn(call, id), call);
  }

  @Post(':release/open')
  @HttpCode(202)
  @Does(
    'release.open',
    'Attempts to open a release; refused with everything missing while the gate is closed',
  )
  async open(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('release') id: string,
    @Body({ schema: Nothing }) _body: z.infer<typeof Nothing>,
  ) {
    // Read anew: between the guard and here somebody may have signed, or withdrawn.
    const { world, now } = await this.handle.ledger.world(project);
    const release = world.project.releases[id] ?? notFound('release', id);
    const status = releaseStatus(world, release, now);
    const gate = gateView(world, release, { ...call, now });
    if (gate.open) await this.refuseWhileClosed(project);
    if (gate.open)
      return { release: id, status, ...(release.permit ? { permit: release.permit } : { gate }) };
    const texts = await this.handle.ledger.texts([...commitmentsIn(gate.missing)]);
    const missing = filled(gate.missing, texts) as NonNullable<ProblemExtras['missing']>;
    fail(
      409,
      'GATE_CLOSED',
      `The release ${id} stays closed: ${inWords(missing)}.`,
      'Settle what is missing; "names" tells whose move it is.',
      {
        missing,
      },
    );
  }

  /** I13: what people signed may stand, and the engine yet know that what is recorded does not agree. */
  private async refuseWhileClosed(project: string): Promise<void> {
    const sql = 'select parley.log_closed_because($1) is not null as closed';
    const [row] = await this.handle.source.query<{ closed: boolean }[]>(sql, [project]);
    if (row?.closed === true)
      fail(
        409,
        'LOG_CLOSED',
        'The engine has closed the gates: what is recorded does not agree, or was not compared yet.',
        'Ask whoever runs the engine; "closures" of the project says what was found, and since when.',
      );
  }

  @Post(':release/abandonment')
  @Does('release.giveUp', 'Gives a release up, with a reason')
  giveUp(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('release') release: string,
    @Body({ schema: Because }) body: z.infer<typeof Because>,
  ) {
    const reason = commitText(body.reason);
    const command = { type: 'GiveUpRelease', release, reason: reason.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [reason] }), release);
  }
}

const releaseIn = (call: Call, id: string): Release =>
  worldOf(call).project.releases[id] ?? notFound('release', id);

const inWords = (missing: NonNullable<ProblemExtras['missing']>): string =>
  missing.map(({ rule, reason }) => `${rule} (${reason})`).join('; ');
