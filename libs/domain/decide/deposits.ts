// Commands between a grant and an accepted deposit: invited, received, opened for its check, accepted or refused.
import { refuse } from '../refusal';
import { acceptedDeposit, depositStatus, grantStands } from '../rules/requests';
import { whyNotDeposit } from '../collection/rules';
import { isImportOpen } from '../published/rules';
import { receivePublished } from '../published/receiving';
import type { ProjectOnlyCommands } from '../commands';
import type { DataRequest, Deposit } from '../state';
import type { Context, Handler, Handlers, Refused } from './context';
import { accept, acting, isProcess, nextId, onlyProcess, underAgreement } from './context';

const inviteDeposit: Handler<'InviteDeposit'> = (context, { request: id, publicKey }) => {
  const foreign = onlyProcess(context, 'worker');
  if (foreign) return foreign;
  const { world, now } = context;
  const request = world.project.requests[id];
  const imported = world.project.imports[id];
  const stands = imported ? isImportOpen(imported, now) : request !== undefined && grantStands(request, now);
  if (!stands) return refuse('CONFLICT', 'NO_GRANT', `no grant stands for ${id}`, 'wait for the holder');
  const open = Object.values(world.project.deposits).some(
    (d) => d.request === id && ['INVITED', 'RECEIVED'].includes(depositStatus(d)),
  );
  if (open || acceptedDeposit(world.project, id)) return accept();
  return accept({ type: 'DepositInvited', data: { deposit: nextId(context, 'd'), request: id, publicKey } });
};

type Found = { ok: true; deposit: Deposit; request: DataRequest } | Refused;

/** A deposit and the request it answers. */
export function depositOf({ world: { project } }: Context, id: string): Found {
  const deposit = project.deposits[id];
  const request = deposit && project.requests[deposit.request];
  return deposit && request
    ? { ok: true, deposit, request }
    : refuse('NOT_FOUND', 'UNKNOWN_DEPOSIT', `there is no deposit ${id}`, 'check the id');
}

const receiveDeposit: Handler<'ReceiveDeposit'> = (context, command) => {
  const deposit = context.world.project.deposits[command.deposit];
  const imported = deposit && context.world.project.imports[deposit.request];
  if (imported) return receivePublished(context, command, imported, depositStatus(deposit));
  const by = acting(context, ['dataCustodian']);
  if (!by.ok) return by;
  const found = depositOf(context, command.deposit);
  if (!found.ok) return found;
  const { request } = found;
  if (by.organisation !== request.holder)
    return refuse(
      'FORBIDDEN',
      'NOT_THE_HOLDER',
      `only a data custodian of ${request.holder} deposits here`,
      'ask that holder',
    );
  const under = underAgreement(context);
  if (!under.ok) return under;
  if (!grantStands(request, context.now))
    return refuse('CONFLICT', 'NO_GRANT', 'the grant no longer stands', 'a new request is needed');
  const early = whyNotDeposit(context.world.project, request, context.now);
  if (early !== null)
    return refuse('CONFLICT', 'COLLECTION_OPEN', early, 'wait until then, and report who responded');
  if (depositStatus(found.deposit) !== 'INVITED')
    return refuse(
      'CONFLICT',
      'ALREADY_RECEIVED',
      `the deposit is ${depositStatus(found.deposit)}`,
      'wait for its check; a refused one is invited again',
    );
  return accept({ type: 'DepositReceived', data: { ...command, person: by.person } });
};

type DepositStep = 'OpenDeposit' | 'AcceptDeposit' | 'RefuseDeposit' | 'CertifyDepositDestroyed';
const ALLOWED: Record<DepositStep, ReturnType<typeof depositStatus>[]> = {
  OpenDeposit: ['RECEIVED', 'ACCEPTED'],
  AcceptDeposit: ['RECEIVED'],
  RefuseDeposit: ['RECEIVED'],
  CertifyDepositDestroyed: ['INVITED', 'RECEIVED', 'ACCEPTED', 'REFUSED'],
};

/** The engine's own steps on a deposit; null if the deposit is where the step expects it. */
function step(context: Context, name: DepositStep, id: string) {
  // Opening goes through the gate's own function, which records it under the gate's name.
  const byGate = name === 'OpenDeposit' && isProcess(context, 'gate');
  const foreign = byGate ? null : onlyProcess(context, 'worker');
  if (foreign) return foreign;
  const deposit = context.world.project.deposits[id];
  if (!deposit) return refuse('NOT_FOUND', 'UNKNOWN_DEPOSIT', `there is no deposit ${id}`, 'check the id');
  const status = depositStatus(deposit);
  return ALLOWED[name].includes(status)
    ? null
    : refuse('CONFLICT', 'DEPOSIT_STATUS', `the deposit is ${status}`, 'nothing needs to be done');
}

/** What a holder deposited is opened for its release alone; only what everybody may read is compared with results. */
function notPublished(
  { world: { project } }: Context,
  { deposit, purpose }: ProjectOnlyCommands['OpenDeposit'],
) {
  const isPublished = project.imports[project.deposits[deposit]?.request ?? ''] !== undefined;
  return purpose !== 'compare' || isPublished
    ? null
    : refuse(
        'FORBIDDEN',
        'NOT_PUBLISHED',
        `${deposit} is not published`,
        'only published data is compared so',
      );
}

export const depositHandlers: Pick<Handlers, 'InviteDeposit' | 'ReceiveDeposit' | DepositStep> = {
  InviteDeposit: inviteDeposit,
  ReceiveDeposit: receiveDeposit,
  OpenDeposit: (context, command) =>
    step(context, 'OpenDeposit', command.deposit) ??
    notPublished(context, command) ??
    accept({ type: 'DepositOpened', data: command }),
  AcceptDeposit: (context, command) =>
    step(context, 'AcceptDeposit', command.deposit) ?? accept({ type: 'DepositAccepted', data: command }),
  RefuseDeposit: (context, command) =>
    step(context, 'RefuseDeposit', command.deposit) ?? accept({ type: 'DepositRefused', data: command }),
  CertifyDepositDestroyed: (context, command) =>
    step(context, 'CertifyDepositDestroyed', command.deposit) ??
    accept({ type: 'DepositDestroyed', data: command }),
};
