// Right to erasure: what would be destroyed is shown first, then a registrar of the person's last organisation decides.
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { tenureOf } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { Line } from '../http/fields';
import { Calling, notFound, personOf, programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { Does, Shows } from '../policy/does';
import { fail } from '../problems/problem';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);

const Erasing = z.strictObject({
  reason: Line.describe('Why it was decided. It is kept, so it names nobody.'),
  everythingSaid: z
    .boolean()
    .default(false)
    .describe(
      'Also what they said under their own name (reasons, interpretations, hypotheses, comments), and their files of evidence.',
    ),
  about: z
    .array(Digest)
    .max(1000)
    .default([])
    .describe(
      'Texts of others, and signed contents, that speak of them: digests, as GET lists them under `mentions`.',
    ),
});

export const ErasureShown = z.object({
  names: z.int().describe('Texts that name them: names, addresses, what they typed when they signed.'),
  said: z.int().describe('Texts that they said.'),
  files: z.array(z.string()).describe('Their files of evidence, as `stream/evidence`.'),
  mentions: z
    .array(z.object({ digest: z.string(), stream: z.string(), version: z.int(), type: z.string() }))
    .describe(
      'Where their name or address occurs in texts of others and in signed contents. Empty once they are erased.',
    ),
});

@ApiTags('people')
@Controller('programmes/:programme/people/:person/erasure')
export class ErasureController {
  constructor(
    private readonly commands: Commands,
    private readonly handle: LedgerHandle,
  ) {}

  @Get()
  @Shows('person.erase', 'Shows what erasing a person would destroy, without its words', ErasureShown)
  async show(@Calling() call: Call, @Param('programme') programme: string, @Param('person') person: string) {
    mayErase(call, person);
    const [names, all, files, mentions] = await Promise.all([
      this.ask<{ n: string }>('select count(*) as n from parley.words_of($1, $2)', programme, person),
      this.ask<{ n: string }>('select count(*) as n from parley.said_by($1, $2)', programme, person),
      this.files(programme, person),
      this.ask('select * from parley.mentions_of($1, $2)', programme, person),
    ]);
    return { names: Number(names[0]?.n), said: Number(all[0]?.n), files, mentions };
  }

  @Post()
  @Does(
    'person.change',
    'Erases a person who left: everything that names them, and on demand what they said, is destroyed; the record stays',
  )
  async erase(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Param('person') person: string,
    @Body({ schema: Erasing }) body: z.infer<typeof Erasing>,
  ) {
    const said = body.everythingSaid ? 'union select * from parley.said_by($1, $2)' : '';
    const words = await this.ask<{ word: string }>(
      `select word from (select * from parley.words_of($1, $2) ${said}) w (word) order by 1`,
      ...[programme, person],
    );
    const files = body.everythingSaid ? await this.files(programme, person) : [];
    const reason = commitText(body.reason);
    const command = {
      ...{ type: 'ErasePerson' as const, person, words: words.map(({ word }) => word) },
      ...(body.about.length > 0 && { about: [...new Set(body.about)] }),
      ...(files.length > 0 && { files }),
      reason: reason.commitment,
    };
    return this.commands.decideOnProgramme(call, programme, () => ({ command, texts: [reason] }), person);
  }

  private async files(programme: string, person: string): Promise<string[]> {
    const rows = await this.ask<{ file: string }>(
      'select f.file from parley.files_of($1, $2) f (file) order by 1',
      ...[programme, person],
    );
    return rows.map(({ file }) => file);
  }

  private ask<T>(sql: string, programme: string, person: string): Promise<T[]> {
    return this.handle.source.query<T[]>(sql, [programme, person]);
  }
}

/** Whose decision it is: a registrar's of the organisation the person is, or was last, of. The domain judges again. */
function mayErase(call: Call, person: string): void {
  const programme = programmeOf(call);
  const known = programme.people[person] ?? notFound('person', person);
  const own = tenureOf(programme, personOf(call), call.now)?.organisation;
  if (own === undefined || own !== known.tenures.at(-1)?.organisation)
    fail(
      403,
      'NOT_OWN_ORGANISATION',
      'Only a registrar of their own organisation erases a person.',
      'Ask one of that organisation.',
    );
}
