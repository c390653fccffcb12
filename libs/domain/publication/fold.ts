// How a publication comes about, step by step; what was said about it stays beside it.
import type { Folds } from '../evolve/fold';
import type { ProjectState } from '../state';
import type { Publication, PublicationEvents, PublicationState } from './terms';

export const noPublications: PublicationState = { contact: null, publications: {}, withheldFindings: [] };

function on(s: ProjectState, id: string, change: (publication: Publication) => Publication): ProjectState {
  const publication = s.publications[id];
  return publication ? { ...s, publications: { ...s.publications, [id]: change(publication) } } : s;
}

export const publicationFolds: Folds<PublicationEvents> = {
  ContactNamed: (s, { contact }) => ({ ...s, contact }),
  PublicationProposed: (s, { publication: id, ...proposed }, { at }) => {
    const none = { comments: [], dissents: [], published: null };
    return { ...s, publications: { ...s.publications, [id]: { id, ...proposed, at, ...none } } };
  },
  PublicationCommented: (s, { publication, comment: id, ...comment }, { at }) =>
    on(s, publication, (p) => ({ ...p, comments: [...p.comments, { id, ...comment, at, answer: null }] })),
  CommentAnswered: (s, { publication, comment, ...answer }, { at }) =>
    on(s, publication, (p) => ({
      ...p,
      comments: p.comments.map((each) =>
        each.id === comment ? { ...each, answer: { ...answer, at } } : each,
      ),
    })),
  PublicationDissented: (s, { publication, ...dissent }, { at }) =>
    on(s, publication, (p) => ({ ...p, dissents: [...p.dissents, { ...dissent, at }] })),
  FindingPublished: (s, { publication, person }, { at }) =>
    on(s, publication, (p) => ({ ...p, published: { person, at } })),
  FindingWithheld: (s, withheld, { at }) => ({
    ...s,
    withheldFindings: [...s.withheldFindings, { ...withheld, at }],
  }),
};
