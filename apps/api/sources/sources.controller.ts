// The register of sources: what exists, who holds it, who is not in it, and how it would be come by.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MEASURES, PROVENANCES } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, Line, OrganisationId, Word } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { pageOf } from '../http/shown';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { SourceShown } from './shown';
import { sourceView } from './source.view';

const Access = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('REQUESTED') }),
  z.strictObject({ kind: z.literal('COLLECTED') }),
  z.strictObject({
    kind: z.literal('PUBLISHED'),
    address: z.url({ protocol: /^https?$/, error: 'an http or https address' }).max(2000),
    licence: Line,
    version: Line,
    disclosureControl: FreeText.describe('What the publisher did against disclosure.'),
  }),
]);
const Source = z.strictObject({
  name: Word.describe('As boundaries and requests name it.'),
  holder: OrganisationId.nullable().default(null).describe('If it is an organisation of the programme.'),
  heldBy: FreeText.nullable().default(null).describe('Otherwise: who holds it, in words.'),
  collectedFor: FreeText,
  missing: FreeText.describe('Who is not in it.'),
  measure: z.enum(MEASURES).describe('FLOW: everybody who came. STOCK: whoever is there now.'),
  provenance: z.enum(PROVENANCES),
  access: Access,
});
type Source = z.infer<typeof Source>;
const Revision = Source.extend({ reason: FreeText });

@ApiTags('sources')
@Controller('projects/:project/sources')
export class SourcesController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('source.register', 'Registers a source; whether it exists and is relevant is for the conversation')
  register(@Calling() call: Call, @Param('project') project: string, @Body({ schema: Source }) body: Source) {
    const { terms, texts } = termsOf(body);
    return this.commands.onProject(call, project, () => ({
      command: { type: 'RegisterSource', ...terms },
      texts,
    }));
  }

  @Post(':source/revisions')
  @Does('source.register', 'Describes a source anew, with a reason; what was said before stays')
  revise(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('source') source: string,
    @Body({ schema: Revision }) { reason, ...body }: z.infer<typeof Revision>,
  ) {
    const { terms, texts } = termsOf(body);
    const because = commitText(reason);
    const command = { type: 'ReviseSource', source, because: because.commitment, ...terms } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [...texts, because] }), source);
  }

  @Get()
  @Shows('project.read', 'Lists the register of sources', pageOf(SourceShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const world = worldOf(call);
    return slice(
      Object.values(world.project.sources).map((source) => sourceView(world, source)),
      query,
    );
  }

  @Get(':source')
  @Shows('project.read', 'Shows a source with its earlier descriptions and what was said of it', SourceShown)
  show(@Calling() call: Call, @Param('source') id: string) {
    const world = worldOf(call);
    return sourceView(world, world.project.sources[id] ?? notFound('source', id));
  }
}

/** The terms with their words committed, as the ledger keeps them. */
function termsOf({ heldBy, collectedFor, missing, access, ...rest }: Source) {
  const [purpose, absent] = [commitText(collectedFor), commitText(missing)];
  const outsider = heldBy === null ? null : commitText(heldBy);
  const control = access.kind === 'PUBLISHED' ? commitText(access.disclosureControl) : null;
  return {
    terms: {
      ...rest,
      heldBy: outsider?.commitment ?? null,
      collectedFor: purpose.commitment,
      missing: absent.commitment,
      access:
        access.kind === 'PUBLISHED' && control
          ? { ...access, disclosureControl: control.commitment }
          : { kind: access.kind as 'REQUESTED' | 'COLLECTED' },
    },
    texts: [purpose, absent, outsider, control].filter((text) => text !== null),
  };
}
