/**
 * A part of a subgraph's answer that goes to the client as it is: JSON text that was found to be, byte
 * for byte, what would be printed for its value. In the data it is a leaf, whatever its text holds.
 */
export class Spliced {
  /** The value of the field that it stands at, perhaps followed by more members: `1,"next":2`. */
  readonly text: string;
  /** How many fields of the answer the text is, one after the other. */
  readonly fields: number;

  constructor(text: string, fields: number) {
    this.text = text;
    this.fields = fields;
  }
}
