// What a project takes in each of its states, by route: held to every command that the API describes.

export const PROJECT = '/projects/{project}';
/** What would end the project for the commands after it. */
export const ENDING = /\/(suspension|resumption|closure|cycles)$/;

const inProject = (...routes: string[]): string[] => routes.map((route) => `${PROJECT}/${route}`);

/** T10: what always stands, in every state of a project; it is refused for reasons of its own. */
export const ALWAYS = inProject(
  ...['analyses', 'analyses/{analysis}/cancellation', 'checkpoints/{checkpoint}/withdrawal'],
  ...['deposits/{deposit}/objections', 'ethics/{ethics}/end', 'imports/{import}/legal-check', 'incidents'],
  ...['incidents/{incident}/report', 'outputs/{analysis}/decision', 'outputs/{analysis}/withholding'],
  ...['releases/{release}/abandonment', 'releases/{release}/open', 'requests/{request}/withdrawal'],
  ...['requests/{request}/recorded-withdrawals', 'checkpoints/{checkpoint}/recorded-withdrawals'],
  ...['checkpoints/{checkpoint}/delegations/return', 'evidence/{evidence}/consent/withdrawal'],
  'meetings/{meeting}/cancellation',
);

/** What is accounted for and published after the end, too (B56). */
export const AFTERWARDS = inProject(
  ...['actions/{action}/reports', 'contact', 'insights/{insight}/summaries', 'publications'],
  ...[
    'insights/{insight}/summaries/approval',
    'insights/{insight}/withholding',
    'outputs/{analysis}/comments',
  ],
  ...['publications/{publication}/comments', 'publications/{publication}/comments/{comment}/answer'],
  ...['publications/{publication}/dissents', 'publications/{publication}/publication'],
);

/** What belongs to a stage of a cycle, and is a lead's to begin. */
export const OF_A_CYCLE = inProject(
  ...['actions', 'benefits', 'collections', 'insights', 'questions', 'reflections', 'refinements'],
  ...[
    'releases',
    'requests',
    'stages/analysis/close',
    'stages/{stage}/reopen',
    'stages/{stage}/settle-empty',
  ],
);

/** What stands under the agreement, whatever else it names (B5). */
export const UNDER_AGREEMENT = inProject(
  ...['benefits', 'collections', 'collections/{collection}/responses', 'imports', 'releases', 'requests'],
);

/** Whose words are taken, and not met in the answers and pages that the walk of markup looks at. */
export const NOT_MET = inProject(
  ...['contact', 'ethics', 'meetings', 'stages/{stage}/reopen', 'stages/{stage}/settle-empty'],
);
