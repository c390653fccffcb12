// What reading routes show, as schemas: the API's description is made of them, and a test holds real answers to them.
import { z } from 'zod';
import {
  ADMISSIBILITIES,
  ALTERNATIVES,
  ASSURANCES,
  CHECKPOINT_KINDS,
  CHOICES,
  CONDITION_KINDS,
  DEPOSIT_PURPOSES,
  DEPOSIT_STATUSES,
  GRANULARITIES,
  HEARD_BY,
  DEVIATION_PARTS,
  NEXT_STEPS,
  PROJECT_STATUSES,
  QUESTION_AIMS,
  QUESTION_CHANGES,
  REASON_ORIGINS,
  REFUSAL_REASONS,
  RELEASE_STATUSES,
  REQUEST_STATUSES,
  RESULT_STATUSES,
  ROLES,
  ROUND_STATUSES,
  RUN_OUTCOMES,
  STAGES,
  STAGE_STATUSES,
  TEMPOS,
  TIERS,
  USES,
  WITHDRAWAL_MODES,
} from '#libs/domain';
import { DataSpec } from '#libs/vault';
import { RulesShown } from '../agreements/rules';
import { QuorumShown } from '../checkpoints/quorum.view';

export const Id = z.string();
export const Instant = z.string();
export const Erasable = z.string().nullable().describe('Null once erased.');
export const Named = z.object({ id: Id, name: Erasable });
export const Role = z.enum(ROLES);
const Tier = z.enum(TIERS);
export const Content = z.object({ core: z.string(), cover: z.string() });
const Condition = z.object({ kind: z.enum(CONDITION_KINDS), value: z.string() });
const Rationale = z.object({ text: Erasable, cites: z.array(Id) });
export const RoundStatus = z.enum(ROUND_STATUSES);
const Withdrawal = z
  .object({
    ...{ person: Id, at: Instant, mode: z.enum(WITHDRAWAL_MODES) },
    ...{ atOnce: z.boolean(), disowned: z.boolean() },
  })
  .nullable();
const Destroyed = z.object({ certificate: z.string(), at: Instant }).nullable();

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable().describe('Cursor of the next page.') });

export const ProgrammeShown = z.object({
  ...{ id: Id, name: Erasable, version: z.int(), now: Instant },
  ...{ agreementInForce: Id.nullable(), organisations: z.int(), people: z.int() },
});
export const ProgrammeListed = z.object({ id: Id, name: Erasable, agreement: Id.nullable() });
export const OrganisationShown = z.object({ id: Id, name: Erasable, commissionedBy: z.array(Id) });
export const PersonShown = z.object({
  ...{ id: Id, name: Erasable, deputy: Id.nullable(), roles: z.array(Role) },
  ...{ organisation: Named.nullable(), leftAt: Instant.nullable() },
  hasAddress: z.boolean().describe('False for somebody who is asked by telephone or on paper.'),
  addressChangesAt: Instant.nullable().describe('When a changed address takes effect, if it has not yet.'),
});
const Slot = z.object({ key: z.string(), roles: z.array(Role), organisation: Id.nullable(), count: z.int() });
export const AgreementShown = z.object({
  ...{ id: Id, content: Content, expires: Instant, proposedAt: Instant, inForce: z.boolean() },
  rules: RulesShown,
  parties: z.array(z.object({ organisation: Named, registrar: Named, signatory: Named.nullable() })),
  warnings: z.array(z.string()).describe('Sign-offs nobody could complete with the roster as it is.'),
  status: RoundStatus.nullable(),
});

const DecisionShown = z.object({
  ...{ person: Named, organisation: Named, roles: z.array(Role), choice: z.enum(CHOICES), core: z.string() },
  ...{ cover: z.string(), at: Instant, version: z.int(), assurance: z.enum(ASSURANCES) },
  ...{ conditions: z.array(Condition), withdrawn: Withdrawal, reason: Erasable, dissent: Erasable },
  /** T15: who wrote a RECORDED answer down and what shows it; an approval counts once it is countersigned. */
  written: z.object({ by: Named, how: z.enum(HEARD_BY), evidence: Id }).optional(),
  countersigned: z.object({ by: Named, at: Instant }).nullable().optional(),
});
export const RoundShown = z.object({
  ...{ round: z.int(), subject: z.record(z.string(), z.unknown()), content: Content, status: RoundStatus },
  ...{ proposer: Named, openedAt: Instant, blind: z.boolean(), deadline: Instant, reminders: z.int() },
  ...{ escalatedAt: Instant.nullable(), lapsedAt: Instant.nullable(), voidedAt: Instant.nullable() },
  rule: z.object({ slots: z.array(Slot), people: z.int(), organisations: z.int() }),
  quorum: QuorumShown,
  outOfReach: z.array(z.string()).describe('What the roster no longer offers an open round.'),
  asked: z.array(
    z.object({
      ...{ id: Id, name: Erasable, organisation: Named, slots: z.array(z.string()) },
      onBehalfOf: Named.nullable().describe('Who handed their sign-off to this person.'),
      until: Instant.nullable().describe('When that delegation ends, or ended.'),
      hasAnswered: z.boolean().nullable().describe('Null while the round is blind.'),
    }),
  ),
  decisions: z.array(DecisionShown).describe('While a blind round is open, only your own.'),
});
const CheckpointKind = z.enum(CHECKPOINT_KINDS);
export const CheckpointListed = z.object({
  ...{ id: Id, kind: CheckpointKind, rounds: z.int(), current: RoundShown.nullable() },
});
export const CheckpointShown = z.object({
  ...{ id: Id, kind: CheckpointKind, rounds: z.array(RoundShown) },
  content: z
    .object({ core: z.unknown(), cover: z.unknown() })
    .nullable()
    .describe('What is signed, as it is shown; parts are null once erased.'),
});

export const CycleShown = z.object({
  ...{ id: Id, number: z.int(), descendsFrom: Id.nullable(), startedAt: Instant },
  stages: z.array(z.object({ stage: z.enum(STAGES), status: z.enum(STAGE_STATUSES) })),
});
const FieldTerms = z.object({
  ...{ field: z.string(), period: z.object({ from: z.string(), to: z.string() }).nullable() },
  granularity: z.object({ level: z.enum(GRANULARITIES), vintage: z.string().nullable() }),
});
export const Reason = z.enum(REFUSAL_REASONS);
export const WithheldShown = z.object({ field: z.string(), reason: Reason.nullable(), because: Erasable });
const FieldAnswerShown = z.object({
  ...{ field: z.string(), answer: z.enum(['GRANTED', 'GRANTED_LESS', 'WITHHELD']) },
  ...{ terms: FieldTerms.nullable(), withheld: WithheldShown.nullable() },
});
const AlternativeShown = z.object({
  ...{ alternative: z.enum(ALTERNATIVES), whyNot: Erasable, by: Named.nullable() },
});
const Grant = z.object({
  ...{ tier: Tier, fields: z.array(z.string()), depositAs: DataSpec, releaseAs: DataSpec },
  ...{ conditions: z.array(Condition), expires: Instant, detail: z.array(FieldTerms).optional() },
});
export const RequestShown = z.object({
  ...{ id: Id, cycle: Id, question: Id, boundary: Id, sentAt: Instant, deadline: Instant },
  ask: z.object({
    ...{ source: z.string(), fields: z.array(z.string()), tier: Tier, purpose: z.string() },
    ...{ methods: z.array(z.string()), linkage: z.boolean(), detail: z.array(FieldTerms).optional() },
  }),
  ...{ answers: Id.nullable(), help: Erasable },
  ...{
    lapsedAt: Instant.nullable(),
    withdrawn: Withdrawal,
    holder: Named,
    sender: Named,
    rationale: Rationale,
  },
  status: z.enum(REQUEST_STATUSES),
  answer: z
    .object({
      ...{ outcome: z.enum(['GRANTED', 'PARTLY_GRANTED', 'REFUSED']), at: Instant, grant: Grant.nullable() },
      ...{ person: Named, reason: Erasable, isConfidential: z.boolean() },
      ...{ fields: z.array(FieldAnswerShown), aggregatePossible: z.boolean().nullable() },
      reasons: z
        .array(Reason)
        .nullable()
        .describe('Null for readers who neither asked nor hold the data: see the register of refusals.'),
      sources: z
        .array(z.object({ reason: Reason, from: z.enum(REASON_ORIGINS), where: Erasable }))
        .nullable(),
      alternatives: z.array(AlternativeShown).nullable().describe('Of a purpose that is not compatible.'),
    })
    .nullable()
    .describe('Also null while an answer is blind.'),
});
const MissingShown = z.object({
  ...{ rule: z.string(), reason: z.string(), waitingFor: z.array(Id), names: z.array(Erasable) },
  since: Instant.nullable(),
});
export const GateShown = z.object({
  open: z.boolean(),
  conditions: z.array(Condition).optional(),
  expires: Instant.optional(),
  missing: z.array(MissingShown).optional().describe('Everything that is missing, and whose move it is.'),
});
export const CollectionCaveatShown = z
  .object({
    ...{ collection: Id, source: z.string(), invited: z.int(), responded: z.int() },
    ...{ responseRate: z.number(), linkConsented: z.int(), left: z.int() },
    compared: z.array(z.object({ characteristic: z.string(), responders: z.int(), nonResponders: z.int() })),
  })
  .describe('Of collected data: who answered, and how they differ from those who did not.');
export const ReleaseShown = z.object({
  ...{ id: Id, cycle: Id, wave: z.int(), tier: Tier, requests: z.array(Id), deposits: z.array(Id) },
  ...{ purpose: z.string(), methods: z.array(z.string()), question: Id, boundary: Id, expires: Instant },
  proposedAt: Instant,
  sealed: z
    .object({
      ...{ content: Content, digest: z.string(), rows: z.int(), bytes: z.int() },
      ...{ object: z.string(), at: Instant },
      heeded: z
        .array(Id)
        .optional()
        .describe('Objections whose people are left out; absent: every earlier one.'),
    })
    .nullable(),
  permit: z
    .object({ at: Instant, version: z.int(), conditions: z.array(Condition), expires: Instant })
    .nullable(),
  ...{ givenUpAt: Instant.nullable(), destroyed: Destroyed, proposer: Named, readers: z.array(Named) },
  ...{ rationale: Rationale, status: z.enum(RELEASE_STATUSES), gate: GateShown.nullable() },
  caveats: z.array(CollectionCaveatShown),
  imports: z.array(Id),
  published: z
    .array(
      z.object({
        ...{ import: Id, source: z.string(), address: z.string(), licence: z.string(), version: z.string() },
        disclosureControl: Erasable,
      }),
    )
    .describe('Published data in it, controlled by its publisher; alone, it has wave 0 and no boundary.'),
});
const DepositStatus = z.enum(DEPOSIT_STATUSES);
const DepositOutcome = z.object({
  ...{ accepted: z.boolean(), rows: z.int().nullable(), report: z.string(), at: Instant },
});
export const DepositShown = z.object({
  ...{
    id: Id,
    request: Id.describe('The data request, or the import, that it answers.'),
    publicKey: z.string(),
    invitedAt: Instant,
    status: DepositStatus,
  },
  received: z.object({ digest: z.string(), bytes: z.int(), at: Instant, person: Named }).nullable(),
  outcome: DepositOutcome.nullable(),
  opened: z.array(z.object({ purpose: z.enum(DEPOSIT_PURPOSES), at: Instant })),
  destroyed: Destroyed,
});
export const ReportShown = DepositOutcome.extend({ deposit: Id, findings: z.unknown() });

export const PeriodShown = z.object({ from: z.string().nullable(), to: z.string().nullable() });
export const SubpopulationShown = z.object({ field: z.string(), values: z.array(z.string()) });
export const SeriesBreakShown = z.object({ at: z.string(), cause: Erasable }).nullable();
export const CaveatShown = z.object({
  ...{ place: Id, source: z.string(), field: z.string(), status: z.enum(ADMISSIBILITIES), text: Erasable },
  ...{ seriesBreak: SeriesBreakShown, challenges: z.array(Id), knowledge: z.array(Id) },
});
export const Caveats = {
  caveats: z.array(CaveatShown).describe('In force when the run was registered; part of what OUTPUT signs.'),
  caveatsNow: z.array(CaveatShown).describe('As they stand now.'),
};
export const ResultStatus = z.enum(RESULT_STATUSES);
export const AnalysisListed = z.object({
  ...{ id: Id, cycle: Id, release: Id, method: z.string(), params: z.record(z.string(), z.unknown()) },
  ...{ question: Id, boundary: Id, registeredAt: Instant, withheldAt: Instant.nullable(), author: Named },
  destroyed: Destroyed,
  ...{ reads: z.int(), hypothesis: Erasable, support: Erasable, status: ResultStatus, ...Caveats },
  ...{ tests: z.object({ hypothesis: Id, version: z.int() }).nullable(), rounding: z.int().nullable() },
  afterSeeing: z.array(Id).describe('Other results its author could have seen when registering it.'),
  deviations: z.array(
    z.object({
      ...{ id: Id, part: z.enum(DEVIATION_PARTS), person: Named, reason: Erasable, at: Instant },
      recorded: z.enum(['BEFORE_RESULT', 'AFTER_RESULT']),
    }),
  ),
  intention: z
    .object({
      ...{ fields: z.array(z.string()).optional(), use: z.enum(USES).optional() },
      ...{
        window: PeriodShown.extend({ by: z.string().optional() }).optional(),
        subpopulation: SubpopulationShown.optional(),
      },
    })
    .nullable(),
  ended: z
    .object({
      ...{ outcome: z.enum(RUN_OUTCOMES), reason: z.string().nullable(), at: Instant },
      result: Content.nullable(),
      code: z
        .object({ version: z.string(), digest: z.string() })
        .nullable()
        .describe(
          'What computed it: the method’s version, and the digest that `parley code` prints of the code.',
        ),
      because: z.string().nullable().describe('Why the data could not answer, without a word of the data.'),
    })
    .nullable(),
});
export const AnalysisShown = AnalysisListed.extend({
  diagnostics: z.unknown().describe('About the run, never about the data.'),
});
export const QuestionShown = z.object({
  ...{ id: Id, cycle: Id, content: Content, sufficient: z.boolean(), at: Instant },
  status: RoundStatus.nullable(),
  ...{ aim: z.enum(QUESTION_AIMS).nullable(), options: z.array(Erasable) },
  descendsFrom: z
    .object({ cycle: Id, reflection: Id.nullable() })
    .nullable()
    .describe('The reflection it descends from; null in the first cycle.'),
  change: z
    .object({
      ...{ from: Id, kind: z.enum(QUESTION_CHANGES), what: Erasable, because: Erasable, cites: z.array(Id) },
    })
    .nullable()
    .describe('What it changes of an earlier version; null for the first.'),
});
export const BoundaryShown = z.object({
  ...{ id: Id, amends: Id.nullable(), content: Content, at: Instant, inForce: z.boolean() },
  scope: z.record(z.string(), z.unknown()),
  sources: z
    .array(z.object({ source: z.string(), holder: Id, registered: Id.nullable() }))
    .describe('What the register has under the names of the scope.'),
  legalFile: z.object({ file: Id, digest: z.string() }).nullable(),
  ...{ legal: RoundStatus.nullable(), ethical: RoundStatus.nullable() },
});
export const EthicsShown = z.object({ id: Id, expires: Instant, endedAt: Instant.nullable() });
export const BenefitShown = z.object({ id: Id, wave: z.int(), cycle: Id, content: Content, at: Instant });
export const InterpretationShown = z.object({
  ...{ id: Id, cycle: Id, as: z.enum(['PRACTITIONER', 'RESEARCHER']), at: Instant },
  ...{ person: Named, text: Erasable, misreading: Erasable },
});
export const ReflectionShown = z.object({
  ...{ id: Id, content: Content, at: Instant, cycle: Id, status: RoundStatus.nullable() },
});
export const RefinementShown = ReflectionShown.extend({ next: z.enum(NEXT_STEPS) });
export const MethodShown = z.object({
  ...{ id: z.string(), name: z.string(), version: z.union([z.int(), z.string()]), title: z.string() },
  description: z.string().describe('What it does, from whom it comes, and what it assumes.'),
  ...{ accepts: z.array(z.string()), reports: z.string() },
  reference: z.string().describe('What its numbers are held to.'),
  rules: z.array(z.string()).describe('Rules of the output check that its numbers meet.'),
  weights: z
    .union([z.object({ takes: z.string() }), z.object({ refuses: z.string() })])
    .describe('What it makes of weights, or why it takes none.'),
  params: z.record(z.string(), z.unknown()).describe('JSON Schema of its parameters.'),
});

export const ProjectListed = z.object({
  ...{ id: Id, programme: Id, title: Erasable, lead: Named, startedAt: Instant },
  ...{ suspendedSince: Instant.nullable(), closedAt: Instant.nullable(), cycle: Id.nullable() },
  tempo: z.enum(TEMPOS).describe('Projects in a shock come first.'),
});
export const ProjectShown = z.object({
  ...{ id: Id, programme: Id, title: Erasable, version: z.int(), now: Instant, lead: Named },
  ...{
    status: z.enum(PROJECT_STATUSES),
    tempo: z.enum(TEMPOS),
    cycle: CycleShown.nullable(),
    cycles: z.array(CycleShown),
  },
  moves: z
    .array(
      z.object({
        ...{ what: z.string(), about: z.string(), who: z.array(Named) },
        ...{ since: Instant, due: Instant.nullable() },
        people: z.array(Named).optional().describe('T15: whom it concerns besides.'),
        ...{ unreached: z.array(Named).optional(), correctedBy: z.array(Named).optional() },
      }),
    )
    .describe('Whose move it is, and since when.'),
  ...{ requests: z.array(RequestShown), releases: z.array(ReleaseShown) },
  deposits: z.array(z.object({ id: Id, request: Id, status: DepositStatus })),
  analyses: z.array(z.object({ id: Id, cycle: Id, release: Id, method: z.string(), status: ResultStatus })),
  closures: z
    .array(z.object({ kind: z.enum(['LOG', 'VIEWS', 'GATE', 'WITNESS']), since: Instant }))
    .describe('I13: what was found wrong here and keeps every gate closed until it is explained.'),
});
