import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';

const DECIMAL = /^-?\d{1,18}(\.\d{1,12})?$/;

const decimal = (value: unknown): string => {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && DECIMAL.test(text)) return text;
  throw new GraphQLError(`Decimal cannot represent ${JSON.stringify(value)}: write it as "19.90".`);
};

/** Decimal numbers as text. Numbers are taken as input too, since people write `maxPrice: 20`. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  serialize: decimal,
  parseValue: decimal,
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT) {
      return decimal(node.value);
    }
    throw new GraphQLError('Decimal is written as "19.90".', { nodes: [node] });
  },
});

/** Instants: `Date` inside, RFC 3339 in UTC outside. */
export const DateTimeScalar = GraphQLDateTimeISO;
