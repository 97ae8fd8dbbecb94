import { Kind, OperationTypeNode } from 'graphql';
import { rule } from '../rule.ts';
import { fieldsOf, namedType } from '../select.ts';

/**
 * A mutation gives an object of its own, its payload: errors that a user can mend, warnings, and whatever else comes
 * later find room there, while `Boolean` and `Product` cannot grow.
 */
export const mutationPayloads = rule({
  severity: 'failure',
  options: {
    pattern: { kind: 'pattern', default: 'Payload$', means: 'What names of payloads look like.' },
    except: {
      kind: 'words',
      default: [],
      means: 'Coordinates that stay, such as `Mutation.ping`.',
    },
  },
  judge: (linted, { pattern, except }) =>
    fieldsOf(linted).flatMap((element) => {
      const { subgraph, type, node, coordinate } = element;
      if (subgraph.rootOf(type.coordinate) !== OperationTypeNode.MUTATION) return [];
      const bare = node.type.kind === Kind.NON_NULL_TYPE ? node.type.type : node.type;
      const isPayload = bare.kind === Kind.NAMED_TYPE && new RegExp(pattern).test(bare.name.value);
      if (isPayload || except.includes(coordinate)) return [];
      const name = node.name.value;
      const message = `${coordinate} gives ${namedType(node.type)}, which is no payload.`;
      const cure = `Give it a type of its own: ${name.charAt(0).toUpperCase()}${name.slice(1)}Payload.`;
      return [{ element, at: node.type, message, cure }];
    }),
});
