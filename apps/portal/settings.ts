// What the portal needs to know about where it runs.
import { Languages } from '#libs/language';

/** Which language a visitor is answered in. */
export type Spoken = Pick<Languages, 'preferred'>;

export interface Surroundings {
  /** Where deposits go, and how large one may be. */
  vaultDir: string;
  maxDepositBytes: number;
  /** The API, which opens files of evidence: this process has no key. */
  apiUrl: string;
}

export class PortalSettings {
  constructor(
    /** The address people reach it by, without a trailing slash. */
    readonly url: string,
    readonly isDevelopment: boolean,
    readonly around: Surroundings,
    /** What is spoken here, and in which time zone. */
    readonly languages: Spoken = new Languages(),
  ) {}

  get origin(): string {
    return new URL(this.url).origin;
  }
}
