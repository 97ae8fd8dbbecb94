/** A number from 0 to 2^32 - 1 that depends on the text alone (FNV-1a, then mixed). */
export const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
};

/** One of the elements, chosen by the text. */
export const choose = <Element>(elements: readonly Element[], text: string): Element => {
  const chosen = elements[hash(text) % elements.length];
  // An index below the length of a list holds an element, unless there is none at all.
  if (elements.length === 0) throw new Error(`Nothing to choose from for ${text}.`);
  return chosen as Element;
};
