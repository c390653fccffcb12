// What an output check found and how it was decided: for checkers at once, for the programme once the result is checked.
import { findingsOf, holds, outputReview, resultStatus, roundAbout } from '#libs/domain';
import type { Analysis } from '#libs/domain';
import { organisation, person, said } from '../http/said';
import { worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';

/** Which rules failed where tells of the data: until the check the author and the programme learn nothing of it. */
export function checkView(call: Call, analysis: Analysis) {
  const world = worldOf(call);
  const { programme, project } = world;
  const isOpen = mayCheck(call, analysis) || resultStatus(world, analysis, call.now) === 'CHECKED';
  return {
    findings: isOpen ? findingsView(call, analysis) : null,
    exceptions: project.exceptions
      .filter((each) => isOpen && each.analysis === analysis.id)
      .map(({ id, finding, rule, table, at, granted, ...by }) => ({
        ...{ id, finding, rule, table, at, person: person(programme, by.person), reason: said(by.reason) },
        granted: granted && {
          ...{ person: person(programme, granted.person), reason: said(granted.reason), at: granted.at },
        },
      })),
    conditions: conditionsView(call, analysis),
    review: reviewView(call, analysis),
  };
}

/** What those who approved it ask of whoever reads it. */
export function conditionsView(call: Call, { id }: Analysis) {
  const { programme, project } = worldOf(call);
  return (roundAbout(project.checkpoints, 'OUTPUT', id)?.decisions ?? [])
    .filter(({ withdrawn }) => withdrawn === null)
    .flatMap(({ person: by, conditions }) =>
      conditions.map(({ kind, value }) => ({ kind, value: said(value), person: person(programme, by) })),
    );
}

export const mayCheck = (call: Call, analysis: Analysis): boolean => {
  const who = call.account.person;
  if (who === null || who === analysis.author) return false;
  return holds(worldOf(call).programme, who, ['outputChecker'], call.now);
};

function findingsView(call: Call, analysis: Analysis) {
  const { programme, project } = worldOf(call);
  const decisions = (roundAbout(project.checkpoints, 'OUTPUT', analysis.id)?.decisions ?? []).filter(
    ({ withdrawn }) => withdrawn === null,
  );
  return findingsOf(analysis).map((finding) => ({
    ...finding,
    decided: decisions.flatMap((decision) =>
      (decision.findings ?? [])
        .filter((each) => each.finding === finding.id)
        .map(({ reason }) => ({
          ...{ person: person(programme, decision.person), reason: said(reason), at: decision.at },
        })),
    ),
  }));
}

/** B27: who may comment until when, and what was said; it travels with the result. */
export function reviewView(call: Call, analysis: Analysis) {
  const world = worldOf(call);
  const { programme, project } = world;
  const review = outputReview(world, analysis, call.now);
  return (
    review && {
      until: review.until,
      awaited: review.awaited.map((each) => organisation(programme, each)),
      comments: project.outputComments
        .filter((comment) => comment.analysis === analysis.id)
        .map((comment) => ({
          ...{ id: comment.id, person: person(programme, comment.person), at: comment.at },
          ...{ organisation: organisation(programme, comment.organisation), text: said(comment.text) },
        })),
    }
  );
}
