/**
 * A part of a subgraph's answer that goes to the client as it is: JSON text that was found to be, byte
 * for byte, what would be printed for its value. In the data it is a leaf, whatever its text holds.
 *
 * It is a place in the answer, and no string of its own: most of what a request holds while it waits
 * is of this kind, and what is held is what the garbage collector has to copy.
 */
export class Spliced {
  /** How many fields of the answer it is, one after the other. */
  readonly fields: number;
  private readonly answer: string;
  private readonly start: number;
  private readonly end: number;

  constructor(fields: number, answer: string, start: number, end: number) {
    this.fields = fields;
    this.answer = answer;
    this.start = start;
    this.end = end;
  }

  /** The value of the field that it stands at, perhaps followed by more members: `1,"next":2`. */
  get text(): string {
    return this.answer.slice(this.start, this.end);
  }
}
