// What a story comes to: what was asked and answered, what was found, how its cycles ended, and where to look further.
import type { Story } from './telling';

interface Request {
  readonly holder: { readonly name: string };
  readonly ask: { readonly source: string; readonly tier: string };
  readonly status: string;
  readonly answer: { readonly reasons: readonly string[] | null } | null;
}
interface Analysis {
  readonly id: string;
  readonly method: string;
  readonly status: string;
  readonly caveats: readonly object[];
  readonly hypothesis: string;
  readonly ended: { readonly outcome: string; readonly reason: string | null } | null;
}
interface Insight {
  readonly cycle: string;
  readonly status: string;
  readonly text: string;
}
interface Checkpoint {
  readonly kind: string;
  readonly current: { readonly decisions: readonly { readonly choice: string }[] };
}

export async function ending(story: Story): Promise<void> {
  const { report } = story;
  report.chapter('What it came to');
  const requests = await story.list<Request>('/requests');
  report.table(
    ['asked for', 'of', 'as', 'answer'],
    requests.map(({ ask, holder, status, answer }) => [
      ...[ask.source, holder.name, inWords(ask.tier)],
      [inWords(status), ...(answer?.reasons ?? []).map(inWords)].join(': '),
    ]),
  );
  const analyses = await story.list<Analysis>('/analyses');
  if (analyses.length > 0)
    report.table(
      ['run', 'method', 'result', 'caveats of its fields', 'registered before it was seen'],
      analyses.map(({ id, method, status, ended, caveats, hypothesis }) => [
        ...[id, method, inWords(ended?.reason ?? status), String(caveats.length), hypothesis],
      ]),
    );
  const insights = await story.list<Insight>('/insights');
  report.table(
    ['cycle', 'insight', 'what it says'],
    insights.map(({ cycle, status, text }) => [cycle, inWords(status), text]),
  );
  await further(story);
}

/** HOLDER_TERMS_PROHIBIT reads as "holder terms prohibit". */
const inWords = (word: string): string => word.toLowerCase().replaceAll('_', ' ');

async function further(story: Story): Promise<void> {
  const { report } = story;
  const checkpoints = await story.list<Checkpoint>('/checkpoints');
  const signed = checkpoints.flatMap(({ current }) => current.decisions).length;
  const lead = story.cast.people.lead;
  report.note(
    `${checkpoints.length} sign-offs with ${signed} decisions stand in the ledger of project ${story.project}.`,
  );
  report.note(
    `See it as ${lead?.name} does: open the first with the address below, take the code from the second.`,
  );
  report.command(`${story.places.api}/app   ${lead?.address}`);
  report.command(story.places.inbox);
}
