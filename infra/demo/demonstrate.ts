// The demonstration from top to bottom; one that is finished is told of and not repeated.
import { ApiRefused } from './api';
import { cycleOne } from './cycle-one';
import { cycleThree } from './cycle-three';
import { cycleTwo } from './cycle-two';
import { settingUp } from './setting-up';
import { signingIn } from './last-signature';
import type { AnyTour, Tour } from './tour';

export async function demonstrate(begin: () => Tour): Promise<void> {
  const tour = begin();
  await forgetWhatIsGone(tour);
  if (tour.memory.has('finished')) return tellWhatIsThere(tour);
  if (tour.memory.has('programme')) tour.report.note('Going on where the demonstration was interrupted.');
  await settingUp(tour);
  await cycleOne(tour);
  const isApproved = await cycleTwo(tour);
  if (isApproved) await cycleThree(tour);
  tour.memory.keep('finished', { isApproved });
  if (isApproved) tellWhatIsThere(tour);
}

/** The database may have been replaced since; what is remembered of another one is of no use. */
export async function forgetWhatIsGone({ memory, administrator }: AnyTour): Promise<void> {
  const programme = memory.recall<string>('programme');
  if (programme === undefined) return;
  try {
    await administrator.get(`/programmes/${programme}`);
  } catch (error) {
    if (!(error instanceof ApiRefused) || error.problem.status !== 404) throw error;
    memory.forget();
  }
}

function tellWhatIsThere(tour: Tour): void {
  const { isApproved = true } = tour.memory.recall<{ isApproved: boolean }>('finished') ?? {};
  const cycles = isApproved
    ? 'Three cycles are complete'
    : 'One cycle is complete, and the second ended without a release';
  tour.report.chapter('What there is now');
  tour.report.note(`${cycles}, in project ${tour.project} of programme ${tour.programme}.`);
  tour.report.note('While Parley runs, see it as its lead does, over the API or in a browser:');
  const token = `node -p 'require("${tour.memory.file}").done["token lead"]'`;
  tour.report.command(`curl -H "Authorization: Bearer $(${token})" ${tour.places.api}${tour.at()}`);
  tour.report.note(signingIn(tour, 'lead'));
}
