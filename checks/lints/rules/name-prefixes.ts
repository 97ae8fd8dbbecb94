import type { Element } from '../../schemas/inspect.ts';
import { rule } from '../rule.ts';
import { elementsOf } from '../select.ts';

/**
 * A field or a value does not repeat what it is a part of: `user { userName }` says it twice, and so does
 * `Color.COLOR_RED`. Ids are left alone: `Product.productId` may be another's.
 */
export const namePrefixes = rule({
  severity: 'warning',
  options: {
    except: {
      kind: 'words',
      default: [],
      means: 'Coordinates that stay, such as `User.userName`.',
    },
  },
  judge: (linted, { except }) =>
    elementsOf(linted).flatMap((element) => {
      const short = withoutPrefix(element);
      if (short === null || except.includes(element.coordinate)) return [];
      const message = `${element.coordinate} repeats the name of its type.`;
      return [{ element, message, cure: `Call it ${short}.` }];
    }),
});

/** Null where it does not begin with its type's name, or would be none without. */
const withoutPrefix = (element: Element): string | null => {
  if (element.kind === 'enumValue') {
    const prefix = `${snakeCase(element.type.coordinate)}_`;
    const { value } = element.node.name;
    return value.startsWith(prefix) ? value.slice(prefix.length) : null;
  }
  if (element.kind !== 'field' || element.subgraph.rootOf(element.type.coordinate) !== null)
    return null;
  const { coordinate: type } = element.type;
  const { value } = element.node.name;
  const prefix = type.charAt(0).toLowerCase() + type.slice(1);
  const rest = value.slice(prefix.length);
  if (!value.startsWith(prefix) || !/^[A-Z]/.test(rest) || /^Ids?$/.test(rest)) return null;
  return rest.charAt(0).toLowerCase() + rest.slice(1);
};

const snakeCase = (name: string): string =>
  name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
