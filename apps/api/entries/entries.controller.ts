// The ledger itself, for those who check: entries as they were recorded, with their hashes.
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { mayReadEntry } from '#libs/domain';
import type { EntryRead, ProgrammeState, World } from '#libs/domain';
import { Calling, programmeOf, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { Shows } from '../policy/does';
import { pageOf } from '../http/shown';

const EntriesQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.coerce
    .number()
    .int()
    .min(0)
    .max(2_147_483_647)
    .default(0)
    .describe('The version of the last entry seen.'),
});
type EntriesQuery = z.infer<typeof EntriesQuery>;
const EntryPage = pageOf(
  z.object({
    version: z.int(),
    type: z.string(),
    hash: z.string(),
    prev: z.string(),
    at: z.string(),
    text: z
      .string()
      .nullable()
      .describe('Null where what it says is not for you; the chain is whole all the same.'),
  }),
);

interface EntryRow {
  version: number;
  type: string;
  hash: string;
  prev: string;
  text: string;
}

@ApiTags('ledger')
@Controller()
export class EntriesController {
  constructor(private readonly handle: LedgerHandle) {}

  @Get('programmes/:programme/ledger')
  @Shows('programme.read', 'Lists the entries of a programme’s stream', EntryPage)
  ofProgramme(@Calling() call: Call, @Query({ schema: EntriesQuery }) query: EntriesQuery) {
    return this.page(call, programmeOf(call), query);
  }

  @Get('projects/:project/ledger')
  @Shows('ledger.read', 'Lists the entries of a project’s stream', EntryPage)
  ofProject(@Calling() call: Call, @Query({ schema: EntriesQuery }) query: EntriesQuery) {
    return this.page(call, worldOf(call), query);
  }

  private async page(call: Call, side: ProgrammeState | World, { limit, cursor }: EntriesQuery) {
    const stream = 'project' in side ? side.project.id : side.id;
    const rows: EntryRow[] = await this.handle.source.query(
      'select version, type, hash, prev, text from parley.events where stream = $1 and version > $2 order by version limit $3',
      [stream, cursor, limit + 1],
    );
    const items = rows.slice(0, limit).map((row) => {
      const entry = JSON.parse(row.text) as EntryRead & { at: string };
      const isOpen = mayReadEntry(side, entry, call.account.person, call.now);
      return { ...row, at: entry.at, text: isOpen ? row.text : null };
    });
    return { items, next: rows.length > limit ? String(items.at(-1)?.version) : null };
  }
}
