// New collections: planned with their instrument, begun once freshly signed for, and who responded (B19).
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { collectionStatus, whyNotBegin } from '#libs/domain';
import type { Collection } from '#libs/domain';
import { commitText } from '#libs/ledger';
import type { DraftText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, InstantField, Line, Nothing, OrganisationId, Word } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { organisation, said } from '../http/said';
import { pageOf } from '../http/shown';
import { CollectionShown } from '../http/shown-safeguards';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';

const People = z.int().min(0).max(100_000_000);
export const Plan = z.strictObject({
  ...{ source: Word, collector: OrganisationId },
  instrument: z
    .array(
      z.strictObject({
        name: Line,
        reference: FreeText.describe('Where the scale was validated.'),
        fields: z.array(Word).min(1).max(200),
      }),
    )
    .min(1)
    .max(50)
    .describe('Named validated scales, each with the fields its items become.'),
  ...{ population: FreeText, eligible: People, invited: People },
  ...{ invitation: FreeText, informationSheet: FreeText, optOut: FreeText },
  linkConsent: FreeText.nullable().describe('What people consent to before a link; null: nothing is linked.'),
  ...{ opens: InstantField, closes: InstantField },
  leaveBy: InstantField.describe('Until when whoever answered may still leave.'),
});
export const Report = z.strictObject({
  ...{ responded: People, linkConsented: People, optedOut: People, left: People },
  compared: z
    .array(z.strictObject({ characteristic: Line, responders: People, nonResponders: People }))
    .min(1)
    .max(100),
});

@ApiTags('collections')
@Controller('projects/:project/collections')
export class CollectionsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('collection.plan', 'Plans a new collection; everybody eligible is invited')
  plan(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Plan }) plan: z.infer<typeof Plan>,
  ) {
    const texts: DraftText[] = [];
    const commit = (text: string): string => {
      const committed = commitText(text);
      texts.push(committed);
      return committed.commitment;
    };
    const command = {
      ...({ type: 'PlanCollection', ...plan } as const),
      instrument: plan.instrument.map((scale) => ({ ...scale, reference: commit(scale.reference) })),
      ...{ population: commit(plan.population), invitation: commit(plan.invitation) },
      ...{ informationSheet: commit(plan.informationSheet), optOut: commit(plan.optOut) },
      linkConsent: plan.linkConsent === null ? null : commit(plan.linkConsent),
    };
    return this.commands.onProject(call, project, () => ({ command, texts }));
  }

  @Get()
  @Shows('project.read', 'Lists the collections', pageOf(CollectionShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    return slice(
      worldOf(call).project.collections.map((collection) => collectionView(call, collection)),
      query,
    );
  }

  @Get(':collection')
  @Shows('project.read', 'Shows a collection, and what it waits for', CollectionShown)
  show(@Calling() call: Call, @Param('collection') id: string) {
    const found = worldOf(call).project.collections.find((c) => c.id === id);
    return collectionView(call, found ?? notFound('collection', id));
  }

  @Post(':collection/beginning')
  @Does('collection.begin', 'Begins inviting, once LEGAL and ETHICAL were signed afresh')
  begin(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('collection') collection: string,
    @Body({ schema: Nothing }) _body: z.infer<typeof Nothing>,
  ) {
    const command = { type: 'BeginCollection', collection } as const;
    return this.commands.onProject(call, project, () => ({ command }), collection);
  }

  @Post(':collection/responses')
  @Does('collection.report', 'Reports who responded, compared with who did not')
  report(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('collection') collection: string,
    @Body({ schema: Report }) body: z.infer<typeof Report>,
  ) {
    const command = { type: 'ReportResponses', collection, ...body } as const;
    return this.commands.onProject(call, project, () => ({ command }), collection);
  }
}

function collectionView(call: Call, collection: Collection) {
  const world = worldOf(call);
  const { id, cycle, source, eligible, invited, opens, closes, leaveBy, at, begun, responses } = collection;
  const status = collectionStatus(collection, call.now);
  return {
    ...{ id, cycle, source, eligible, invited, opens, closes, leaveBy, at, status, begun },
    collector: organisation(world.programme, collection.collector),
    waitsFor: status === 'PLANNED' ? whyNotBegin(world, collection, call.now) : null,
    instrument: collection.instrument.map((scale) => ({ ...scale, reference: said(scale.reference) })),
    ...{ population: said(collection.population), invitation: said(collection.invitation) },
    ...{ informationSheet: said(collection.informationSheet), linkConsent: said(collection.linkConsent) },
    optOut: said(collection.optOut),
    responses: responses && { ...responses, responseRate: responses.responded / invited },
  };
}
