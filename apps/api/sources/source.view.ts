// A source as people see it: its description, what has been established about it, and how that came about.
import { existence, relevance } from '#libs/domain';
import type { DiscoveryEntry, RegisteredSource, SourceTerms, World } from '#libs/domain';
import { organisation, person, said } from '../http/said';

export function sourceView(
  world: World,
  { id, terms, registeredBy, registeredAt, earlier }: RegisteredSource,
) {
  const { programme, project } = world;
  return {
    ...{ id, registeredAt, registeredBy: person(programme, registeredBy) },
    ...termsView(world, terms),
    existence: existence(project, id),
    relevance: project.questions.map((question) => ({
      question: question.id,
      relevance: relevance(project, id, question.id),
    })),
    earlier: earlier.map((one) => ({
      ...termsView(world, one.terms),
      until: one.until,
      because: said(one.because),
    })),
    conversation: project.discovery
      .filter((entry) => entry.source === id)
      .map((entry) => discoveryView(world, entry)),
  };
}

function termsView({ programme }: World, terms: SourceTerms) {
  const { name, holder, heldBy, collectedFor, missing, measure, provenance, access } = terms;
  return {
    ...{ name, measure, provenance },
    holder: holder === null ? null : organisation(programme, holder),
    ...{ heldBy: said(heldBy), collectedFor: said(collectedFor), missing: said(missing) },
    access:
      access.kind === 'PUBLISHED'
        ? { ...access, disclosureControl: said(access.disclosureControl) }
        : { kind: access.kind },
  };
}

export const discoveryView = ({ programme }: World, { text, person: by, ...entry }: DiscoveryEntry) => ({
  ...entry,
  text: said(text),
  person: person(programme, by),
});
