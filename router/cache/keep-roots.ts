import { Kind, parse, valueFromASTUntyped } from 'graphql';
import type { CallSubgraph } from '../execution/call.ts';
import type { FetchOperation } from '../execution/fetch-operation.ts';
import { type FailureCode, SubgraphFailure } from '../transport/failure.ts';
import { audienceOf, digest } from './audience.ts';
import { look } from './kept-answers.ts';
import { noteKept } from './note.ts';
import type { CachePolicy } from './policy.ts';
import type { CacheStore } from './store.ts';
import type { TagsOf } from './tags.ts';

/**
 * Keeps the answer of a fetch of root fields by its variables.
 *
 * @param tagsOf of a root field, such as `Query.category`
 */
export const keepRoots = (
  operation: FetchOperation,
  call: CallSubgraph,
  policy: CachePolicy,
  store: CacheStore,
  tagsOf: (field: string) => TagsOf,
): CallSubgraph => {
  const head = `${operation.subgraph} ${digest(operation.query)}`;
  const tags = compileRootTags(operation, tagsOf);

  return async (asking, _operation, variables, entities) => {
    if (!asking.takesKept) return call(asking, operation, variables, entities);
    const startedMs = performance.now();
    const note = (failure: FailureCode | null, { length: characters }: string): void =>
      noteKept(asking, { operation, entities, failure, startedMs, characters });
    const audience = audienceOf(policy, asking);
    const wanted = {
      key: `${head} ${audience.key} ${variables}`,
      tags: [...tags(JSON.parse(variables)), ...audience.tags],
    };
    const { found, keep } = await look(store, policy, [wanted]);
    const [kept = { state: 'missing' }] = found;
    if (kept.state === 'fresh') {
      note(null, kept.text);
      return kept.text;
    }
    const standIn = (failure: FailureCode): string | null => {
      if (kept.state !== 'stale') return null;
      note(failure, kept.text);
      return kept.text;
    };
    try {
      const answer = await call(audience.asking, operation, variables, entities);
      const result = typeof answer === 'string' ? JSON.parse(answer) : answer;
      if (result.errors == null) keep(0, JSON.stringify({ data: result.data }));
      else if (result.data == null) return standIn('SUBGRAPH_UNAVAILABLE') ?? answer;
      return answer;
    } catch (error) {
      if (!(error instanceof SubgraphFailure) || error.kind === 'unwanted') throw error;
      const text = standIn(error.code);
      if (text === null) throw error;
      return text;
    }
  };
};

/** Of all root fields of a fetch, by its variables. */
const compileRootTags = ({ query }: FetchOperation, tagsOf: (field: string) => TagsOf): TagsOf => {
  const [definition] = parse(query, { noLocation: true }).definitions;
  const selections =
    definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
  const fields = selections.flatMap((each) =>
    each.kind === Kind.FIELD
      ? [{ tags: tagsOf(`Query.${each.name.value}`), args: each.arguments ?? [] }]
      : [],
  );
  return (variables) =>
    fields.flatMap(({ tags, args }) =>
      tags(
        Object.fromEntries(
          args.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]),
        ),
      ),
    );
};
