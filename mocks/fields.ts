import {
  type GraphQLCompositeType,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { canonical, numberOf, pick } from './chance.ts';
import { askedLength, connectionOf, decisive, pageOf, windowOf } from './connections.ts';
import { createEntities, type Entities } from './entities.ts';
import type { Example, Examples } from './examples.ts';
import type { Hidden } from './hidden.ts';
import type { Keys } from './keys.ts';
import { madeUp, THINGS_OF_A_KIND } from './leaves.ts';
import { type Given, isGiven, isMockObject, type MockObject, mockObject, own } from './object.ts';

/** What made-up values follow from. */
export interface World {
  readonly schema: GraphQLSchema;
  readonly keys: Keys;
  readonly examples: Examples;
  readonly hidden: Hidden;
  /** Stands for `{name}` in examples, beside the arguments and the key; such as `publicUrl`. */
  readonly words: Given;
}

/** A field that is asked for. */
interface Asked {
  readonly object: MockObject;
  readonly field: string;
  readonly args: Given;
  readonly example: Example | undefined;
}

/** What no example says the length of. */
const USUAL_LENGTH = 3;
const MAX_LENGTH = 100;

/** The identity of what mutations are fields of. */
const MUTATION = 'Mutation';

/** Things that went wrong: in a made-up market nothing does. */
const TROUBLE = /(error|problem|warning|failure)s?$/i;

/** Gives what is asked of a world. */
export interface Resolvers {
  readonly field: GraphQLFieldResolver<unknown, unknown, Given>;
  /** The entity that a representation refers to, of an object or of an interface. */
  readonly reference: (type: GraphQLCompositeType, representation: Given) => MockObject;
}

/**
 * Resolves every field: with what the representation or an example gives, else with what follows from the
 * object's identity, the field and its arguments, so that the same question has the same answer for ever.
 */
export const createResolvers = (world: World): Resolvers => {
  const { schema, examples, hidden, words } = world;
  const entities = createEntities(world.keys, examples);

  const resolve = (type: GraphQLObjectType, object: MockObject, field: string, args: Given) => {
    const of = type.getFields()[field]?.type;
    if (of === undefined) return undefined;
    const example = examples.get(`${type.name}.${field}`);
    const asked: Asked = { object, field, args, example };
    const seed = `${object.identity}.${field}(${canonical(decisive(of, args))})`;
    const known = own(object.given, field);
    if (known !== undefined) return taken(of, known, seed);
    const isNone = example?.isNull ?? (isCompositeType(of) && TROUBLE.test(field));
    return isNone ? null : made(of, asked, seed, 0);
  };

  /** What was sent or is written in an example, with all that is not said of it made up. */
  const taken = (type: GraphQLOutputType, value: unknown, seed: string): unknown => {
    const nullable = getNullableType(type);
    if (value === null || isMockObject(value) || isLeafType(nullable)) return value;
    if (isListType(nullable)) {
      if (!Array.isArray(value)) return value;
      return value.map((each, index) => taken(nullable.ofType, each, `${seed}[${index}]`));
    }
    return isGiven(value) ? objectOf(nullable, value, seed) : value;
  };

  const objectOf = (type: GraphQLCompositeType, given: Given, seed: string): MockObject => {
    const concrete = concreteOf(world, type, given, seed, entities);
    return entities.by(concrete, given) ?? mockObject(concrete.name, seed, given);
  };

  const made = (type: GraphQLOutputType, asked: Asked, seed: string, index: number): unknown => {
    if (isNonNullType(type)) return made(type.ofType, asked, seed, index);
    if (isListType(type)) return listOf(type.ofType, asked, seed);
    if (isLeafType(type)) {
      const number = numberOf(`${seed} ${index}`);
      const values = asked.example?.values ?? [];
      const usual = values.length > 0 ? values : (examples.get(type.name)?.values ?? []);
      if (usual.length > 0)
        return filled(pick(usual, number), { ...words, ...asked.object.given, ...asked.args });
      return madeUp({ type, owner: asked.object.__typename, field: asked.field, number, hidden });
    }
    return isPage(type) ? page(type, asked, seed) : item(type, asked, seed, index);
  };

  const isPage = (type: GraphQLCompositeType): type is GraphQLObjectType =>
    connectionOf(type) !== null;

  const listOf = (of: GraphQLOutputType, asked: Asked, seed: string): unknown => {
    const type = getNullableType(of);
    const named = isObjectType(type) ? namedOnes(type, asked.args) : null;
    if (named !== null) return named.map((key) => taken(type, key, seed));
    const length = asked.example?.length ?? (TROUBLE.test(asked.field) ? 0 : null);
    const wanted = askedLength(asked.args) ?? length ?? USUAL_LENGTH;
    const possible = Math.min(
      isLeafType(type) ? MAX_LENGTH : THINGS_OF_A_KIND,
      length ?? MAX_LENGTH,
    );
    // What names one entity does not name each of a list.
    const each = isLeafType(type) ? asked : { ...asked, args: {} };
    return Array.from({ length: Math.min(wanted, possible) }, (_, index) =>
      made(type, each, seed, index),
    );
  };

  /** The keys of entities that an argument such as `ids` names; null where there is none. */
  const namedOnes = ({ name }: GraphQLObjectType, args: Given): readonly Given[] | null => {
    for (const [field, ...others] of entities.keyFields(name)) {
      const keys = field === undefined || others.length > 0 ? null : own(args, `${field}s`);
      if (field !== undefined && Array.isArray(keys)) return keys.map((key) => ({ [field]: key }));
    }
    return null;
  };

  const page = (type: GraphQLObjectType, asked: Asked, seed: string): MockObject => {
    const { itemType } = connectionOf(type) ?? { itemType: type };
    const total = asked.example?.length ?? 5 + (numberOf(seed) % (THINGS_OF_A_KIND - 10));
    const window = windowOf(total, asked.args);
    const places = Array.from(
      { length: window.to - window.from },
      (_, index) => window.from + index,
    );
    const items = places.map((place) => made(itemType, { ...asked, args: {} }, seed, place));
    return mockObject(type.name, seed, pageOf(items, total, window));
  };

  /** An object: the entity that the arguments name, else one of all; or what is no entity. */
  const item = (
    type: GraphQLCompositeType,
    asked: Asked,
    seed: string,
    index: number,
  ): MockObject => {
    const number = numberOf(seed) + index;
    const way = `${seed}[${index}]`;
    const said = pick((asked.example?.values ?? []).filter(isGiven), number) ?? {};
    const told = toldTo(asked);
    const concrete = concreteOf(world, type, { ...told, ...asked.args, ...said }, way, entities);
    const shown = { ...shownOf(concrete, told), ...said };
    if (!entities.isEntity(concrete.name)) return mockObject(concrete.name, way, shown, told);
    const named = [said, asked.args, told]
      .map((values) => keyIn(concrete.name, values, number, entities))
      .find((key) => key !== undefined);
    const { identity, given } =
      (named && entities.by(concrete, named)) ?? entities.at(concrete, number);
    return mockObject(concrete.name, identity, { ...shown, ...given });
  };

  const rootOf = (type: GraphQLObjectType): string =>
    type === schema.getMutationType() ? MUTATION : type.name;

  return {
    field: (source, args, _context, { parentType, fieldName }) => {
      const object = isMockObject(source)
        ? source
        : mockObject(parentType.name, rootOf(parentType), isGiven(source) ? source : {});
      return resolve(parentType, object, fieldName, args);
    },
    reference: (type, { __typename, ...representation }) => {
      const key = keyIn(type.name, representation, 0, entities);
      return objectOf(type, representation, `${type.name} ${canonical(key)}`);
    },
  };
};

/** Of a mutation and what it answers: its arguments, and what stands in those that are objects. */
const toldTo = ({ object, args }: Asked): Given => {
  if (object.identity !== MUTATION) return object.told;
  return Object.assign({ ...args }, ...Object.values(args).filter(isGiven));
};

/** What a mutation was told that its answer can show: leaves of the same name that fit. */
const shownOf = (type: GraphQLObjectType, told: Given): Given =>
  Object.fromEntries(
    Object.entries(told).filter(([name, value]) => {
      const leaf = getNullableType(type.getFields()[name]?.type);
      return (
        isLeafType(leaf) && value !== null && typeof value !== 'object' && serializes(leaf, value)
      );
    }),
  );

const serializes = (
  type: { readonly serialize: (value: unknown) => unknown },
  value: unknown,
): boolean => {
  try {
    type.serialize(value);
    return true;
  } catch {
    return false;
  }
};

/** The key that arguments name; of several, such as `ids`, by a number. */
const keyIn = (
  type: string,
  values: Given,
  number: number,
  entities: Entities,
): Given | undefined => {
  const told = (name: string): unknown => {
    const several = own(values, `${name}s`);
    return own(values, name) ?? (Array.isArray(several) ? pick(several, number) : undefined);
  };
  const key = entities.keyFields(type).find((names) => names.every((name) => told(name) != null));
  return key && Object.fromEntries(key.map((name) => [name, told(name)]));
};

/** Of what may be several types: the one that it says, that has such an entity, or any that is no trouble. */
const concreteOf = (
  { schema, hidden }: World,
  type: GraphQLCompositeType,
  given: Given,
  seed: string,
  entities: Entities,
): GraphQLObjectType => {
  if (!isAbstractType(type)) return type;
  const possible = schema.getPossibleTypes(type);
  const said = possible.find(({ name }) => name === own(given, '__typename'));
  const known = said ?? possible.find((each) => entities.has(each, given));
  if (known !== undefined) return known;
  const shown = possible.filter(({ name }) => !hidden.has(name));
  const good = shown.filter(({ name }) => !TROUBLE.test(name));
  const chosen = pick(
    [good, shown, possible].find(({ length }) => length > 0) ?? [],
    numberOf(seed),
  );
  if (chosen === undefined) throw new Error(`nothing is of the type ${type.name}`);
  return chosen;
};

/** An example's text with the words that stand in it in braces, such as `{id}`. */
const filled = (value: unknown, words: Given): unknown =>
  typeof value === 'string'
    ? value.replaceAll(/\{(\w+)\}/g, (text, name: string) => {
        const word = own(words, name);
        return word === undefined || typeof word === 'object' ? text : String(word);
      })
    : value;
