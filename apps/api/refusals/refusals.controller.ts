// The register of refusals, as its reader may see it (T6), and reasons given in confidence, for the one person named (T5).
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { refusalRegister } from '#libs/domain';
import { PageQuery, slice } from '../http/pages';
import { organisation, person, said } from '../http/said';
import { pageOf } from '../http/shown';
import { ConfidenceShown, RegisterShown } from '../http/shown-negotiation';
import { Calling, personOf, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Shows } from '../policy/does';
import { withheldView } from '../requests/request.view';

@ApiTags('refusals')
@Controller('projects/:project')
export class RefusalsController {
  @Get('refusals')
  @Shows('project.read', 'Shows what was declined; categories only where they point at nobody', RegisterShown)
  register(@Calling() call: Call) {
    const world = worldOf(call);
    const { rows, ...counts } = refusalRegister(world, call.account.person, call.now);
    return {
      ...counts,
      rows: rows.map(({ holder, withheld, ...row }) => ({
        ...row,
        holder: organisation(world.programme, holder),
        withheld: withheld.map((w) => withheldView(w, true)),
      })),
    };
  }

  @Get('confidences')
  @Shows('project.read', 'Lists reasons given to you in confidence', pageOf(ConfidenceShown))
  confidences(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    return slice(given(call), query);
  }
}

/** Reasons of which the caller is the one named reader. */
function given(call: Call) {
  const { programme, project } = worldOf(call);
  const reader = personOf(call);
  const answers = Object.values(project.requests).flatMap(({ id, answer, withdrawn }) => [
    ...(answer ? [{ ...answer, id, about: id }] : []),
    ...(withdrawn ? [{ reason: null, ...withdrawn, id: `${id}.withdrawn`, about: id }] : []),
  ]);
  const decisions = Object.values(project.checkpoints).flatMap((checkpoint) =>
    checkpoint.rounds.flatMap((round) =>
      round.decisions.flatMap((d) => {
        const [id, about] = [`${checkpoint.id}.${d.version}`, checkpoint.id];
        const given = { ...d, id, about };
        return d.withdrawn === null
          ? [given]
          : [given, { reason: null, ...d.withdrawn, id: `${id}.withdrawn`, about }];
      }),
    ),
  );
  return [...answers, ...decisions]
    .filter(({ confidant }) => confidant === reader)
    .map(({ id, about, at, person: from, reason }) => ({
      ...{ id, about, at, from: person(programme, from), reason: said(reason) },
    }));
}
