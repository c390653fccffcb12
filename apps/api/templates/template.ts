// What a template says of a setting: its question's aim, who takes part, which sources there are, how things are signed.
import { CHECKPOINT_KINDS, floorOf, QUESTION_AIMS } from '#libs/domain';
import { z } from 'zod';
import { Holidays, Quorums } from '../agreements/rules';
import { FreeText, Line, RoleField, Word } from '../http/fields';
import { Profile } from '../issue/profiling';
import { Source } from '../sources/registering';

const MS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
type Unit = keyof typeof MS;

/** "14 days" in milliseconds, as an agreement's rules count. */
const Span = z
  .string()
  .regex(/^[1-9][0-9]{0,3} (minutes|hours|days)$/, 'a span such as "48 hours" or "14 days"')
  .transform((text) => {
    const [count = '', unit = 'days'] = text.split(' ');
    return Number(count) * MS[unit as Unit];
  });

/** How a template names an organisation; whoever starts a project says which of theirs it is. */
const Part = z.string().regex(/^[a-z][a-zA-Z]{0,39}$/, 'a short name such as council');

const Organisation = z.strictObject({
  title: Line,
  roles: z.array(RoleField).min(1).max(19).describe('Roles its people have to hold between them.'),
  commissionedBy: z.array(Part).max(20).default([]),
});
const TemplateSource = Source.extend({
  holder: Part.nullable().default(null).describe('The organisation of this template that holds it.'),
});
const SignOff = z.strictObject({
  frequencyThreshold: z.int().min(10).max(1000).describe('The fewest people a figure rests on.'),
  timings: z.strictObject({ remindAfter: Span, escalateAfter: Span, lapseAfter: Span }),
  reasking: z.strictObject({ coolingOff: Span, cap: z.int().min(0).max(20) }),
  codeAlsoFor: z.array(z.enum(CHECKPOINT_KINDS)).max(9).default([]),
  moreSigners: z
    .array(
      z.strictObject({
        kind: z.enum(CHECKPOINT_KINDS),
        slot: z.strictObject({
          ...{ key: Word, roles: z.array(RoleField).min(1).max(19) },
          // Whose they are, each programme decides by who holds the role.
          organisation: z.null().default(null),
          count: z.int().min(1).max(50),
        }),
      }),
    )
    .max(20)
    .default([])
    .describe('Signers asked besides those the rules ask anyway.'),
  quorums: Quorums.optional(),
  holidays: Holidays.optional(),
});

/** Each part by itself; whether the parts agree, `contradictionsIn` says. */
export const Template = z.strictObject({
  ...{ name: z.string().regex(/^[a-z][a-z-]{0,39}$/, 'lower-case letters and hyphens'), title: Line },
  ...{ purpose: FreeText, aim: z.enum(QUESTION_AIMS), issue: Profile },
  organisations: z.record(Part, Organisation),
  sources: z.array(TemplateSource).min(1).max(100),
  signOff: SignOff,
});
export type Template = z.infer<typeof Template>;

interface Contradiction {
  readonly path: (string | number)[];
  readonly message: string;
}

/** Whoever holds data that is asked for has to have people for it. */
const OF_HOLDERS = ['dataHolder', 'dataCustodian', 'informationRiskOwner'] as const;

/** As much of a template as can be read: null stands for what is there and cannot. */
interface Readable {
  readonly organisations: Readonly<Record<string, z.infer<typeof Organisation> | null>>;
  readonly sources: readonly (z.infer<typeof TemplateSource> | null)[];
  readonly timings: z.infer<typeof SignOff>['timings'] | null;
  readonly quorums: z.infer<typeof Quorums> | null;
}

/** Where parts of a template contradict each other, also beside parts that cannot be read: all that is wrong is said at once. */
export function contradictionsIn(content: unknown): Contradiction[] {
  const readable = readableIn(content);
  const { organisations, sources, timings, quorums } = readable;
  const commissioners = Object.entries(organisations).flatMap(([part, organisation]) =>
    (organisation?.commissionedBy ?? []).flatMap((by, at) =>
      Object.hasOwn(organisations, by)
        ? []
        : [unknownPart(['organisations', part, 'commissionedBy', at], by)],
    ),
  );
  const late = 'reminding comes before escalating, and escalating before lapsing';
  return [
    ...commissioners,
    ...sources.flatMap((source, at) => (source === null ? [] : wrongSource(readable, source, at))),
    ...(timings === null || isInOrder(timings) ? [] : [{ path: ['signOff', 'timings'], message: late }]),
    ...(quorums ?? []).flatMap((raised, at, all) => {
      const path = ['signOff', 'quorums', at];
      const floor = floorOf(raised.kind);
      const { people = floor.people, organisations: of = floor.organisations } = raised;
      return [
        ...(all.findIndex(({ kind }) => kind === raised.kind) < at
          ? [{ path, message: `${raised.kind} stands here already` }]
          : []),
        ...(people < floor.people || of < floor.organisations
          ? [
              {
                path,
                message: `never fewer than ${floor.people} people of ${floor.organisations} organisations`,
              },
            ]
          : []),
      ];
    }),
  ];
}

function readableIn(content: unknown): Readable {
  const { organisations, sources, signOff } = z
    .object({
      organisations: z.record(z.string(), Organisation.nullable().catch(null)).catch({}),
      sources: z.array(TemplateSource.nullable().catch(null)).catch([]),
      signOff: z
        .object({
          timings: SignOff.shape.timings.nullable().catch(null),
          quorums: Quorums.nullable().catch(null).default(null),
        })
        .catch({ timings: null, quorums: null }),
    })
    .catch({ organisations: {}, sources: [], signOff: { timings: null, quorums: null } })
    .parse(content);
  return { organisations, sources, ...signOff };
}

const isInOrder = ({ remindAfter, escalateAfter, lapseAfter }: NonNullable<Readable['timings']>): boolean =>
  remindAfter < escalateAfter && escalateAfter < lapseAfter;

const unknownPart = (path: (string | number)[], part: string): Contradiction => ({
  path,
  message: `there is no organisation ${part} in this template`,
});

function wrongSource(
  { organisations, sources }: Readable,
  source: NonNullable<Readable['sources'][number]>,
  at: number,
): Contradiction[] {
  const { name, holder, heldBy, access, provenance } = source;
  const found: Contradiction[] = [];
  const wrong = (field: string, message: string) => found.push({ path: ['sources', at, field], message });
  if ((holder === null) === (heldBy === null))
    wrong(
      'holder',
      'held by an organisation of the template or, in words, by another: exactly one of the two',
    );
  if (sources.findIndex((other) => other?.name === name && other.holder === holder) < at)
    wrong('name', `"${name}" stands here already under the same holder`);
  if ((access.kind === 'PUBLISHED') !== (provenance === 'PUBLISHED'))
    wrong('provenance', `data that is ${access.kind} cannot be ${provenance}`);
  if (access.kind === 'COLLECTED' && provenance !== 'COLLECTED')
    wrong('provenance', `data that is COLLECTED cannot be ${provenance}`);
  if (holder === null) return found;
  const part = Object.hasOwn(organisations, holder) ? organisations[holder] : undefined;
  if (part === undefined) return [...found, unknownPart(['sources', at, 'holder'], holder)];
  if (part === null) return found;
  const lacking = access.kind === 'REQUESTED' ? OF_HOLDERS.filter((role) => !part.roles.includes(role)) : [];
  if (lacking.length > 0)
    wrong('holder', `${holder} holds what is asked for, and has no ${lacking.join(', ')}`);
  return found;
}
