// What a freedom-of-information request may reach, in plain sentences, so that nobody takes an audience for a promise of secrecy.
import type { Audience, EvidenceKind } from './terms';

/**
 * Under the Freedom of Information Act 2000 (and its Scottish and environmental counterparts) a request reaches what a public
 * authority holds, or others hold for it, whatever a label says; the authority, not this system, decides about exemptions such
 * as personal data (s. 40), confidence (s. 41) and free exchange of views (s. 36). Data protection adds each person's own access.
 */
export const INFORMATION_REQUESTS: {
  audience: Record<Audience, string>;
  kind: Record<EvidenceKind, string>;
} = {
  audience: {
    AUTHOR:
      'Only its author sees it here, yet if the author works for a public authority a request may reach it.',
    CORE_TEAM: 'The core team sees it here; a request to a public authority among its members may reach it.',
    PARTNERS:
      'Every partner sees it here; a request to any public authority among the partners may reach it.',
    PUBLIC: 'It is meant for everyone, so a request is answered by pointing to it.',
  },
  kind: {
    DOCUMENT: 'Documents are disclosed whole or with exempt parts removed.',
    COMMENT:
      'Comments are disclosed too; the name of who made them may be withheld where that would be unfair.',
    MINUTES:
      'Minutes are disclosed with names of officials as a rule, and drafts are held information as well.',
    EMAIL:
      'E-mails are disclosed with personal data of others removed; copies in mailboxes can be asked for too.',
    CALL: 'That a call took place can be asked for even where nothing of what was said is recorded.',
    REA: 'An evidence assessment is disclosed with its protocol and limits, usually in full.',
  },
};

/** The sentences for one item, as every page and view shows them. */
export const whatRequestsMayReach = (kind: EvidenceKind, audience: Audience): string =>
  `${INFORMATION_REQUESTS.audience[audience]} ${INFORMATION_REQUESTS.kind[kind]}`;
