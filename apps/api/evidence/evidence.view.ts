// An item of evidence as its readers see it, and as the API's description says.
import {
  AUDIENCES,
  besideAnalysis,
  awaitedForNotes,
  CONSIDERED_IN,
  EVIDENCE_KINDS,
  EVIDENCE_STANDINGS,
  mayRead,
  NOTES_STATUSES,
  notesStatus,
  researchUse,
  standingOf,
  ROLES,
  whatRequestsMayReach,
} from '#libs/domain';
import type { EvidenceUse, Evidence, ProgrammeState } from '#libs/domain';
import { z } from 'zod';
import { organisation, person, said } from '../http/said';
import { Named } from '../http/shown';
import { notFound, programmeOf, streamOf, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';

const Erasable = z.string().nullable().describe('Null once erased.');
const Use = z.object({
  in: z.object({ type: z.enum(CONSIDERED_IN), id: z.string() }),
  ...{ because: Erasable, person: Named, at: z.string() },
});
export const EvidenceShown = z.object({
  ...{ id: z.string(), kind: z.enum(EVIDENCE_KINDS), title: Erasable, audience: z.enum(AUDIENCES) },
  ...{ author: Named, recordedAt: z.string(), text: Erasable, participants: z.array(Named), others: z.int() },
  meeting: z.string().nullable(),
  attribution: z.object({
    type: z.enum(['PERSON', 'ROLE', 'OUTSIDE']),
    ...{ person: Named.optional(), role: z.enum(ROLES).optional(), who: Erasable.optional() },
    organisation: Named.nullable().optional(),
  }),
  provenance: z.object({ origin: Erasable, dated: z.string(), derivedFrom: z.array(z.string()) }),
  notes: z
    .object({ status: z.enum(NOTES_STATUSES), awaited: z.array(Named) })
    .nullable()
    .describe('Notes are drafts until those present agree or amend them.'),
  versions: z.array(
    z.object({
      ...{ version: z.int(), text: Erasable, person: Named, at: z.string() },
      agreed: z.array(z.object({ person: Named, at: z.string() })),
    }),
  ),
  assessment: z
    .object({
      ...{ protocol: Erasable, findings: Erasable, limits: Erasable },
      search: z.object({ sources: Erasable, terms: Erasable, from: z.string(), to: z.string() }),
    })
    .nullable(),
  file: z
    .object({
      ...{ name: Erasable, digest: z.string(), bytes: z.int(), mediaType: z.string(), at: z.string() },
    })
    .nullable(),
  researchUse: z.object({ allowed: z.boolean(), reason: z.string().nullable(), waitingFor: z.array(Named) }),
  considered: z.array(Use).describe('With which question, analysis or insight it was considered.'),
  cited: z.array(Use).describe('Where it stands as research data.'),
  unseen: z.string().nullable().describe('The refused request whose data it speaks of.'),
  standing: z.enum(EVIDENCE_STANDINGS).describe('CITED_NOT_SEEN: nobody but its holder has seen the data.'),
  informationRequests: z.string().describe('What a freedom-of-information request may reach.'),
});

/** Everything of the stream the address names that this caller reads. */
export function readableEvidence(call: Call): Evidence[] {
  const programme = programmeOf(call);
  const { evidence } = streamOf(call);
  const reader = call.account.person;
  if (reader === null) return [];
  return Object.values(evidence).filter((item) => mayRead(programme, item, reader, call.now));
}

export const BesideShown = z.object({
  ...{ id: z.string(), kind: z.enum(EVIDENCE_KINDS), title: Erasable, text: Erasable },
  ...{ attribution: EvidenceShown.shape.attribution, because: Erasable },
  standing: z.enum(EVIDENCE_STANDINGS),
  statement: z.string().nullable().describe('What has to be read with it, where it is cited and not seen.'),
});
const CITED_NOT_SEEN =
  'Cited, not seen: its holder kept the data back for a reason of its own, so nobody here has checked it against any.';

/** What stands beside an analysis, as far as this caller reads it (B20). */
export function besideView(call: Call, analysis: string) {
  const { programme, project } = worldOf(call);
  const readable = new Set(readableEvidence(call).map(({ id }) => id));
  return besideAnalysis(project, analysis)
    .filter(({ item }) => readable.has(item.id))
    .map(({ item, use }) => ({
      ...{ id: item.id, kind: item.kind, title: said(item.title), text: said(item.versions.at(-1)?.text) },
      ...{ attribution: attributionView(programme, item.attribution), because: said(use.because) },
      standing: standingOf(item),
      statement: standingOf(item) === 'CITED_NOT_SEEN' ? CITED_NOT_SEEN : null,
    }));
}

/** One of them; what the caller may not read looks like what does not exist. */
export const evidenceIn = (call: Call, id: string): Evidence =>
  readableEvidence(call).find((item) => item.id === id) ?? notFound('evidence', id);

export function evidenceView(call: Call, item: Evidence) {
  const programme = programmeOf(call);
  const named = (id: string) => person(programme, id);
  const status = notesStatus(programme, item, call.now);
  const use = researchUse(item);
  const { id, kind, audience, recordedAt, others, meeting, provenance, assessment, file } = item;
  return {
    ...{
      id,
      kind,
      audience,
      recordedAt,
      others,
      meeting,
      title: said(item.title),
      author: named(item.author),
    },
    ...{ text: said(item.versions.at(-1)?.text), participants: item.participants.map(named) },
    attribution: attributionView(programme, item.attribution),
    provenance: { ...provenance, origin: said(provenance.origin) },
    notes: status && { status, awaited: awaitedForNotes(programme, item, call.now).map(named) },
    versions: item.versions.map(({ text, person: by, agreed, ...version }) => ({
      ...{ ...version, text: said(text), person: named(by) },
      agreed: agreed.map((a) => ({ person: named(a.person), at: a.at })),
    })),
    assessment: assessment && {
      ...{ protocol: said(assessment.protocol), findings: said(assessment.findings) },
      limits: said(assessment.limits),
      search: {
        ...{ ...assessment.search, sources: said(assessment.search.sources) },
        terms: said(assessment.search.terms),
      },
    },
    file: file && {
      ...{ name: said(file.name), digest: file.digest, bytes: file.bytes },
      ...{ mediaType: file.mediaType, at: file.at },
    },
    researchUse: {
      ...{ allowed: use.allowed, reason: use.allowed ? null : use.reason },
      waitingFor: use.allowed ? [] : use.waitingFor.map(named),
    },
    considered: item.considered.map((one) => useView(programme, one)),
    cited: item.cited.map((one) => useView(programme, one)),
    ...{ unseen: item.unseen ?? null, standing: standingOf(item) },
    informationRequests: whatRequestsMayReach(kind, audience),
  };
}

const useView = (programme: ProgrammeState, { because, person: by, ...use }: EvidenceUse) => ({
  ...{ ...use, because: said(because), person: person(programme, by) },
});

function attributionView(programme: ProgrammeState, attribution: Evidence['attribution']) {
  switch (attribution.type) {
    case 'PERSON':
      return { type: attribution.type, person: person(programme, attribution.person) };
    case 'OUTSIDE':
      return { type: attribution.type, who: said(attribution.who) };
    case 'ROLE':
      return {
        ...{ type: attribution.type, role: attribution.role },
        organisation: attribution.organisation && organisation(programme, attribution.organisation),
      };
  }
}
