// What the portal needs to know about where it runs.
import { Languages } from '#libs/language';

/** Which language a visitor is answered in. */
export type Spoken = Pick<Languages, 'preferred'>;

export class PortalSettings {
  constructor(
    /** The address people reach it by, without a trailing slash. */
    readonly url: string,
    readonly isDevelopment: boolean,
    /** What is spoken here, and in which time zone. */
    readonly languages: Spoken = new Languages(),
  ) {}

  get origin(): string {
    return new URL(this.url).origin;
  }
}
