// The invariants re-checked from the record: at each permit and read the gate stood open, each decision was one, on what was shown.
import { counted, effectiveDecision, readGate, releaseGate, roundAbout, tenureOf } from '#libs/domain';
import type { Checkpoint, Missing, Recorded, Round, World } from '#libs/domain';
import type { EntryOf, Streams } from './streams';
import { told } from './told';
import type { Told } from './told';
import { Failed, failing } from './verdict';

/** What a fold over entries that are partly withheld cannot settle is no failure of the record. */
export interface Checked {
  permits: number;
  reads: number;
  decisions: number;
  /** T15: answers written down for somebody else, and those of them a colleague confirmed. */
  recorded: Told[];
  countersigned: number;
  /** Permits and reads that rest on entries this profile withholds. */
  unsettled: Told[];
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
  where: () => Told,
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
  where: Told,
  isPartial: boolean,
): void {
  const round = checkpoints?.[data.checkpoint]?.rounds.find((each) => each.round === data.round);
  if (round === undefined) {
    if (isPartial) return;
    throw failing('verifier.broken.noRound', { where });
  }
  const same = round.decisions.filter(
    ({ person, withdrawn }) => person === data.person && withdrawn === null,
  );
  if (same.length > 0) throw failing('verifier.broken.twice', { where, person: data.person });
  if (data.core !== round.content.core) throw failing('verifier.broken.otherContent', { where });
  if (
    !round.asked.some(
      ({ person, organisation, until }) =>
        person === data.person && organisation === data.organisation && (until === undefined || at < until),
    )
  )
    throw failing('verifier.broken.notAsked', { where, person: data.person });
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
    throw failing('verifier.broken.delegate', { where });
}

/** T15: an approval that somebody else wrote down is confirmed by a third person, of the signer's own organisation. */
function checkCountersigned(
  { programme, project, withheld }: Streams,
  isProject: boolean,
  { data, at }: EntryOf<'DecisionCountersigned'>,
  where: Told,
): void {
  const checkpoint = (isProject ? project : programme)?.checkpoints[data.checkpoint];
  const round = checkpoint?.rounds.find((each) => each.round === data.round);
  const decision = round && effectiveDecision(round, data.person);
  if (!programme || !decision?.written) {
    if (withheld > 0) return;
    throw failing('verifier.broken.nothingRecorded', { where });
  }
  if ([data.person, decision.written.by].includes(data.by))
    throw failing('verifier.broken.ownWord', { where, person: data.by });
  if (tenureOf(programme, data.by, at)?.organisation !== decision.organisation)
    throw failing('verifier.broken.otherOrganisation', { where, person: data.by });
}

/** I1, I3: the whole gate stood open at the permit's own time; I6: on the sealed content; I7: by distinct people. */
function checkPermit(streams: Streams, event: EntryOf<'PermitGiven'>, where: Told, checked: Checked): void {
  const { data, at, version } = event;
  const world = worldFor(streams, data.programmeVersion, where);
  const release = world.project.releases[data.release];
  if (data.projectVersion !== version - 1) throw failing('verifier.broken.otherHead', { where });
  if (release === undefined)
    return unsettled(
      streams,
      checked,
      told('verifier.broken.permitUnproposed', { where, release: data.release }),
    );
  if (release.sealed === null || release.sealed.content.core !== data.core)
    throw failing('verifier.broken.permitContent', { where });
  const gate = releaseGate(world, release, at);
  if (!gate.open) {
    const rules = rulesIn(gate.missing);
    return unsettled(streams, checked, told('verifier.broken.permitClosed', { where, rules }));
  }
  const trust = roundAbout(world.project.checkpoints, 'TRUST', release.id);
  if (trust) checkSigners(world, trust, at, data.core, where);
}

function checkSigners({ programme }: World, round: Round, at: string, core: string, where: Told): void {
  const signers = counted(programme, 'TRUST', round, at);
  const people = signers.map(({ person }) => person);
  if (new Set(people).size !== people.length) throw failing('verifier.broken.countsTwice', { where });
  if (people.includes(round.proposer)) throw failing('verifier.broken.proposer', { where });
  if (signers.some((decision) => decision.core !== core))
    throw failing('verifier.broken.otherSignature', { where });
}

/** I3: no read begins after something closed its release. */
function checkRead(
  streams: Streams,
  { data, at }: EntryOf<'ReadOpened'>,
  where: Told,
  checked: Checked,
): void {
  const world = worldFor(streams, null, where);
  const release = world.project.releases[data.release];
  if (release === undefined)
    return unsettled(
      streams,
      checked,
      told('verifier.broken.readUnproposed', { where, release: data.release }),
    );
  const gate = readGate(world, release, at);
  if (gate.open) return;
  const rules = rulesIn(gate.missing);
  unsettled(streams, checked, told('verifier.broken.readClosed', { where, rules }));
}

function worldFor(streams: Streams, programmeVersion: number | null, where: Told): World {
  const programme = programmeVersion === null ? streams.programme : streams.programmeAt(programmeVersion);
  if (programme === null || streams.project === null)
    throw failing('verifier.broken.noProgramme', { where, version: `${programmeVersion}` });
  return { programme, project: streams.project };
}

/** What was missing, by the names of the rules: their reasons are in the words of the API. */
const rulesIn = (missing: readonly Missing[]): string =>
  [...new Set(missing.map(({ rule }) => rule))].join(', ');

/** Where entries are withheld, what they would have said may be missing: that is said, and not called broken. */
function unsettled(streams: Streams, checked: Checked, what: Told): void {
  if (streams.withheld === 0) throw new Failed(what);
  checked.unsettled.push(what);
}
