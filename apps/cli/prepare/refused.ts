// The holder's own mistake in calling the command: shown as it is, without a stack trace.
export class PrepareRefused extends Error {
  override readonly name = 'PrepareRefused';
}
