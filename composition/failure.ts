/** The subgraphs do not make a supergraph; each message stands for itself and can be shown. */
export class CompositionFailure extends Error {
  readonly messages: readonly string[];

  constructor(messages: readonly string[]) {
    super(messages.join('\n\n'));
    this.name = 'CompositionFailure';
    this.messages = messages;
  }
}
