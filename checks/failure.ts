/** The check cannot be made as it was asked for; each message names cause and cure, and can be shown. */
export class CheckFailure extends Error {
  readonly messages: readonly string[];

  constructor(messages: readonly string[]) {
    super(messages.join('\n\n'));
    this.name = 'CheckFailure';
    this.messages = messages;
  }
}
