// An agenda or a pack as one reader sees it: names filled in, drafts that are not for them left out.
import { mayRead, withId } from '#libs/domain';
import type { OpenMove, Pack, World } from '#libs/domain';
import { party, person, said } from '../http/said';
import { programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';

export function agendaView(call: Call, worlds: World[], agenda: Omit<Pack, 'stream'>) {
  const programme = programmeOf(call);
  const named = (ids: string[]) => ids.map((id) => party(programme, id));
  const moveView = ({ who, people, ...move }: OpenMove) => ({
    ...{ ...move, who: named(who) },
    ...(people ? { people: named(people) } : {}),
  });
  const reader = call.account.person;
  const homeOf = (stream: string) =>
    worlds.find(({ project }) => project.id === stream)?.project ?? programme;
  const isEvidence = (stream: string, id: string): boolean =>
    withId(homeOf(stream).evidence, id) !== undefined;
  const isReadable = ({ stream, evidence }: { stream: string; evidence: string }): boolean => {
    const item = withId(homeOf(stream).evidence, evidence);
    return item !== undefined && reader !== null && mayRead(programme, item, reader, call.now);
  };
  return {
    ...{ meeting: agenda.meeting, startsAt: agenda.startsAt, summary: said(agenda.summary) },
    decisions: agenda.decisions.map(moveView),
    open: agenda.open
      .filter(({ stream, about }) => !isEvidence(stream, about) || isReadable({ stream, evidence: about }))
      .map(moveView),
    proposed: agenda.proposed.map(({ text, person: by, ...item }) => ({
      ...{ ...item, text: said(text), person: person(programme, by) },
    })),
    drafts: agenda.drafts.filter(isReadable).map(({ waitingFor, ...draft }) => ({
      ...{ ...draft, waitingFor: waitingFor.map((id) => person(programme, id)) },
    })),
    unconfirmed: agenda.unconfirmed,
  };
}
