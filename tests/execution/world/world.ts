import { type GraphQLSchema, isAbstractType, isLeafType, type SelectionSetNode } from 'graphql';
import type { Federation } from '../federations/build.ts';
import { contextArguments } from './contexts.ts';
import { choose, hash } from './hash.ts';
import { identityAt, identityIn, typenameIn } from './identities.ts';
import { leafValue } from './leaves.ts';
import { evaluate, pick } from './selections.ts';
import { type FieldFacts, readTypes, type Shape, type Types } from './shapes.ts';
import type { Arguments, Thing } from './thing.ts';

/** Answers what the fields of things are, the same in all schemas of a federation. */
export interface World {
  readonly types: Types;
  /** A leaf value, a thing, null, or a list of those. Objects are called what `schema` calls them. */
  readonly fieldOf: (
    thing: Thing,
    field: string,
    args: Arguments,
    schema: GraphQLSchema,
  ) => unknown;
  /** The entity that a representation names, be it right or not. */
  readonly identify: (given: Arguments) => Thing | undefined;
  /** The entity that a representation means, or null if there is none. */
  readonly entityOf: (given: Arguments, schema: GraphQLSchema) => Thing | null;
}

/** One world for each seed: worlds differ in all but the types. */
export const createWorlds = (federation: Federation): ((seed: number) => World) => {
  const types = readTypes(federation);
  return (seed) => createWorld(federation, types, seed);
};

const createWorld = ({ directives }: Federation, types: Types, seed: number): World => {
  const fieldOf: World['fieldOf'] = (thing, field, args, schema) => {
    const resolve = (of: Thing, name: string, given: Arguments) => fieldOf(of, name, given, schema);
    const facts = types.field(thing.typename, field);
    const fromContext = contextArguments(directives, thing, field, resolve);
    const all = { ...facts.defaults, ...fromContext, ...args };
    const requires =
      directives.requires.get(`${thing.typename}.${field}`) ??
      directives.requires.get(`${types.family(thing.typename)}.${field}`);
    const required =
      requires &&
      (thing.given === undefined
        ? evaluate(requires, thing, resolve)
        : pick(requires, thing.given));
    const key = `${thing.identity}.${field}${textOf(all)}${JSON.stringify(required) ?? ''}`;
    return make({ types, schema, thing, field, facts, seed }, facts.shape, key);
  };

  const named = (given: Arguments): Named[] => {
    const typename = String(given['__typename']);
    const keys = directives.keys.get(typename) ?? [];
    return keys.flatMap((key) => {
      const told = { ...pick(key, given) };
      const identity = identityIn(told, types.family(typename));
      return identity === undefined ? [] : [{ key, told, identity, typename }];
    });
  };

  const entityOf: World['entityOf'] = (given, schema) => {
    const resolve = (of: Thing, name: string, args: Arguments) => fieldOf(of, name, args, schema);
    for (const { key, told, identity, typename } of named(given)) {
      const thing = { identity, typename: typenameIn(types, schema, typename, identity), given };
      const known = evaluate(key, thing, resolve);
      if (JSON.stringify(known) === JSON.stringify(told)) return thing;
    }
    return null;
  };

  const identify: World['identify'] = (given) => named(given)[0];
  return { types, fieldOf, entityOf, identify };
};

/** What a representation tells by one of the keys of its type. */
interface Named {
  readonly key: SelectionSetNode;
  readonly told: Arguments;
  readonly identity: string;
  readonly typename: string;
}

/** Arguments in any order are the same arguments. */
export const textOf = (args: Arguments): string => {
  const entries = Object.entries(args).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.length === 0 ? '' : JSON.stringify(entries);
};

interface Making {
  readonly types: Types;
  readonly schema: GraphQLSchema;
  readonly thing: Thing;
  readonly field: string;
  readonly facts: FieldFacts;
  readonly seed: number;
}

const LENGTHS = [0, 1, 2, 2, 3];

const make = (making: Making, { nonNull, inner }: Shape, key: string): unknown => {
  const seeded = `${making.seed} ${key}`;
  if (!nonNull && hash(`${seeded}?`) % 8 === 0) return null;
  if ('named' in inner) return makeNamed(making, inner.named, key);
  const length = choose(LENGTHS, `${seeded}#`);
  return Array.from({ length }, (_, index) => make(making, inner.list, `${key}[${index}]`));
};

const makeNamed = (making: Making, named: string, key: string): unknown => {
  const { types, schema, thing, field, facts } = making;
  const seeded = `${making.seed} ${key}`;
  const type = types.named(named);
  if (isLeafType(type)) {
    return leafValue(types, named, { field, identity: thing.identity, key: seeded, facts });
  }
  // An interface with a key is an identity of its own; of other abstract types a member is chosen.
  const isFamily = types.family(named) === named && types.isEntity(named);
  const declared = isFamily || !isAbstractType(type) ? named : choose(facts.objectTypes, seeded);
  const identity = identityAt(types, declared, { key, seed: making.seed });
  return { identity, typename: typenameIn(types, schema, declared, identity), parent: thing };
};
