import {
  type CompositeType,
  type Directive,
  type FieldDefinition as Field,
  FieldDefinition,
  type InputType,
  isInputObjectType,
  isNonNullType,
  type Supergraph,
} from '@apollo/federation-internals';

/** Directives of the market's own that the router obeys; composed by `@composeDirective`. */
const ROUTER_SPEC = 'https://specs.emporium.example/router';

interface Marks {
  readonly onceFields: readonly string[];
  readonly idempotentFields: readonly string[];
}

/**
 * What subgraphs mark for the router.
 *
 * @throws Error where a mark stands on what cannot have it
 */
export const marksOf = (supergraph: Supergraph): Marks => ({
  onceFields: marked(supergraph, 'once').map(({ field }) => field.coordinate),
  idempotentFields: marked(supergraph, 'idempotent').map(({ field, mark }) => {
    refuseOptionalKey(field, String(mark.arguments()['key']));
    return field.coordinate;
  }),
});

interface Marked {
  readonly field: Field<CompositeType>;
  readonly mark: Directive;
}

const marked = ({ schema }: Supergraph, name: string): readonly Marked[] => {
  const feature = schema.coreFeatures?.getByIdentity(ROUTER_SPEC);
  const directive = feature && schema.directive(feature.directiveNameInSchema(name));
  return [...(directive?.applications() ?? [])].flatMap((mark) =>
    mark.parent instanceof FieldDefinition ? [{ field: mark.parent, mark }] : [],
  );
};

/** Without a key a field that is asked for twice is done twice. */
const refuseOptionalKey = (field: Field<CompositeType>, key: string): void => {
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
