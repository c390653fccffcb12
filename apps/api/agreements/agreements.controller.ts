// Collaboration agreements: institutions, protocols, sign-off rules, risk appetite; signed by each institution's signatory.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  agreementInForce,
  DEFAULT_RULES,
  HOLIDAYS_UNTIL,
  roundAbout,
  roundStatus,
  unmeetable,
} from '#libs/domain';
import type { Agreement, AgreementRules, ProgrammeState } from '#libs/domain';
import { signContent } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, InstantField, OrganisationId, PersonId, withoutUndefined } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { organisation, person } from '../http/said';
import { Calling, notFound, programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { pageOf } from '../http/shown';
import { AgreementShown } from '../programmes/shown';
import { Rules } from './rules';

const ProposeAgreement = z.strictObject({
  parties: z
    .array(
      z.strictObject({ organisation: OrganisationId, registrar: PersonId, signatory: PersonId.nullable() }),
    )
    .min(2)
    .max(100),
  expires: InstantField,
  protocols: FreeText.describe('How data is managed and used.'),
  riskAppetite: FreeText,
  summary: FreeText.describe('Covering text: explains, and is not binding.'),
  rules: Rules,
});

@ApiTags('agreements')
@Controller('programmes/:programme/agreements')
export class AgreementsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('agreement.propose', 'Proposes a collaboration agreement, or its amendment')
  propose(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Body({ schema: ProposeAgreement }) body: z.infer<typeof ProposeAgreement>,
  ) {
    return this.commands.onProgramme(call, programme, (state, now) => {
      const rules: AgreementRules = { ...DEFAULT_RULES, ...withoutUndefined(body.rules) } as AgreementRules;
      const { parties, expires, protocols, riskAppetite } = body;
      const core = {
        kind: 'AGREEMENT',
        parties,
        rules,
        expires,
        protocols,
        riskAppetite,
        addresses: addressesOf(state, parties),
      };
      const { content, contents } = signContent(core, { summary: body.summary });
      const command = { type: 'ProposeAgreement', content, parties, rules, expires } as const;
      return { command, contents, warnings: warningsOf(state, { parties, rules, expires }, now) };
    });
  }

  @Get()
  @Shows('programme.read', 'Lists the agreements and their amendments', pageOf(AgreementShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const all = programmeOf(call).agreements;
    return slice(
      all.map((agreement) => agreementView(call, agreement)),
      query,
    );
  }

  @Get(':agreement')
  @Shows(
    'programme.read',
    'Shows an agreement, whether it is signed and whether it is in force',
    AgreementShown,
  )
  show(@Calling() call: Call, @Param('agreement') id: string) {
    const found = programmeOf(call).agreements.find((a) => a.id === id);
    return agreementView(call, found ?? notFound('agreement', id));
  }
}

/** T3: sign-offs nobody could complete with the roster as it is; saved all the same, since people may still join. And a calendar that ends. */
const warningsOf = (
  state: ProgrammeState,
  { parties, rules, expires }: Pick<Agreement, 'parties' | 'rules' | 'expires'>,
  now: string,
) => [
  ...unmeetable(
    state,
    rules,
    parties.map((party) => party.organisation),
    now,
  ).map(({ kind, lacking }) => `${kind} cannot be completed with the roster as it is: ${lacking.join('; ')}`),
  ...(rules.holidays === undefined && Number(expires.slice(0, 4)) > HOLIDAYS_UNTIL
    ? [`bank holidays are known until ${HOLIDAYS_UNTIL}; name those of later years under "holidays"`]
    : []),
];

/** Signing confirms where each registrar's and signatory's mail goes (B5). */
function addressesOf(state: ProgrammeState, parties: Agreement['parties']) {
  const people = parties.flatMap((p) => (p.signatory === null ? [p.registrar] : [p.registrar, p.signatory]));
  return [...new Set(people)].map((id) => ({ person: id, address: state.people[id]?.address ?? null }));
}

function agreementView(call: Call, agreement: Agreement) {
  const programme = programmeOf(call);
  const round = roundAbout(programme.checkpoints, 'AGREEMENT', agreement.id);
  return {
    ...{ id: agreement.id, content: agreement.content, rules: agreement.rules, expires: agreement.expires },
    proposedAt: agreement.proposedAt,
    parties: agreement.parties.map((party) => ({
      organisation: organisation(programme, party.organisation),
      registrar: person(programme, party.registrar),
      signatory: party.signatory === null ? null : person(programme, party.signatory),
    })),
    status: round === null ? null : roundStatus(programme, 'AGREEMENT', round, call.now),
    inForce: agreementInForce(programme, call.now)?.id === agreement.id,
    warnings: warningsOf(programme, agreement, call.now),
  };
}
