/** How long a text is in characters as people and PostgreSQL count them, not in UTF-16 units. */
export const lengthOf = (text: string): number => [...text].length;

export const isBetween = (value: number, minimum: number, maximum: number): boolean =>
  value >= minimum && value <= maximum;
