// Free text and names lie apart from the ledger: views name them by commitment, and one place fills them in.
import type { ProgrammeState } from '#libs/domain';

/** Stands in a view where a text belongs. */
export class Said {
  constructor(readonly commitment: string) {}
}

export const said = (commitment: string | null | undefined): Said | null =>
  commitment == null ? null : new Said(commitment);

export interface Named {
  id: string;
  name: Said | null;
}

/** A person by id and name, as the register of their programme has it. */
export const person = (programme: ProgrammeState, id: string): Named => ({
  id,
  name: said(programme.people[id]?.name),
});

export const organisation = (programme: ProgrammeState, id: string): Named => ({
  id,
  name: said(programme.organisations[id]?.name),
});

/** A person or an organisation, whichever the id belongs to. */
export const party = (programme: ProgrammeState, id: string): Named =>
  id in programme.organisations ? organisation(programme, id) : person(programme, id);

/** Every commitment in a view. */
export function commitmentsIn(view: unknown, found = new Set<string>()): Set<string> {
  if (view instanceof Said) found.add(view.commitment);
  else if (Array.isArray(view)) for (const item of view) commitmentsIn(item, found);
  else if (isPlain(view)) for (const value of Object.values(view)) commitmentsIn(value, found);
  return found;
}

/** The view with texts in their places; an erased text is null. */
export function filled(view: unknown, texts: Map<string, string>): unknown {
  if (view instanceof Said) return texts.get(view.commitment) ?? null;
  if (Array.isArray(view)) return view.map((item) => filled(item, texts));
  if (!isPlain(view)) return view;
  return Object.fromEntries(Object.entries(view).map(([key, value]) => [key, filled(value, texts)]));
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
