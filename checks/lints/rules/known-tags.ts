import { Kind } from 'graphql';
import { rule } from '../rule.ts';
import { elementsOf } from '../select.ts';

/**
 * Names of tags are those that somebody looks for. A tag decides who sees a field: `@tag(name: "intern")` hides
 * nothing, and nobody is told.
 */
export const knownTags = rule({
  severity: 'failure',
  options: {
    tags: {
      kind: 'words',
      default: [],
      means: 'The names that there are; where it is empty, all are.',
    },
  },
  judge: (linted, { tags }) =>
    elementsOf(linted).flatMap((element) =>
      element.subgraph.applied(element.node, 'tag').flatMap((at) => {
        const value = at.arguments?.find(({ name }) => name.value === 'name')?.value;
        if (tags.length === 0 || value?.kind !== Kind.STRING || tags.includes(value.value))
          return [];
        const message = `${element.coordinate} has a tag ${value.value} that nobody knows.`;
        return [
          { element, at, message, cure: `Use one of ${tags.join(', ')}, or add it to \`tags\`.` },
        ];
      }),
    ),
});
