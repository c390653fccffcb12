// What the portal needs to know about where it runs.
export class PortalSettings {
  constructor(
    /** The address people reach it by, without a trailing slash. */
    readonly url: string,
    readonly isDevelopment: boolean,
  ) {}

  get origin(): string {
    return new URL(this.url).origin;
  }
}
