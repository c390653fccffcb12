// Commands on the issue's profile and its narratives: anybody on the roster, at any time (B44, B49).
import { refuse } from '../refusal';
import type { Handler, Handlers } from '../decide/context';
import { accept, acting, nextId } from '../decide/context';
import { currentCycle } from '../rules/stages';

const profileIssue: Handler<'ProfileIssue'> = (context, { traits }) => {
  const by = acting(context);
  if (!by.ok) return by;
  const cycle = currentCycle(context.world.project)?.id ?? null;
  return accept({ type: 'IssueProfiled', data: { profile: nextId(context, 'ip'), cycle, traits } });
};

const tellNarrative: Handler<'TellNarrative'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  if (command.isOwn && !by.roles.includes(command.heldAs))
    return refuse(
      'FORBIDDEN',
      'WRONG_ROLE',
      `who tells a narrative of their own as ${command.heldAs} holds that role`,
      'tell it in a role of yours, or report it as somebody else’s',
    );
  if (command.isNamed && !command.isOwn)
    return refuse(
      'INVALID',
      'NOT_YOURS',
      'nobody is named as the holder of a narrative by somebody else',
      'report it under the role alone; its holder can tell it and agree to be named',
    );
  return accept({ type: 'NarrativeTold', data: { narrative: nextId(context, 'nar'), ...command } });
};

const nameNarrative: Handler<'NameNarrative'> = (context, command) => {
  const by = acting(context);
  if (!by.ok) return by;
  const narrative = context.world.project.narratives.find((n) => n.id === command.narrative);
  if (!narrative)
    return refuse(
      'NOT_FOUND',
      'UNKNOWN_NARRATIVE',
      `there is no narrative ${command.narrative}`,
      'check the id',
    );
  if (!narrative.isOwn || narrative.person !== by.person)
    return refuse(
      'FORBIDDEN',
      'NOT_YOURS',
      'only who holds a narrative decides whether they are named',
      'ask them to',
    );
  return narrative.isNamed === command.isNamed ? accept() : accept({ type: 'NarrativeNamed', data: command });
};

export const issueHandlers: Pick<Handlers, 'ProfileIssue' | 'TellNarrative' | 'NameNarrative'> = {
  ProfileIssue: profileIssue,
  TellNarrative: tellNarrative,
  NameNarrative: nameNarrative,
};
