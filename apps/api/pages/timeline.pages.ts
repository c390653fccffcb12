// The page that tells a project from its first entry to its last: what was recorded, when, by whom, in words.
import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { NEW_ID } from '#libs/domain';
import { wordsOf } from '#libs/web';
import { z } from 'zod';
import { EntriesController } from '../entries/entries.controller';
import { person } from '../http/said';
import { Calling, programmeOf, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Shows } from '../policy/does';
import { HTML, PER_PAGE } from './paging';
import { baseOf, Showing } from './showing';

const From = z.object({
  from: z.coerce.number().int().min(1).max(2_147_483_647).optional().catch(undefined),
});
type From = z.infer<typeof From>;

interface Entry {
  actor: { person?: string; administrator?: string; process?: string };
  data: Record<string, unknown>;
}
type Listed = Awaited<ReturnType<EntriesController['ofProject']>>['items'][number];

@ApiExcludeController()
@Controller('app/projects/:project')
export class TimelinePages {
  constructor(
    private readonly showing: Showing,
    private readonly entries: EntriesController,
  ) {}

  @Get('timeline')
  @Shows('ledger.read', 'The timeline: what was recorded, the newest first')
  @Header(...HTML)
  async timeline(@Calling() call: Call, @Query({ schema: From }) { from }: From): Promise<string> {
    const { version } = worldOf(call).project;
    const first = Math.max(1, Math.min(from ?? version, version) - (from === undefined ? PER_PAGE - 1 : 0));
    const { items } = await this.entries.ofProject(call, { limit: PER_PAGE, cursor: first - 1 });
    const at = (entry: number) => `${baseOf(call)}/timeline?from=${Math.max(1, entry)}`;
    return this.showing.part(call, 'timeline', this.showing.t('app.timeline'), {
      entries: items.map((item) => entryView(call, item)).reverse(),
      earlier: first > 1 ? at(first - PER_PAGE) : null,
      later: first + PER_PAGE <= version ? at(first + PER_PAGE) : null,
    });
  }
}

/** Entries that are not for this reader stand there without what they say: the chain is whole for everybody. */
function entryView(call: Call, { version, type, at, text }: Listed) {
  const known = { version, at, what: wordsOf(type) };
  if (text === null) return { ...known, isHidden: true, who: null, by: null, about: null };
  const { actor, data } = JSON.parse(text) as Entry;
  return {
    ...{ ...known, isHidden: false, about: idIn(type, data) },
    who: actor.person === undefined ? null : person(programmeOf(call), actor.person),
    by: actor.administrator === undefined ? 'Parley itself' : 'An administrator',
  };
}

/** What an entry is about: what it brought into the world, otherwise the first thing it names. */
function idIn(type: string, data: Record<string, unknown>): string | null {
  const own = data[(NEW_ID as Record<string, string | undefined>)[type] ?? ''];
  const found = [own, ...Object.values(data)].find(
    (value): value is string => typeof value === 'string' && /^[a-z]{1,5}[0-9]{1,9}$/.test(value),
  );
  return found ?? null;
}
