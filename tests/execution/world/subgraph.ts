import {
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  parse,
  print,
  responsePathAsArray,
  validate,
} from 'graphql';
import type { SubgraphCall } from '../../kit/engine.ts';
import type { Federation } from '../federations/build.ts';
import { copyMembers, isObject } from '../reference/json.ts';
import type { Faults } from './faults.ts';
import { extensionsOf, type Spoiling, spoil, typenameSpoilings } from './spoiling.ts';
import { type Arguments, isThing, type Thing } from './thing.ts';
import { textOf, type World } from './world.ts';

/** What one request to a subgraph carries along while it is executed. */
interface Request {
  readonly subgraph: string;
  readonly world: World;
  readonly faults: Faults;
  /** What is done to the answer once it is complete. */
  readonly spoilings: Spoiling[];
}

/** The subgraphs of a federation, in this process; they misbehave as `faults` has it. */
export type ServeSubgraphs = (world: World, faults: Faults) => SubgraphCall;

/** Puts worlds behind each subgraph's schema, by @apollo/subgraph and graphql-js. */
export const serveSubgraphs = (federation: Federation): ServeSubgraphs => {
  const documents = new Map<string, DocumentNode | readonly GraphQLError[]>();
  for (const schema of federation.subgraphs.values()) resolveFromWorld(schema);

  return (world, faults) =>
    async (subgraph, { query, variables }) => {
      const schema = federation.subgraphs.get(subgraph);
      if (schema === undefined) throw new Error(`There is no subgraph ${subgraph}.`);
      const key = `${subgraph} ${query}`;
      const document = documents.get(key) ?? checked(schema, query);
      documents.set(key, document);
      if (!('kind' in document)) return { errors: document.map((error) => error.toJSON()) };

      const fault = faults.ofRequest(subgraph, operationText(document));
      if (fault === 'rejected') throw new Error('The subgraph is down.');
      const request: Request = { subgraph, world, faults, spoilings: [] };
      // What is sent is JSON, and what comes back is.
      const variableValues = copyMembers(JSON.parse(JSON.stringify(variables)));
      const result = await execute({ schema, document, variableValues, contextValue: request });
      const sent = JSON.parse(JSON.stringify(result));
      return spoil(sent, request.spoilings, {
        fault,
        faults,
        representations: representationsIn(variableValues),
        world,
      });
    };
};

const representationsIn = ({ representations }: Arguments): readonly Arguments[] | undefined =>
  Array.isArray(representations) ? representations.filter(isObject) : undefined;

/** The document, or why it is not valid: then the planner has planned wrongly. */
const checked = (schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] => {
  const document = parse(query);
  const errors = validate(schema, document);
  return errors.length === 0 ? document : errors;
};

/** What an operation asks, whatever it calls itself and its variables' order. */
const operationText = ({ definitions }: DocumentNode): string =>
  definitions
    .map((each) => (each.kind === 'OperationDefinition' ? print(each.selectionSet) : ''))
    .join('');

/** Root fields that @apollo/subgraph resolves itself. */
const FEDERATIONS_OWN = ['_entities', '_service'];

const resolveFromWorld = (schema: GraphQLSchema): void => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('_')) continue;
    if (isAbstractType(type)) type.resolveType = (value) => typenameOf(value);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    type.extensions = {
      ...type.extensions,
      apollo: { subgraph: { resolveReference: referenceResolver(schema) } },
    };
    for (const field of Object.values(type.getFields())) {
      if (!FEDERATIONS_OWN.includes(field.name)) field.resolve = fieldResolver(schema, field);
    }
  }
};

const typenameOf = (value: unknown): string | undefined =>
  isThing(value) ? value.typename : undefined;

const referenceResolver =
  (schema: GraphQLSchema) =>
  (representation: Arguments, { world, faults, subgraph }: Request): Thing | null => {
    const thing = world.entityOf(representation, schema);
    return thing !== null && faults.ofEntity(subgraph, thing.identity) ? null : thing;
  };

const fieldResolver =
  (
    schema: GraphQLSchema,
    field: GraphQLField<unknown, Request>,
  ): NonNullable<GraphQLField<unknown, Request>['resolve']> =>
  (source, args, { world, faults, spoilings }, info) => {
    const thing = isThing(source)
      ? source
      : { identity: info.parentType.name, typename: info.parentType.name };
    const value = world.fieldOf(thing, field.name, args, schema);
    const where = `${thing.identity}.${field.name}${textOf(args)}`;
    const path = responsePathAsArray(info.path);
    spoilings.push(...typenameSpoilings(value, path));
    const fault = faults.ofField(thing.identity, field.name, textOf(args));
    switch (fault) {
      case undefined:
        return value;
      case 'null':
        return world.types.field(thing.typename, field.name).shape.nonNull ? value : null;
      case 'error':
      case 'error-without-path':
        throw new GraphQLError(`Broken: ${field.name}`, {
          extensions: { ...extensionsOf(faults, where), broken: { fault, where } },
        });
      default:
        spoilings.push({ kind: fault, path, type: field.type, where });
        return value;
    }
  };
