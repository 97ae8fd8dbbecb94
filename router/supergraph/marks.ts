import {
  type Directive,
  FieldDefinition,
  type InputType,
  isInputObjectType,
  isNonNullType,
  NamedSchemaElement,
  type Supergraph,
} from '@apollo/federation-internals';

/** Directives of the market's own that the router obeys; composed by `@composeDirective`. */
const ROUTER_SPEC = 'https://specs.emporium.example/router';

interface Marks {
  readonly onceFields: readonly string[];
  readonly idempotentFields: readonly string[];
  readonly standIns: Readonly<Record<string, string>>;
}

/**
 * What subgraphs mark for the router.
 *
 * @throws Error where a mark stands on what cannot have it
 */
export const marksOf = (supergraph: Supergraph): Marks => ({
  onceFields: markedBy(supergraph, 'once').map(({ on }) => on),
  idempotentFields: markedBy(supergraph, 'idempotent').map(({ on, mark }) => {
    refuseOptionalKey(mark);
    return on;
  }),
  standIns: Object.fromEntries(
    markedBy(supergraph, 'standIn').map(({ on, mark }) => [on, jsonText(on, mark)]),
  ),
});

/** A directive of the router's on a field or a type. */
export interface Marked {
  /** The coordinate: `Product.related`, `Product`. */
  readonly on: string;
  readonly mark: Directive;
}

export const markedBy = ({ schema }: Supergraph, name: string): readonly Marked[] => {
  const feature = schema.coreFeatures?.getByIdentity(ROUTER_SPEC);
  const directive = feature && schema.directive(feature.directiveNameInSchema(name));
  return [...(directive?.applications() ?? [])].flatMap((mark) => {
    const on = coordinateOf(mark);
    return on === null ? [] : [{ on, mark }];
  });
};

/** Of the field or the type that a directive stands on; null where it is something else. */
export const coordinateOf = ({ parent }: Directive): string | null => {
  if (parent instanceof FieldDefinition) return parent.coordinate;
  return parent instanceof NamedSchemaElement ? parent.name : null;
};

const jsonText = (on: string, mark: Directive): string => {
  const value = String(mark.arguments()['value']);
  try {
    return JSON.stringify(JSON.parse(value));
  } catch {
    throw new Error(`@standIn(value: "${value}") on ${on}: the value is not JSON.`);
  }
};

/** Without a key a field that is asked for twice is done twice. */
const refuseOptionalKey = (mark: Directive): void => {
  const field = mark.parent;
  const key = String(mark.arguments()['key']);
  // The directive says that it stands on fields, and the supergraph was checked.
  if (!(field instanceof FieldDefinition)) return;
  const [name = '', ...inner] = key.split('.');
  let type: InputType | undefined = field.argument(name)?.type;
  for (const step of inner) {
    const object = type && isNonNullType(type) ? type.ofType : undefined;
    type = object && isInputObjectType(object) ? object.field(step)?.type : undefined;
  }
  if (type !== undefined && isNonNullType(type)) return;
  throw new Error(
    `@idempotent(key: "${key}") on ${field.coordinate}: the field has no such argument that is never null.`,
  );
};
