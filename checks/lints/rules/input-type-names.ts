import { Kind } from 'graphql';
import { rule } from '../rule.ts';
import { typesOf } from '../select.ts';

/**
 * Inputs end in Input, and nothing else does: the two worlds cannot use each other's types, and without the
 * ending `Address` to read and `Address` to write fight for one name.
 */
export const inputTypeNames = rule({
  severity: 'failure',
  options: {},
  judge: (linted) =>
    typesOf(linted).flatMap((element) => {
      const { kind, name } = element.node;
      const isInput =
        kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || kind === Kind.INPUT_OBJECT_TYPE_EXTENSION;
      if (name.value.endsWith('Input') === isInput) return [];
      const message = isInput
        ? `The input ${name.value} does not end in Input.`
        : `${name.value} ends in Input and is no input.`;
      const cure = isInput ? `Call it ${name.value}Input.` : 'Take Input off its end.';
      return [{ element, message, cure }];
    }),
});
