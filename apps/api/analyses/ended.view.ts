// How a run ended, with a reason in words that quote no value of the data.
import type { Analysis } from '#libs/domain';
import type { InputRefusal } from '#libs/statistics';

/** Why a run was ended from outside: by a person, by its limits, or because the engine could not finish it. */
type Ending =
  | 'CANCELLED'
  | 'RELEASE_CLOSED'
  | 'GATES_CLOSED'
  | 'TOOK_TOO_LONG'
  | 'TOOK_TOO_MUCH_MEMORY'
  | 'ENGINE_FAILURE';

const IN_WORDS: Record<InputRefusal | Ending, string> = {
  INPUT_REFUSED: 'The data cannot answer what was asked. Check the parameters against the method’s schema.',
  NOT_A_FLOW:
    'The source is not declared as holding everybody who passed through (FLOW), so short spells are under-represented and how long spells last cannot be told (B39). Use a source declared as FLOW, or name in "entry" how long each spell had lasted when it was first seen.',
  BROKEN_SERIES:
    'A field was judged inadmissible for comparison across a break that lies inside the window (B38). Use only periods before it or after it (a window with "by", the field that tells them apart), or another outcome.',
  SUBPOPULATION:
    'The release cannot tell apart whom the run said it would look at, or holds nobody of them. Declare a subpopulation by a released field (of a cell table, a dimension) and values it holds, or everybody.',
  CANCELLED: 'Its author or the lead cancelled it while it was going; nothing of it is kept.',
  TOOK_TOO_LONG:
    'It took longer than a run may. Use fewer records, fields, restarts, bootstrap samples or imputed data sets.',
  TOOK_TOO_MUCH_MEMORY:
    'It took more memory than a run may, and was ended; its release is as it was. Use fewer records, fields, clusters, bootstrap samples or imputed data sets.',
  RELEASE_CLOSED:
    'Its release was closed before it was done: withdrawn, expired or without a permit. Nothing of it is kept; another release is needed.',
  GATES_CLOSED:
    'Every gate it needs was closed before it was done, since what is recorded did not check; its release is as it was. Register it anew once the gates stand open.',
  ENGINE_FAILURE:
    'The engine could not finish it in several attempts; its release is as it was. Tell whoever runs Parley, and register it anew.',
};

export const endedView = ({ ended }: Analysis) =>
  ended && {
    ...{ outcome: ended.outcome, reason: ended.reason, at: ended.at, result: ended.result },
    code: ended.code ?? null,
    because: isTold(ended.reason) ? IN_WORDS[ended.reason] : null,
  };

const isTold = (reason: string | null): reason is keyof typeof IN_WORDS =>
  reason !== null && Object.hasOwn(IN_WORDS, reason);
