// Who may do what, as one table: every route names one of these actions, and no route is without one.
import type { Role } from '#libs/domain';
import {
  administrator,
  anyAccount,
  auditor,
  either,
  holderOfDeposit,
  holding,
  importerOfDeposit,
  member,
  resultReader,
} from './who';
import type { Who } from './who';

export interface Permission {
  /** What the token's scopes must allow. */
  scope: 'read' | 'write';
  who: Who;
}

const reading = (who: Who): Permission => ({ scope: 'read', who });
const acting = (who: Who): Permission => ({ scope: 'write', who });
const roles = (...names: Role[]): Permission => acting(holding(...names));

const roster = either(administrator, member, auditor);
const insiders = either(member, auditor);
const anyone = acting(member);

export const PERMISSIONS = {
  'account.read': reading(anyAccount),
  'account.tokens': acting(anyAccount),
  'account.mail': anyone,
  'methods.read': reading(anyAccount),

  'programme.start': acting(administrator),
  'programme.list': reading(anyAccount),
  'programme.read': reading(roster),
  'organisation.add': acting(administrator),
  // The domain decides for whom: the administrator before an agreement stands, a registrar for their own organisation.
  'person.attest': acting(either(administrator, holding('registrar'))),
  'person.change': acting(either(administrator, holding('registrar'))),
  'person.erase': reading(holding('registrar')),
  'person.invite': acting(either(administrator, holding('registrar'))),
  'deputy.name': anyone,
  'agreement.propose': roles('projectLead'),

  'project.start': roles('projectLead'),
  'project.list': reading(anyAccount),
  'project.read': reading(insiders),
  'ledger.read': reading(insiders),
  'project.export': reading(insiders),
  'project.steer': roles('projectLead'),
  'cycle.start': roles('projectLead'),
  'ethics.record': roles('projectLead', 'researcher'),
  'boundary.propose': roles('projectLead'),
  'question.propose': anyone,
  'request.send': roles('projectLead', 'researcher'),
  'request.answer': roles('dataHolder'),
  'grant.withdraw': roles('dataHolder', 'informationRiskOwner'),
  // The domain knows whose file it is: a holder’s custodian’s, or theirs who import published data.
  'deposit.make': roles('dataCustodian', 'projectLead', 'researcher'),
  'dictionary.give': acting(either(holding('dataHolder', 'dataCustodian'), importerOfDeposit)),
  'dictionary.publish': acting(either(holding('dataHolder'), importerOfDeposit)),
  'objection.record': roles('dataHolder', 'informationRiskOwner', 'dataCustodian'),
  'import.propose': roles('projectLead', 'researcher', 'dataCustodian'),
  'import.check': roles('informationRiskOwner'),
  'deposit.report': reading(either(holderOfDeposit, auditor)),
  'release.propose': roles('projectLead', 'researcher'),
  'release.open': roles('projectLead', 'researcher'),
  'release.giveUp': roles('projectLead'),
  'benefit.propose': roles('projectLead', 'researcher'),
  'analysis.register': roles('researcher'),
  'analysis.deviate': roles('researcher', 'projectLead'),
  'analysis.cancel': roles('researcher', 'projectLead'),
  'result.read': reading(resultReader),
  'output.decide': roles('outputChecker'),
  'output.withhold': roles('outputChecker', 'projectLead'),
  'output.except': roles('outputChecker'),
  'output.comment': roles('dataHolder', 'informationRiskOwner'),
  'interpretation.add': anyone,
  'insight.record': anyone,
  'reflection.propose': roles('projectLead', 'researcher'),
  'refinement.propose': roles('projectLead', 'researcher'),
  'decision.withdraw': anyone,
  // T15: the domain knows for whom; whose approval a colleague confirms, too.
  'answer.record': anyone,
  'answer.countersign': anyone,
  'answer.delegate': anyone,
  'cover.change': roles('projectLead'),
  'sufficiency.revoke': roles('policyOfficial', 'researcher'),
  'admissibility.speak': anyone,
  // The domain knows the two sides of a request and the core team.
  'request.clarify': anyone,
  'asking.wish': anyone,
  'motive.suppose': anyone,
  'training.record': roles('registrar'),
  'safety.declare': anyone,
  'legal.draft': roles('projectLead', 'researcher', 'policyOfficial', 'informationRiskOwner'),
  'legal.advise': roles('dataProtectionOfficer'),
  'legal.override': roles('informationRiskOwner'),
  'incident.record': anyone,
  'incident.report': roles('informationRiskOwner', 'dataProtectionOfficer', 'projectLead'),
  'collection.plan': roles('projectLead', 'researcher'),
  'collection.begin': roles('projectLead'),
  'collection.report': roles('dataHolder', 'dataCustodian', 'researcher'),
  'supposition.reply': roles('dataHolder', 'informationRiskOwner'),
  'coreTeam.name': roles('projectLead'),
  // Who reads or changes which item is the domain's rule (libs/domain/evidence): here it is only who comes near.
  'evidence.record': anyone,
  'evidence.read': reading(insiders),
  'source.register': anyone,
  'discovery.record': anyone,
  'issue.profile': anyone,
  'narrative.tell': anyone,
  'roster.set': roles('registrar'),
  'tempo.set': roles('projectLead', 'policyOfficial'),
  'hypothesis.speak': anyone,
  'demand.speak': anyone,
  'summary.write': anyone,
  'action.speak': anyone,
  'publication.speak': anyone,
  'publication.decide': roles('projectLead'),
  // The domain says who convenes: the core team, a lead, or who called the meeting.
  'meeting.convene': anyone,
  'meeting.read': reading(insiders),
  'agenda.propose': anyone,
  'template.read': reading(anyAccount),
  // Each form asks again, for the action it stands for.
  'form.send': anyone,
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof PERMISSIONS;
