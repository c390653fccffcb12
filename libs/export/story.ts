// `index.html`: a project's whole story on one page that needs nothing but itself.
import nunjucks from 'nunjucks';
import type { Checkpoint, CheckpointKind, Choice, Decision, World } from '#libs/domain';
import {
  currentRound,
  projectStatus,
  refusalRegister,
  releaseStatus,
  requestStatus,
  roundStatus,
  STAGES,
  stageStatus,
} from '#libs/domain';
import { analysesShown, requestsShown, worded } from './shown';
import type { Telling } from './shown';

const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(__dirname), {
  ...{ autoescape: true, trimBlocks: true, lstripBlocks: true },
});

const ABOUT: Record<CheckpointKind, string> = {
  AGREEMENT: 'Collaboration agreement',
  QUESTION: 'Policy question',
  LEGAL: 'Is the data boundary lawful?',
  ETHICAL: 'Is the data boundary acceptable?',
  TRUST: 'Release of data',
  BENEFIT: 'What earlier data gave and cost',
  OUTPUT: 'Output check',
  REFLECTION: 'Reflection',
  REFINEMENT: 'What comes next',
};
const ANSWER: Record<Choice, string> = {
  APPROVED: 'approved',
  APPROVED_WITH_CONDITIONS: 'approved with conditions',
  REJECTED: 'declined',
  CHANGES_REQUESTED: 'asked for changes',
  ABSTAINED: 'abstained',
};

export const storyPage = (telling: Omit<Telling, 'outputs'>): string =>
  environment.render('story.njk', chapters({ ...telling, outputs: [] }));

function chapters(telling: Telling) {
  const { world, now, profile } = telling;
  const { programme, project } = world;
  const say = (text: string | null) => worded(telling, text) ?? '(words not in this export)';
  const organisation = (id: string) => worded(telling, programme.organisations[id]?.name ?? null) ?? id;
  return {
    ...{ id: project.id, title: say(project.title), profile, now, status: projectStatus(project) },
    startedAt: project.startedAt,
    programme: say(programme.name),
    partners: Object.keys(programme.organisations).map(organisation),
    cycles: project.cycles.map((cycle) => ({
      ...{ number: cycle.number, startedAt: cycle.startedAt, descendsFrom: cycle.descendsFrom },
      stages: STAGES.map((stage) => ({ stage, status: stageStatus(world, cycle, stage, now) })),
      interpretations: project.interpretations
        .filter((each) => each.cycle === cycle.id)
        .map((each) => ({
          as: each.as.toLowerCase(),
          text: say(each.text),
          misreading: say(each.misreading),
        })),
      insights: project.insights
        .filter((each) => each.cycle === cycle.id)
        .map((each) => ({ id: each.id, status: each.status, text: say(each.text) })),
    })),
    requests: requestsShown(telling).map((request) => ({
      ...{ id: request.id, holder: organisation(request.holder), status: requestStatus(request) },
      ...{ fields: request.ask.fields, sentAt: request.sentAt },
      grant: request.answer?.grant ?? null,
    })),
    refusals: refusals(telling, organisation),
    releases: Object.values(project.releases).map((release) => ({
      ...{ id: release.id, wave: release.wave, tier: release.tier, purpose: release.purpose },
      ...{ status: releaseStatus(world, release, now), permittedAt: release.permit?.at ?? null },
    })),
    analyses: analysesShown(telling).map((analysis) => ({
      ...{ id: analysis.id, method: analysis.method, release: analysis.release, ended: analysis.ended },
      ...{ hypothesis: say(analysis.hypothesis), support: say(analysis.support) },
    })),
    signOffs: [...signOffs(world, programme.checkpoints), ...signOffs(world, project.checkpoints)].map(
      (each) => ({
        ...each,
        answers: each.answers.map(({ by, ...answer }) => ({ ...answer, by: organisation(by) })),
      }),
    ),
    meetings: [...Object.values(programme.meetings), ...Object.values(project.meetings)].map((meeting) => ({
      ...{ id: meeting.id, startsAt: meeting.startsAt, title: say(meeting.title) },
    })),
    exports: project.exports,
  };

  function signOffs(side: World, checkpoints: Record<string, Checkpoint>) {
    return Object.values(checkpoints).flatMap(({ kind, rounds, ...checkpoint }) =>
      rounds.map((round) => ({
        ...{ about: ABOUT[kind], subject: round.subject.id, round: round.round, openedAt: round.openedAt },
        ...{ core: round.content.core, isLast: round === currentRound({ kind, rounds, ...checkpoint }) },
        status: roundStatus(side.programme, kind, round, now),
        answers: round.decisions.map((decision) => ({
          ...{ by: decision.organisation, answer: ANSWER[decision.choice], at: decision.at },
          ...{ version: decision.version, withdrawnAt: decision.withdrawn?.at ?? null },
          reason: worded(telling, decision.reason),
          dissent: worded(telling, decision.dissent),
          recorded: recordedAs(decision),
        })),
      })),
    );
  }
}

/** T15: that somebody else wrote the answer down, how it reached them, and whether a colleague confirmed it. */
function recordedAs({ written, countersigned }: Decision): string | null {
  if (!written) return null;
  const how = { TELEPHONE: 'by telephone', PAPER: 'on paper', IN_PERSON: 'in person' }[written.how];
  const confirmed = countersigned ? `; countersigned ${countersigned.at}` : '';
  return `given ${how} and recorded on evidence ${written.evidence}${confirmed}`;
}

/** T6: in full for an auditor; otherwise counts, and categories only where they point at nobody. */
function refusals({ world, profile, now }: Telling, organisation: (id: string) => string) {
  const { outcomes, stated } = refusalRegister(world, null, now);
  if (profile !== 'auditor') return { outcomes, stated, rows: [] };
  const rows = Object.values(world.project.requests)
    .filter(
      ({ answer, lapsedAt }) =>
        lapsedAt !== null || answer?.outcome === 'REFUSED' || (answer?.reasons.length ?? 0) > 0,
    )
    .map((request) => ({
      ...{ request: request.id, holder: organisation(request.holder), status: requestStatus(request) },
      reasons: request.answer?.reasons ?? [],
    }));
  return { outcomes, stated, rows };
}
