// The invariants re-checked from the record: at each permit and read the gate stood open, each decision was one, on what was shown.
import { counted, effectiveDecision, readGate, releaseGate, roundAbout, tenureOf } from '#libs/domain';
import type { Checkpoint, Recorded, Round, World } from '#libs/domain';
import type { EntryOf, Streams } from './streams';
import { Failed } from './verdict';

/** What a fold over entries that are partly withheld cannot settle is no failure of the record. */
export interface Checked {
  permits: number;
  reads: number;
  decisions: number;
  /** T15: answers written down for somebody else, and those of them a colleague confirmed. */
  recorded: string[];
  countersigned: number;
  /** Permits and reads that rest on entries this profile withholds. */
  unsettled: string[];
  /** Sealed releases: the core people signed, and the digest released (I6). */
  sealed: { release: string; core: string; digest: string }[];
  /** Results of which it is recorded what computed them: the core their checker signed, and the code's digest. */
  computed: { analysis: string; core: string; digest: string }[];
}

export const nothingChecked = (): Checked => ({
  permits: 0,
  reads: 0,
  decisions: 0,
  recorded: [],
  countersigned: 0,
  unsettled: [],
  sealed: [],
  computed: [],
});

/** Called before an event is folded. `where` names the entry. */
export function checkEvent(
  streams: Streams,
  isProject: boolean,
  event: Recorded,
  where: () => string,
  checked: Checked,
): void {
  switch (event.type) {
    case 'DecisionRecorded':
      checked.decisions += 1;
      if (event.data.assurance === 'RECORDED') checked.recorded.push(where());
      return checkDecision(
        isProject ? streams.project?.checkpoints : streams.programme?.checkpoints,
        event,
        where(),
        streams.withheld > 0,
      );
    case 'DecisionCountersigned':
      checked.countersigned += 1;
      return checkCountersigned(streams, isProject, event, where());
    case 'ReleaseSealed':
      checked.sealed.push({
        release: event.data.release,
        core: event.data.content.core,
        digest: event.data.digest,
      });
      return;
    case 'AnalysisEnded':
      if (event.data.result && event.data.code)
        checked.computed.push({
          analysis: event.data.analysis,
          core: event.data.result.core,
          digest: event.data.code.digest,
        });
      return;
    case 'PermitGiven':
      checked.permits += 1;
      return checkPermit(streams, event, where(), checked);
    case 'ReadOpened':
      checked.reads += 1;
      return checkRead(streams, event, where(), checked);
    default:
  }
}

/** I5: no second effective decision of a person in a round. I6: on the content the round shows. I7: by somebody asked. */
function checkDecision(
  checkpoints: Record<string, Checkpoint> | undefined,
  { data, at }: EntryOf<'DecisionRecorded'>,
  where: string,
  isPartial: boolean,
): void {
  const round = checkpoints?.[data.checkpoint]?.rounds.find((each) => each.round === data.round);
  if (round === undefined) {
    if (isPartial) return;
    throw new Failed(`${where}: a decision in a round that was never opened.`);
  }
  const same = round.decisions.filter(
    ({ person, withdrawn }) => person === data.person && withdrawn === null,
  );
  if (same.length > 0) throw new Failed(`${where}: I5 is broken: ${data.person} decided twice in one round.`);
  if (data.core !== round.content.core)
    throw new Failed(`${where}: I6 is broken: the decision is on other content than was asked about.`);
  if (
    !round.asked.some(
      ({ person, organisation, until }) =>
        person === data.person && organisation === data.organisation && (until === undefined || at < until),
    )
  )
    throw new Failed(`${where}: I7 is broken: ${data.person} was not asked in this round.`);
  // Whoever handed their sign-off to a colleague does not count beside them.
  const standing = (person: string) =>
    round.decisions.some((d) => d.person === person && d.withdrawn === null);
  const isDouble = round.asked.some(
    (asked) =>
      asked.onBehalfOf === data.person &&
      asked.until !== undefined &&
      (at < asked.until || standing(asked.person)),
  );
  if (isDouble || (data.onBehalfOf !== undefined && standing(data.onBehalfOf)))
    throw new Failed(`${where}: I7 is broken: a signer and their delegate both answered in this round.`);
}

/** T15: an approval that somebody else wrote down is confirmed by a third person, of the signer's own organisation. */
function checkCountersigned(
  { programme, project, withheld }: Streams,
  isProject: boolean,
  { data, at }: EntryOf<'DecisionCountersigned'>,
  where: string,
): void {
  const checkpoint = (isProject ? project : programme)?.checkpoints[data.checkpoint];
  const round = checkpoint?.rounds.find((each) => each.round === data.round);
  const decision = round && effectiveDecision(round, data.person);
  if (!programme || !decision?.written) {
    if (withheld > 0) return;
    throw new Failed(`${where}: T15 is broken: a countersignature of an answer that nobody recorded.`);
  }
  if ([data.person, decision.written.by].includes(data.by))
    throw new Failed(
      `${where}: T15 is broken: ${data.by} confirmed what they said or wrote down themselves.`,
    );
  if (tenureOf(programme, data.by, at)?.organisation !== decision.organisation)
    throw new Failed(`${where}: T15 is broken: ${data.by} is not of the signer’s own organisation.`);
}

/** I1, I3: the whole gate stood open at the permit's own time; I6: on the sealed content; I7: by distinct people. */
function checkPermit(streams: Streams, event: EntryOf<'PermitGiven'>, where: string, checked: Checked): void {
  const { data, at, version } = event;
  const world = worldFor(streams, data.programmeVersion, where);
  const release = world.project.releases[data.release];
  if (data.projectVersion !== version - 1)
    throw new Failed(`${where}: the permit was judged by another head of the project.`);
  if (release === undefined)
    return unsettled(streams, checked, `${where}: a permit for ${data.release}, which was never proposed`);
  if (release.sealed === null || release.sealed.content.core !== data.core)
    throw new Failed(`${where}: I6 is broken: the permit names other content than was sealed.`);
  const gate = releaseGate(world, release, at);
  if (!gate.open) {
    const reasons = gate.missing.map(({ reason }) => reason).join('; ');
    return unsettled(
      streams,
      checked,
      `${where}: I1 is broken: a permit although the gate was closed (${reasons})`,
    );
  }
  const trust = roundAbout(world.project.checkpoints, 'TRUST', release.id);
  if (trust) checkSigners(world, trust, at, data.core, where);
}

function checkSigners({ programme }: World, round: Round, at: string, core: string, where: string): void {
  const signers = counted(programme, 'TRUST', round, at);
  const people = signers.map(({ person }) => person);
  if (new Set(people).size !== people.length)
    throw new Failed(`${where}: I7 is broken: somebody counts twice.`);
  if (people.includes(round.proposer)) throw new Failed(`${where}: I7 is broken: the proposer counts.`);
  if (signers.some((decision) => decision.core !== core))
    throw new Failed(`${where}: I6 is broken: a signature on other content counts.`);
}

/** I3: no read begins after something closed its release. */
function checkRead(
  streams: Streams,
  { data, at }: EntryOf<'ReadOpened'>,
  where: string,
  checked: Checked,
): void {
  const world = worldFor(streams, null, where);
  const release = world.project.releases[data.release];
  if (release === undefined)
    return unsettled(streams, checked, `${where}: a read of ${data.release}, which was never proposed`);
  const gate = readGate(world, release, at);
  if (gate.open) return;
  const reasons = gate.missing.map(({ reason }) => reason).join('; ');
  unsettled(streams, checked, `${where}: I3 is broken: a read although the release was closed (${reasons})`);
}

function worldFor(streams: Streams, programmeVersion: number | null, where: string): World {
  const programme = programmeVersion === null ? streams.programme : streams.programmeAt(programmeVersion);
  if (programme === null || streams.project === null)
    throw new Failed(`${where}: the programme as of version ${programmeVersion} stands nowhere before it.`);
  return { programme, project: streams.project };
}

/** Where entries are withheld, what they would have said may be missing: that is said, and not called broken. */
function unsettled(streams: Streams, checked: Checked, what: string): void {
  if (streams.withheld === 0) throw new Failed(`${what}.`);
  checked.unsettled.push(what);
}
