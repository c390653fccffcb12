// The public register: one entry per project from its first sign-off, for anyone, without an account.
import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { publicEntries, publicEntry } from '#libs/ledger';
import { z } from 'zod';
import { dcat } from '../deposits/dcat';
import { cursorTo, keyOf } from '../http/pages';
import { notFound } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { Public } from '../policy/does';

const ListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(50).default(20),
  cursor: z.string().max(200).optional(),
});

@ApiTags('register')
@Controller('register')
export class RegisterController {
  constructor(private readonly handle: LedgerHandle) {}

  @Get()
  @Public('Lists the projects of this installation: question, partners, sources, outputs, actions')
  async list(@Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>) {
    const { ledger, source } = this.handle;
    const page = { after: keyOf(query.cursor), limit: query.limit };
    const { items, next } = await publicEntries(ledger, source, page);
    return { items, next: next === null ? null : cursorTo(next) };
  }

  @Get(':project')
  @Public('Shows what anyone may know of a project')
  async show(@Param('project') id: string) {
    return (await publicEntry(this.handle.ledger, id)) ?? notFound('entry', id.slice(0, 40));
  }

  @Get(':project/datasets')
  @Header('content-type', 'application/ld+json')
  @Public(
    'Lists data whose holders published its dictionary, as a DCAT 3 catalogue (JSON-LD); no data is in it',
  )
  async datasets(@Param('project') id: string) {
    const { ledger } = this.handle;
    const entry = (await publicEntry(ledger, id)) ?? notFound('entry', id.slice(0, 40));
    const { world } = await ledger.world(id);
    const published = Object.values(world.project.dictionaries).filter((each) => each.published);
    return {
      '@context': { dcat: 'http://www.w3.org/ns/dcat#', dct: 'http://purl.org/dc/terms/' },
      ...{ '@type': 'dcat:Catalog', 'dct:title': entry.title },
      'dcat:dataset': published.map((dictionary) => dcat(world, dictionary)),
    };
  }
}
