// Commands on analysis runs: registered before results are seen, read only while the permit is live, checked before shown.
import { caveatsFor } from '../admissibility';
import { inadmissible } from '../admissibility/decide';
import type { ProjectOnlyCommands } from '../commands';
import { testedBy } from '../hypotheses/decide';
import type { Missing } from '../refusal';
import { refuse } from '../refusal';
import { resultsBeside } from '../output-check/rules';
import { isPublishedOnly } from '../published/rules';
import { unsafe } from '../safe-people/rules';
import type { Analysis, Release } from '../state';
import type { PersonId } from '../words';
import { boundaryInForce } from '../rules/boundary';
import { isResultOver } from '../rules/destruction';
import { readGate } from '../rules/gate';
import { resultStatus } from '../rules/results';
import { currentQuestion } from '../rules/stages';
import { ask } from './proposing';
import type { Context, Handler, Handlers, Refused } from './context';
import { accept, acting, atStage, nextId, onlyProcess } from './context';
import { findRelease } from './releases';

const registerAnalysis: Handler<'RegisterAnalysis'> = (context, command) => {
  const by = acting(context, ['researcher']);
  if (!by.ok) return by;
  const at = atStage(context, 'analysis', ['OPEN', 'REOPENED']);
  if (!at.ok) return at;
  const found = findRelease(context, command.release);
  if (!found.ok) return found;
  const { release } = found;
  const { world, now } = context;
  const gate = readGate(world, release, now);
  if (!gate.open)
    return refuse(
      'CONFLICT',
      'NOT_READABLE',
      gate.missing.map((m) => m.reason).join('; '),
      'analyses read live releases only',
      gate.missing,
    );
  if (!release.readers.includes(by.person))
    return refuse(
      'FORBIDDEN',
      'NOT_A_READER',
      'this person is not among the readers of the release',
      'amend the boundary and propose a new release',
    );
  if (!release.methods.includes(command.method))
    return refuse(
      'CONFLICT',
      'METHOD_NOT_SIGNED',
      `the method "${command.method}" was not signed for this release`,
      `use ${release.methods.join(', ')}, or amend the boundary`,
    );
  const lacking = unsafeToRead(context, release, by.person);
  if (lacking.length > 0) return notSafe(lacking);
  const stale =
    currentQuestion(world, at.cycle, now)?.id !== release.question && release.cycle === at.cycle.id;
  const isUnbound = isPublishedOnly(release);
  if (stale || (!isUnbound && boundaryInForce(world, now)?.id !== release.boundary))
    return refuse(
      'CONFLICT',
      'AMENDED',
      'question or boundary were amended after this release was signed',
      'a run under the new versions needs a new release',
    );
  const { intention = {} } = command;
  const excluded = inadmissible(context, release, intention);
  if (excluded) return excluded;
  const named = nameTested(context, command.tests);
  if (!named.ok) return named;
  const { question, boundary } = release;
  const caveats = caveatsFor(world.project, release, intention);
  return accept({
    type: 'AnalysisRegistered',
    data: {
      ...{ analysis: nextId(context, 'a'), cycle: at.cycle.id, question, boundary, caveats },
      ...withoutTests(command),
      ...(named.tests ? { tests: named.tests } : {}),
    },
  });
};

/** A run may name the hypothesis it tests by id; the words it was registered with stand beside it. */
const nameTested = (context: Context, id: string | undefined) =>
  id === undefined ? { ok: true as const, tests: null } : testedBy(context, id);

const withoutTests = ({ tests: _, ...rest }: ProjectOnlyCommands['RegisterAnalysis']) => rest;
/** B54: what anybody can have from its publisher needs no safe person. */
const unsafeToRead = ({ world, now }: Context, release: Release, person: PersonId): Missing[] =>
  isPublishedOnly(release) ? [] : unsafe(world, [person], now);

/** B54: refused by name, with whose move it is. */
const notSafe = (lacking: Missing[]) =>
  refuse(
    'FORBIDDEN',
    'SAFE_PEOPLE',
    lacking.map((m) => m.reason).join('; '),
    'training is recorded by their registrar; undertaking and interests are their own to give',
    lacking,
  );

type FoundAnalysis = { ok: true; analysis: Analysis; release: Release } | Refused;
function findAnalysis(context: Context, id: string): FoundAnalysis {
  const analysis = context.world.project.analyses[id];
  const release = analysis && context.world.project.releases[analysis.release];
  return analysis && release
    ? { ok: true, analysis, release }
    : refuse('NOT_FOUND', 'UNKNOWN_ANALYSIS', `there is no analysis ${id}`, 'check the id');
}

const openRead: Handler<'OpenRead'> = (context, { analysis: id }) => {
  const foreign = onlyProcess(context, 'gate');
  if (foreign) return foreign;
  const found = findAnalysis(context, id);
  if (!found.ok) return found;
  const { analysis, release } = found;
  if (analysis.ended) return refuse('CONFLICT', 'ENDED', 'the analysis has ended', 'register a new one');
  const gate = readGate(context.world, release, context.now);
  if (!gate.open)
    return refuse(
      'CONFLICT',
      'NOT_READABLE',
      gate.missing.map((m) => m.reason).join('; '),
      'a closed release is read by nobody',
      gate.missing,
    );
  // The reader is asked again at each opening: training ends while permits go on.
  const lacking = unsafeToRead(context, release, analysis.author);
  if (lacking.length > 0) return notSafe(lacking);
  return accept({
    type: 'ReadOpened',
    data: { release: release.id, analysis: id, read: analysis.reads.length + 1 },
  });
};

/** A result is recorded only while the permit is live; it goes straight up for the output check. */
const endAnalysis: Handler<'EndAnalysis'> = (context, { compared, ...command }) => {
  const foreign = onlyProcess(context, 'worker');
  if (foreign) return foreign;
  const found = findAnalysis(context, command.analysis);
  if (!found.ok) return found;
  const { analysis, release } = found;
  if (analysis.ended) return accept();
  if (!command.result) return accept({ type: 'AnalysisEnded', data: command });
  const gate = readGate(context.world, release, context.now);
  if (!gate.open)
    return refuse(
      'CONFLICT',
      'NOT_READABLE',
      gate.missing.map((m) => m.reason).join('; '),
      'end the run without a result',
      gate.missing,
    );
  const unseen = resultsBeside(context.world.project, analysis).filter(
    ({ id }) => compared !== undefined && !compared.includes(id),
  );
  if (unseen.length > 0)
    return refuse(
      'CONFLICT',
      'RESULTS_SINCE',
      `results came since this one was checked against the others: ${unseen.map(({ id }) => id).join(', ')}`,
      'check it against them too',
    );
  const output = ask(context, {
    kind: 'OUTPUT',
    subject: { type: 'output', id: analysis.id },
    content: command.result,
    proposer: analysis.author,
  });
  return output.ok ? accept({ type: 'AnalysisEnded', data: command }, ...output.events) : output;
};

/** Only closes: the reader's lease is not renewed, and whatever it had computed is recorded nowhere. */
const cancelAnalysis: Handler<'CancelAnalysis'> = (context, command) => {
  const by = acting(context, ['researcher', 'projectLead']);
  if (!by.ok) return by;
  const found = findAnalysis(context, command.analysis);
  if (!found.ok) return found;
  const { analysis } = found;
  if (by.person !== analysis.author && by.person !== context.world.project.lead)
    return refuse(
      'FORBIDDEN',
      'NOT_YOUR_RUN',
      `the run ${analysis.id} is somebody else's`,
      'its author or the lead cancels it',
    );
  if (analysis.ended)
    return refuse(
      'CONFLICT',
      'ENDED',
      'the analysis has ended',
      'a result is withheld by its checker instead',
    );
  return accept({ type: 'AnalysisCancelled', data: command });
};

const withholdOutput: Handler<'WithholdOutput'> = (context, command) => {
  const by = acting(context, ['outputChecker']);
  if (!by.ok) return by;
  const found = findAnalysis(context, command.analysis);
  if (!found.ok) return found;
  if (found.analysis.author === by.person)
    return refuse(
      'FORBIDDEN',
      'SELF_APPROVAL',
      'the author does not check the output',
      'another checker decides',
    );
  const status = resultStatus(context.world, found.analysis, context.now);
  if (status !== 'UNCHECKED')
    return refuse(
      'CONFLICT',
      'RESULT_STATUS',
      `the result is ${status}`,
      'a checked result is withdrawn instead',
    );
  return accept({ type: 'OutputWithheld', data: command });
};

/** Only what is over by the rule is said to be gone: a checked result outlives its release. */
const certifyResultDestroyed: Handler<'CertifyResultDestroyed'> = (context, command) => {
  const foreign = onlyProcess(context, 'worker');
  if (foreign) return foreign;
  const found = findAnalysis(context, command.analysis);
  if (!found.ok) return found;
  if (found.analysis.destroyed) return accept();
  if (!isResultOver(context.world, found.analysis, context.now))
    return refuse(
      'CONFLICT',
      'RESULT_STATUS',
      `the result is ${resultStatus(context.world, found.analysis, context.now)} and its time is not over`,
      'nothing needs to be done',
    );
  return accept({ type: 'ResultDestroyed', data: command });
};

export const analysisHandlers: Pick<
  Handlers,
  | 'RegisterAnalysis'
  | 'OpenRead'
  | 'EndAnalysis'
  | 'CancelAnalysis'
  | 'WithholdOutput'
  | 'CertifyResultDestroyed'
> = {
  RegisterAnalysis: registerAnalysis,
  OpenRead: openRead,
  EndAnalysis: endAnalysis,
  CancelAnalysis: cancelAnalysis,
  WithholdOutput: withholdOutput,
  CertifyResultDestroyed: certifyResultDestroyed,
};
