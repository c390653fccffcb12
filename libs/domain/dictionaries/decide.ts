// The holder describes its deposit, and may publish the description as a catalogue entry.
import { refuse } from '../refusal';
import type { DataSpec } from '../terms';
import type { Context, Handler, Handlers, Refused } from '../decide/context';
import { accept, acting } from '../decide/context';
import { IMPORTERS } from '../published/rules';
import type { Role } from '../words';
import type { DictionaryCommands, DictionaryTerms } from './terms';

type Found = { ok: true; spec: DataSpec | null; person: string } | Refused;

/** Somebody of whoever deposits it: its holder, or of a published file the organisation that imports it. */
function ofGiver(context: Context, id: string, roles: readonly Role[]): Found {
  const { deposits, requests, imports } = context.world.project;
  const answers = deposits[id]?.request ?? '';
  const [request, imported] = [requests[answers], imports[answers]];
  const by = acting(context, imported ? IMPORTERS : roles);
  if (!by.ok) return by;
  const giver = request?.holder ?? imported?.organisation;
  if (giver === undefined)
    return refuse('NOT_FOUND', 'UNKNOWN_DEPOSIT', `there is no deposit ${id}`, 'check the id');
  const spec = imported?.depositAs ?? request?.answer?.grant?.depositAs ?? null;
  return by.organisation === giver
    ? { ok: true, spec, person: by.person }
    : refuse('FORBIDDEN', 'NOT_THE_HOLDER', `only ${giver} describes its data`, 'ask that holder');
}

/** What a dictionary gets wrong about the file it describes, in words. */
function flawsOf({ variables, structuralZeros }: DictionaryTerms, spec: DataSpec): string[] {
  const fields = spec.fields.filter(({ type }) => type !== 'pseudonym');
  const named = variables.map(({ field }) => field);
  const codesOf = (name: string) => fields.find((field) => field.name === name)?.codes;
  const isCode = (name: string, code: string) => codesOf(name)?.includes(code) ?? true;
  return [
    ...fields.filter(({ name }) => !named.includes(name)).map(({ name }) => `"${name}" is not described`),
    ...named.filter((field) => !fields.some(({ name }) => name === field)).map((f) => `"${f}" is not in it`),
    ...named.filter((field, index) => named.indexOf(field) !== index).map((f) => `"${f}" is described twice`),
    ...variables.flatMap(({ field, codes }) =>
      codes
        .filter(({ code }) => !isCode(field, code))
        .map(({ code }) => `"${code}" is no code of "${field}"`),
    ),
    ...structuralZeros.flatMap((zero) => [
      ...(Object.keys(zero).length < 2 ? ['what cannot be is a combination of at least two codes'] : []),
      ...Object.entries(zero)
        .filter(([field, code]) => !named.includes(field) || !isCode(field, code))
        .map(([field, code]) => `"${code}" is no code of "${field}"`),
    ]),
  ];
}

const giveDictionary: Handler<'GiveDictionary'> = (context, command) => {
  const found = ofGiver(context, command.deposit, ['dataHolder', 'dataCustodian']);
  if (!found.ok) return found;
  const { spec } = found;
  if (!spec) return refuse('CONFLICT', 'NO_GRANT', 'nothing was granted', 'answer the request first');
  const flaws = flawsOf(command, spec);
  return flaws.length > 0
    ? refuse('INVALID', 'DICTIONARY', flaws.join('; '), 'describe each granted field once')
    : accept({ type: 'DictionaryGiven', data: { ...command, person: found.person } });
};

const publishDictionary: Handler<'PublishDictionary'> = (context, command) => {
  const found = ofGiver(context, command.deposit, ['dataHolder']);
  if (!found.ok) return found;
  const dictionary = context.world.project.dictionaries[command.deposit];
  if (!dictionary)
    return refuse('CONFLICT', 'NO_DICTIONARY', 'the deposit has no dictionary', 'describe it first');
  if (dictionary.published) return accept();
  return accept({ type: 'DictionaryPublished', data: { deposit: command.deposit, person: found.person } });
};

export const dictionaryHandlers: Pick<Handlers, keyof DictionaryCommands> = {
  GiveDictionary: giveDictionary,
  PublishDictionary: publishDictionary,
};
