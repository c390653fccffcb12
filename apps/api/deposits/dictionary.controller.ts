// The data dictionary of a deposit: given and published by its holder, read by the project, told to catalogues as DCAT.
import { Body, Controller, Get, Header, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Deposit } from '#libs/domain';
import { commitText } from '#libs/ledger';
import type { DraftText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, Nothing, Word } from '../http/fields';
import { organisation, said } from '../http/said';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { dcat } from './dcat';
import { DictionaryShown } from './dictionary.shown';

const Code = z.string().min(1).max(100);
const DictionaryIn = z.strictObject({
  variables: z
    .array(
      z.strictObject({
        field: Word,
        label: FreeText,
        context: FreeText.nullable().default(null).describe('How it came to be recorded.'),
        flaws: FreeText.nullable().default(null).describe('What is known to be wrong with it.'),
        codes: z
          .array(z.strictObject({ code: Code, meaning: FreeText }))
          .max(1000)
          .default([]),
      }),
    )
    .min(1)
    .max(500),
  structuralZeros: z
    .array(z.record(Word, Code))
    .max(500)
    .default([])
    .describe('Combinations of codes that cannot occur: empty cells that tell nothing.'),
});

@ApiTags('deposits')
@Controller('projects/:project/deposits/:deposit/dictionary')
export class DictionaryController {
  constructor(private readonly commands: Commands) {}

  @Put()
  @HttpCode(201)
  @Does('dictionary.give', 'Describes the deposit, each granted field once')
  give(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('deposit') deposit: string,
    @Body({ schema: DictionaryIn }) { variables, structuralZeros }: z.infer<typeof DictionaryIn>,
  ) {
    const texts: DraftText[] = [];
    const commit = (text: string): string => {
      const committed = commitText(text);
      texts.push(committed);
      return committed.commitment;
    };
    const orNull = (text: string | null) => (text === null ? null : commit(text));
    const command = {
      ...({ type: 'GiveDictionary', deposit, structuralZeros } as const),
      variables: variables.map(({ field, label, context, flaws, codes }) => ({
        ...{ field, label: commit(label), context: orNull(context), flaws: orNull(flaws) },
        codes: codes.map(({ code, meaning }) => ({ code, meaning: commit(meaning) })),
      })),
    };
    return this.commands.onProject(call, project, () => ({ command, texts }), deposit);
  }

  @Get()
  @Shows(
    'project.read',
    'Shows what is known of each field: the grant’s types and codes, and the holder’s words',
    DictionaryShown,
  )
  show(@Calling() call: Call, @Param('deposit') deposit: string) {
    return dictionaryView(call, worldOf(call).project.deposits[deposit] ?? notFound('deposit', deposit));
  }

  @Post('publication')
  @Does('dictionary.publish', 'Publishes the dictionary as catalogue metadata; no data is in it')
  publish(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('deposit') deposit: string,
    @Body({ schema: Nothing }) _body: z.infer<typeof Nothing>,
  ) {
    const command = { type: 'PublishDictionary', deposit } as const;
    return this.commands.onProject(call, project, () => ({ command }), deposit);
  }

  @Get('dcat')
  @Header('content-type', 'application/ld+json')
  @Shows('project.read', 'Gives a published dictionary as DCAT 3 (JSON-LD), to be put into a catalogue')
  asDcat(@Calling() call: Call, @Param('deposit') deposit: string) {
    const dictionary = worldOf(call).project.dictionaries[deposit];
    return dictionary?.published
      ? dcat(worldOf(call), dictionary)
      : notFound('published dictionary of deposit', deposit);
  }
}

/** Fields come from the grant; what the holder has not described yet is null. */
function dictionaryView(call: Call, deposit: Deposit) {
  const { programme, project } = worldOf(call);
  const request = project.requests[deposit.request];
  const imported = project.imports[deposit.request];
  const given = project.dictionaries[deposit.id];
  const fields = (imported?.depositAs ?? request?.answer?.grant?.depositAs)?.fields ?? [];
  const described = new Map(given?.variables.map((variable) => [variable.field, variable]));
  return {
    ...{ deposit: deposit.id, at: given?.at ?? null, published: given?.published?.at ?? null },
    structuralZeros: given?.structuralZeros ?? [],
    holder: organisation(programme, request?.holder ?? imported?.organisation ?? ''),
    variables: fields
      .filter(({ type }) => type !== 'pseudonym')
      .map(({ name, type, codes = [] }) => {
        const { label, context, flaws, codes: meanings = [] } = described.get(name) ?? {};
        const known = new Map(meanings.map(({ code, meaning }) => [code, meaning]));
        return {
          ...{ field: name, type, label: said(label), context: said(context), flaws: said(flaws) },
          codes: [...new Set([...codes, ...known.keys()])].map((code) => ({
            ...{ code, meaning: said(known.get(code)) },
          })),
        };
      }),
  };
}
