// What each event about a collection changes in a project's state.
import type { Instant } from '../words';
import type { Collection, CollectionEvents, CollectionState } from './terms';

export const noCollections: CollectionState = { collections: [] };

const onCollection = <S extends CollectionState>(s: S, id: string, more: Partial<Collection>): S => ({
  ...s,
  collections: s.collections.map((c) => (c.id === id ? { ...c, ...more } : c)),
});

type Fold<T extends keyof CollectionEvents> = <S extends CollectionState>(
  state: S,
  data: CollectionEvents[T],
  event: { at: Instant },
) => S;

export const collectionFolds: { [T in keyof CollectionEvents]: Fold<T> } = {
  CollectionPlanned: (s, { collection: id, ...plan }, { at }) => ({
    ...s,
    collections: [...s.collections, { id, ...plan, at, begun: null, responses: null }],
  }),
  CollectionBegun: (s, { collection, boundary }, { at }) =>
    onCollection(s, collection, { begun: { boundary, at } }),
  ResponsesReported: (s, { collection, ...responses }, { at }) =>
    onCollection(s, collection, { responses: { ...responses, at } }),
};
