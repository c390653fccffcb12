// `index.html`: a project's whole story on one page that needs nothing but itself.
import type { Checkpoint, CheckpointKind, Decision, RefusalReason, World } from '#libs/domain';
import {
  projectStatus,
  refusalRegister,
  releaseStatus,
  requestStatus,
  roundAbout,
  roundStatus,
  STAGES,
  stageStatus,
} from '#libs/domain';
import type { Language } from '#libs/language';
import { speaking } from '#libs/web';
import { records } from './story-records';
import { analysesShown, requestsShown, worded } from './shown';
import type { Telling } from './shown';

const environmentOf = speaking({ folder: __dirname, autoescape: true });

/** In a language: the same story is the same bytes. */
export const storyPage = (telling: Story, language: Language): string =>
  environmentOf(language).render('story.njk', {
    ...chapters(telling, language),
    ...records(telling, language),
  });

/** `questions`: the words of each that is in the export, by its content. */
export interface Story extends Telling {
  questions: ReadonlyMap<string, string>;
}

function chapters(telling: Story, language: Language) {
  const { t, moment, list } = language;
  const { world, now, profile } = telling;
  const { programme, project } = world;
  const say = (text: string | null) => worded(telling, text) ?? t('story.noWords');
  const organisation = (id: string) => worded(telling, programme.organisations[id]?.name ?? null) ?? id;
  return {
    ...{ id: project.id, title: say(project.title), profile, now: moment(now) },
    status: t(`register.status.${projectStatus(project)}`),
    startedAt: moment(project.startedAt),
    programme: say(programme.name),
    partners: list(Object.keys(programme.organisations).map(organisation)),
    cycles: project.cycles.map((cycle) => ({
      ...{ number: cycle.number, startedAt: moment(cycle.startedAt), descendsFrom: cycle.descendsFrom },
      stages: STAGES.map((stage) => ({
        stage: t(`stage.${stage}`),
        status: t(`stageStatus.${stageStatus(world, cycle, stage, now)}`),
      })),
      questions: project.questions
        .filter((each) => each.cycle === cycle.id)
        .map(({ id, content: { core } }) => ({
          ...{
            id,
            text: telling.questions.get(core) ?? t('story.noWords'),
            status: answered('QUESTION', id),
          },
        })),
      interpretations: project.interpretations
        .filter((each) => each.cycle === cycle.id)
        .map((each) => ({
          as: t(`story.readBy.${each.as}`),
          text: say(each.text),
          misreading: say(each.misreading),
        })),
      insights: project.insights
        .filter((each) => each.cycle === cycle.id)
        .map((each) => ({ id: each.id, status: t(`insightStatus.${each.status}`), text: say(each.text) })),
    })),
    requests: requestsShown(telling).map((request) => ({
      ...{ id: request.id, holder: organisation(request.holder) },
      status: t(`requestStatus.${requestStatus(request)}`),
      ...{ fields: list(request.ask.fields), sentAt: moment(request.sentAt) },
      grant: request.answer?.grant && {
        ...{ fields: list(request.answer.grant.fields), tier: t(`tier.${request.answer.grant.tier}`) },
      },
    })),
    refusals: refusals(telling, organisation, language),
    releases: Object.values(project.releases).map((release) => ({
      ...{ id: release.id, wave: release.wave, tier: t(`tier.${release.tier}`) },
      ...{ purpose: release.purpose, status: t(`releaseStatus.${releaseStatus(world, release, now)}`) },
      permittedAt: release.permit && moment(release.permit.at),
    })),
    analyses: analysesShown(telling).map((analysis) => ({
      ...{ id: analysis.id, method: analysis.method, release: analysis.release },
      ended: analysis.ended && {
        ...{ at: moment(analysis.ended.at), outcome: t(`runOutcome.${analysis.ended.outcome}`) },
        code: analysis.ended.code,
      },
      ...{ hypothesis: say(analysis.hypothesis), support: say(analysis.support) },
      outputs: telling.outputs
        .filter(({ path }) => path.startsWith(`${analysis.id}/`))
        .map(({ path }) => path),
    })),
    signOffs: [...signOffs(world, programme.checkpoints), ...signOffs(world, project.checkpoints)].map(
      (each) => ({
        ...each,
        answers: each.answers.map(({ by, ...answer }) => ({ ...answer, by: organisation(by) })),
      }),
    ),
    exports: project.exports.map((each) => ({ ...each, at: moment(each.at) })),
  };

  function answered(kind: CheckpointKind, subject: string): string | null {
    const round = roundAbout(project.checkpoints, kind, subject);
    return round && t(`round.${roundStatus(programme, kind, round, now)}`);
  }

  function signOffs(side: World, checkpoints: Record<string, Checkpoint>) {
    return Object.values(checkpoints).flatMap(({ kind, rounds }) =>
      rounds.map((round) => ({
        ...{ about: t(`kind.${kind}`), subject: round.subject.id, round: round.round },
        openedAt: moment(round.openedAt),
        ...{ core: round.content.core, isThere: telling.contents.has(round.content.core) },
        status: t(`round.${roundStatus(side.programme, kind, round, now)}`),
        answers: round.decisions.map((decision) => ({
          ...{ by: decision.organisation, answer: t(`did.${decision.choice}`) },
          at: moment(decision.at),
          ...{ version: decision.version, withdrawnAt: decision.withdrawn && moment(decision.withdrawn.at) },
          reason: worded(telling, decision.reason),
          dissent: worded(telling, decision.dissent),
          recorded: recordedAs(decision, language),
        })),
      })),
    );
  }
}

/** T15: that somebody else wrote the answer down, how it reached them, and whether a colleague confirmed it. */
function recordedAs({ written, countersigned }: Decision, { t, moment }: Language): string | null {
  if (!written) return null;
  const { evidence } = written;
  const given = t('story.recorded', { how: t(`heard.${written.how}`), evidence });
  return countersigned ? `${given} ${t('story.countersigned', { at: moment(countersigned.at) })}` : given;
}

/** T6: in full for an auditor; otherwise counts, and categories only where they point at nobody. */
function refusals(
  { world, profile, now }: Telling,
  organisation: (id: string) => string,
  { t, list }: Language,
) {
  const { outcomes, stated: counts } = refusalRegister(world, null, now);
  const counted = Object.entries(counts ?? {}) as [RefusalReason, number][];
  const stated =
    counts &&
    list(
      counted.map(([reason, count]) => t('story.reason', { reason: t(`refusalReason.${reason}`), count })),
    );
  if (profile !== 'auditor') return { outcomes, stated, rows: [] };
  const rows = Object.values(world.project.requests)
    .filter(
      ({ answer, lapsedAt }) =>
        lapsedAt !== null || answer?.outcome === 'REFUSED' || (answer?.reasons.length ?? 0) > 0,
    )
    .map((request) => ({
      ...{ request: request.id, holder: organisation(request.holder) },
      status: t(`requestStatus.${requestStatus(request)}`),
      reasons: list((request.answer?.reasons ?? []).map((reason) => t(`refusalReason.${reason}`))),
    }));
  return { outcomes, stated, rows };
}
