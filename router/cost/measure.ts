import { isObject, type JsonObject, own } from '../execution/tree.ts';
import { type Amount, amountFor } from './amount.ts';
import type { FieldCost, ObjectCost, OperationCost } from './compile.ts';

/**
 * What an operation did cost, by what came: the rules of compile.ts with the lists as long as they are.
 * What is null costs what `@cost` of its field says, else nothing. Where the answer does not tell which
 * type an object has, it is taken for one of those whose fields it has.
 *
 * @param data of its answer, or of the first part of it
 */
export const measureCost = (
  { base, root }: OperationCost,
  data: unknown,
  variables: Readonly<Record<string, unknown>>,
): number => {
  const known = new Map<Amount, number>();
  const amount = (each: Amount): number => {
    if (typeof each === 'number') return each;
    const before = known.get(each) ?? amountFor(each, variables);
    known.set(each, before);
    return before;
  };

  const ofField = (field: FieldCost, value: unknown): number => {
    if (Array.isArray(value)) {
      return value.reduce((total: number, item) => total + ofField(field, item), 0);
    }
    if (value === null) return field.weight ?? 0;
    const object = isObject(value) ? pick(field.objects, value) : undefined;
    if (object === undefined || !isObject(value)) return field.weight ?? field.leaf;
    return (field.weight ?? object.own) + ofObject(object, value);
  };

  const ofObject = ({ fields }: ObjectCost, object: JsonObject): number =>
    fields.reduce((total, field) => {
      const value = own(object, field.responseName);
      // What is deferred comes later, or not at all.
      if (value === undefined) return total;
      return total + amount(field.arguments) + ofField(field, value);
    }, 0);

  return base + (isObject(data) ? ofObject(root, data) : 0);
};

const pick = (
  objects: ReadonlyMap<string, ObjectCost>,
  value: JsonObject,
): ObjectCost | undefined => {
  const all = [...objects.values()];
  if (all.length < 2) return all[0];
  return (
    objects.get(typenameOf(all, value) ?? '') ??
    all
      .toSorted((one, other) => other.fields.length - one.fields.length)
      .find(({ fields }) =>
        fields.every(({ responseName }) => Object.hasOwn(value, responseName)),
      ) ??
    all[0]
  );
};

const typenameOf = (objects: readonly ObjectCost[], value: JsonObject): string | undefined => {
  const name = objects
    .flatMap(({ fields }) => fields.filter(({ isTypename }) => isTypename))
    .map(({ responseName }) => own(value, responseName))
    .find((each) => typeof each === 'string');
  return typeof name === 'string' ? name : undefined;
};
