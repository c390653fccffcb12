// What a template says of a setting: its question's aim, who takes part, which sources there are, how things are signed.
import { CHECKPOINT_KINDS, QUESTION_AIMS } from '#libs/domain';
import { z } from 'zod';
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
});

export const Template = z
  .strictObject({
    ...{ name: z.string().regex(/^[a-z][a-z-]{0,39}$/, 'lower-case letters and hyphens'), title: Line },
    ...{ purpose: FreeText, aim: z.enum(QUESTION_AIMS), issue: Profile },
    organisations: z.record(Part, Organisation),
    sources: z.array(TemplateSource).min(1).max(100),
    signOff: SignOff,
  })
  .superRefine((template, context) => {
    for (const { path, message } of contradictions(template))
      context.addIssue({ code: 'custom', path, message });
  });
export type Template = z.infer<typeof Template>;

interface Contradiction {
  readonly path: (string | number)[];
  readonly message: string;
}

/** Whoever holds data that is asked for has to have people for it. */
const OF_HOLDERS = ['dataHolder', 'dataCustodian', 'informationRiskOwner'] as const;

type Told = Pick<Template, 'organisations' | 'sources' | 'signOff'>;

function contradictions(template: Told): Contradiction[] {
  const { organisations, signOff } = template;
  const { remindAfter, escalateAfter, lapseAfter } = signOff.timings;
  const inOrder = remindAfter < escalateAfter && escalateAfter < lapseAfter;
  const commissioners = Object.entries(organisations).flatMap(([part, { commissionedBy }]) =>
    commissionedBy.flatMap((by, at) =>
      by in organisations ? [] : [unknownPart(['organisations', part, 'commissionedBy', at], by)],
    ),
  );
  const late = 'reminding comes before escalating, and escalating before lapsing';
  return [
    ...commissioners,
    ...template.sources.flatMap((_, at) => wrongSource(template, at)),
    ...(inOrder ? [] : [{ path: ['signOff', 'timings'], message: late }]),
  ];
}

const unknownPart = (path: (string | number)[], part: string): Contradiction => ({
  path,
  message: `there is no organisation ${part} in this template`,
});

function wrongSource({ organisations, sources }: Told, at: number): Contradiction[] {
  const source = sources[at]!;
  const { name, holder, heldBy, access, provenance } = source;
  const found: Contradiction[] = [];
  const wrong = (field: string, message: string) => found.push({ path: ['sources', at, field], message });
  if ((holder === null) === (heldBy === null))
    wrong(
      'holder',
      'held by an organisation of the template or, in words, by another: exactly one of the two',
    );
  if (sources.findIndex((other) => other.name === name && other.holder === holder) < at)
    wrong('name', `"${name}" stands here already under the same holder`);
  if ((access.kind === 'PUBLISHED') !== (provenance === 'PUBLISHED'))
    wrong('provenance', `data that is ${access.kind} cannot be ${provenance}`);
  if (access.kind === 'COLLECTED' && provenance !== 'COLLECTED')
    wrong('provenance', `data that is COLLECTED cannot be ${provenance}`);
  if (holder === null) return found;
  const part = organisations[holder];
  if (!part) return [...found, unknownPart(['sources', at, 'holder'], holder)];
  const lacking = access.kind === 'REQUESTED' ? OF_HOLDERS.filter((role) => !part.roles.includes(role)) : [];
  if (lacking.length > 0)
    wrong('holder', `${holder} holds what is asked for, and has no ${lacking.join(', ')}`);
  return found;
}
