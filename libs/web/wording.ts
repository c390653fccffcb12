// What is not a matter of language: the order of answers, the content code, and labels made of keys nobody wrote one for.
import type { Choice } from '#libs/domain';

/** In the order a page shows them. */
export const CHOICES_SHOWN: readonly Choice[] = [
  'APPROVED',
  'APPROVED_WITH_CONDITIONS',
  'CHANGES_REQUESTED',
  'REJECTED',
  'ABSTAINED',
];

/** The 8 characters that mail and page both show, so that a person can see they belong together. */
export function contentCode(core: string): string {
  return core.slice(0, 8);
}

/** `retentionDays` → `Retention days`; `re74` stays `Re74`: a label for a key that its author chose. */
export function keyInWords(key: string): string {
  const spaced = key
    .replaceAll('_', ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
