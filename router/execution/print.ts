import { type GraphQLLeafType, isEnumType } from 'graphql';
import type { FieldShape, ObjectShape, ValueShape } from './shape.ts';
import { Spliced } from './spliced.ts';
import { quote } from './text.ts';
import { isInherited, type Json, type JsonObject, own } from './tree.ts';

// HOT: runs over every value of every answer.
//
// Writes data that fits the schema as JSON text, in one pass, in the order of the shape. It decides
// nothing: at the first value that is not plainly valid (null or missing where the schema has no
// null, another type of value, an unknown type name) it throws UNUSUAL, and complete.ts, which is
// slower and knows what graphql-js does then, makes the whole answer instead. So
//
//   - what this file writes is, byte for byte, what complete.ts would give for the same data;
//   - nothing is written that complete.ts would report an error for;
//   - what is Spliced was found to be just that, so it is written as it is;
//   - shapes are compiled on first use and once, since printers live as long as the operation.

/** Thrown where a value is not plainly valid. */
export const UNUSUAL = Symbol('a value that needs completion');

export type Print = (value: Json) => string;

/** Compiles the printer of an object; `introspect` gives the JSON of `__schema` and `__type`. */
export const compilePrinter = (
  shape: ObjectShape,
  introspect: (field: FieldShape) => string,
): Print => {
  const printers = new Map<ObjectShape, Print>();

  const objectPrinter = (of: ObjectShape): Print => {
    const known = printers.get(of);
    if (known !== undefined) return known;
    const fields = of.fields.map((field, index) => ({
      name: field.key,
      head: `${index === 0 ? '{' : ','}"${field.responseName}":`,
      read: isInherited(field.key),
      print: fieldPrinter(field),
    }));
    const print: Print = (value) => {
      if (typeof value !== 'object' || value === null) throw UNUSUAL;
      // A list has no own names, so that its fields are missing; those that may be null are caught here.
      if (Array.isArray(value)) throw UNUSUAL;
      const object = value as JsonObject;
      let text = '';
      for (let at = 0; at < fields.length; at += 1) {
        // The loop ends before.
        const field = fields[at] as (typeof fields)[number];
        const member = field.read ? own(object, field.name) : object[field.name];
        text += field.head;
        if (member instanceof Spliced) {
          text += member.text;
          at += member.fields - 1;
        } else text += field.print(member);
      }
      return `${text}}`;
    };
    const whole: Print = fields.length === 0 ? () => '{}' : print;
    printers.set(of, whole);
    return whole;
  };

  const fieldPrinter = (field: FieldShape): Print => {
    if (field.value.kind !== 'introspection') return valuePrinter(field.value);
    return () => introspect(field);
  };

  const valuePrinter = (of: ValueShape): Print => {
    if (of.kind === 'nonNull') return presentPrinter(of.of);
    if (of.kind === 'typename') return presentPrinter(of);
    if (of.kind === 'leftOut') return unusual;
    const print = presentPrinter(of);
    return (value) => (value === null || value === undefined ? 'null' : print(value));
  };

  /** Of a value that must not be null; every printer here throws where it is. */
  const presentPrinter = (of: ValueShape): Print => {
    switch (of.kind) {
      case 'typename':
        return () => `"${of.name}"`;
      case 'leaf':
        return leafPrinter(of.type);
      case 'list':
        return listPrinter(valuePrinter(of.item));
      case 'object':
        return lazily(() => objectPrinter(of.shape()));
      case 'abstract':
        return abstractPrinter(of.name, of.shape);
      case 'nonNull':
        return presentPrinter(of.of);
      case 'leftOut':
        return unusual;
      case 'introspection':
        throw new Error('introspection is a field of the root, which is printed as a field');
    }
  };

  const abstractPrinter = (
    name: string,
    shapeOf: (type: string) => ObjectShape | undefined,
  ): Print => {
    const byType = new Map<string, Print>();
    return (value) => {
      if (typeof value !== 'object' || value === null) throw UNUSUAL;
      const { __typename: type = name } = value as JsonObject;
      if (typeof type !== 'string') throw UNUSUAL;
      let print = byType.get(type);
      if (print === undefined) {
        const found = shapeOf(type);
        if (found === undefined) throw UNUSUAL;
        print = objectPrinter(found);
        byType.set(type, print);
      }
      return print(value);
    };
  };

  return objectPrinter(shape);
};

/** Types may nest in themselves as deep as the document does, so they are compiled when met. */
const lazily = (compile: () => Print): Print => {
  let print: Print | undefined;
  return (value) => {
    print ??= compile();
    return print(value);
  };
};

const listPrinter =
  (printItem: Print): Print =>
  (value) => {
    if (!Array.isArray(value)) throw UNUSUAL;
    if (value.length === 0) return '[]';
    let text = `[${printItem(value[0])}`;
    for (let at = 1; at < value.length; at += 1) text += `,${printItem(value[at])}`;
    return `${text}]`;
  };

const leafPrinter = (type: GraphQLLeafType): Print => {
  if (isEnumType(type)) {
    const texts = new Map(type.getValues().map(({ name }) => [name as Json, `"${name}"`]));
    return (value) => texts.get(value) ?? unusual();
  }
  switch (type.name) {
    case 'String':
    case 'ID':
      return (value) => (typeof value === 'string' ? quote(value) : unusual());
    case 'Int':
      return (value) =>
        typeof value === 'number' && (value | 0) === value ? `${value}` : unusual();
    case 'Float':
      return (value) =>
        typeof value === 'number' && Number.isFinite(value) ? `${value}` : unusual();
    case 'Boolean':
      return (value) => (value === true ? 'true' : value === false ? 'false' : unusual());
    default:
      // Scalars of the supergraph's own are whatever the subgraph says.
      return (value) => {
        if (typeof value === 'string') return quote(value);
        return (value == null ? undefined : JSON.stringify(value)) ?? unusual();
      };
  }
};

const unusual = (): never => {
  throw UNUSUAL;
};
