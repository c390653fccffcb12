// What the portal needs to know about where it runs.
import { Languages } from '#libs/language';

/** Which language a visitor is answered in. */
export type Spoken = Pick<Languages, 'preferred'>;

/** Where deposits go, and how large one may be. */
export interface DepositPlaces {
  vaultDir: string;
  maxBytes: number;
}

export class PortalSettings {
  constructor(
    /** The address people reach it by, without a trailing slash. */
    readonly url: string,
    readonly isDevelopment: boolean,
    readonly deposits: DepositPlaces,
    /** What is spoken here, and in which time zone. */
    readonly languages: Spoken = new Languages(),
  ) {}

  get origin(): string {
    return new URL(this.url).origin;
  }
}
