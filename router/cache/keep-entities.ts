import type { SubgraphAnswer, SubgraphResult } from '../execution/call.ts';
import type { AskEntities } from '../execution/fetch-cache.ts';
import type { FetchOperation } from '../execution/fetch-operation.ts';
import { isObject, type Json } from '../execution/tree.ts';
import { type FailureCode, SubgraphFailure } from '../transport/failure.ts';
import { type Audience, audienceOf, digest } from './audience.ts';
import { type Found, type Looked, look } from './kept-answers.ts';
import { noteKept } from './note.ts';
import type { CachePolicy } from './policy.ts';
import type { CacheStore } from './store.ts';
import type { TagsOf } from './tags.ts';

/**
 * Keeps each entity of a fetch by its representation. What is not kept is asked for; what is past its
 * time stands in where the subgraph fails.
 *
 * @param tagsOf of a type
 */
export const keepEntities = (
  operation: FetchOperation,
  ask: AskEntities,
  policy: CachePolicy,
  store: CacheStore,
  tagsOf: (type: string) => TagsOf,
): AskEntities => {
  const head = `${operation.subgraph} ${digest(operation.query)}`;

  const wantedOf = (audience: Audience, others: string, representation: string) => {
    const values: unknown = JSON.parse(representation);
    const key = Object(values) as Readonly<Record<string, unknown>>;
    return {
      key: `${head} ${audience.key}${others} ${representation}`,
      tags: [...tagsOf(String(key['__typename']))(key), ...audience.tags],
    };
  };

  return async (asking, wanted, others) => {
    if (!asking.takesKept) return ask(asking, wanted, others);
    const startedMs = performance.now();
    const audience = audienceOf(policy, asking);
    const { identities, textOf } = wanted;
    const looked = await look(
      store,
      policy,
      identities.map((each) => wantedOf(audience, others, textOf(each))),
    );
    const lacking = placesLacking(looked.found, 'fresh');
    const allKept = (failure: FailureCode | null): string => {
      const text = entitiesText(textsOf(looked.found));
      const [entities, characters] = [identities.length, text.length];
      noteKept(asking, { operation, entities, failure, startedMs, characters });
      return text;
    };
    const standIn = (failure: FailureCode): string | null =>
      placesLacking(looked.found, 'fresh', 'stale').length > 0 ? null : allKept(failure);
    if (lacking.length === 0) return allKept(null);
    const asked = { ...wanted, identities: lacking.map((place) => identities[place] ?? '') };
    try {
      const answer = await ask(audience.asking, asked, others);
      const result = parsed(answer);
      const given = entitiesIn(result, lacking.length);
      if (given === null) {
        const kept = standIn('SUBGRAPH_UNAVAILABLE');
        if (kept !== null) return kept;
        // Of no use as a whole: everything is asked for at once, as if nothing were kept.
        return lacking.length === identities.length
          ? answer
          : await ask(audience.asking, wanted, others);
      }
      if (result.errors != null && result.errors.length > 0) {
        return withErrors(looked.found, lacking, given, result);
      }
      return keepAll(looked, lacking, given);
    } catch (error) {
      if (!(error instanceof SubgraphFailure) || error.kind === 'unwanted') throw error;
      const kept = standIn(error.code);
      if (kept === null) throw error;
      return kept;
    }
  };
};

const placesLacking = (
  found: readonly Found[],
  ...states: readonly Found['state'][]
): readonly number[] =>
  [...found.keys()].filter((place) => !states.includes(found[place]?.state ?? 'missing'));

const textsOf = (found: readonly Found[]): readonly string[] =>
  found.map((each) => (each.state === 'missing' ? 'null' : each.text));

const entitiesText = (texts: readonly string[]): string =>
  `{"data":{"_entities":[${texts.join()}]}}`;

const parsed = (answer: SubgraphAnswer): SubgraphResult =>
  // A text was looked at by whoever gave it: it is a result.
  typeof answer === 'string' ? (JSON.parse(answer) as SubgraphResult) : answer;

/** Null where there are not as many as were asked for. */
const entitiesIn = ({ data }: SubgraphResult, count: number): readonly Json[] | null => {
  const given = data?.['_entities'];
  return Array.isArray(given) && given.length === count ? given : null;
};

const keepAll = (
  { found, keep }: Looked,
  lacking: readonly number[],
  given: readonly Json[],
): string => {
  const texts = [...textsOf(found)];
  lacking.forEach((place, at) => {
    const text = JSON.stringify(given[at]);
    texts[place] = text;
    // What is not there yet may be there in a moment.
    if (isObject(given[at])) keep(place, text);
  });
  return entitiesText(texts);
};

/** Nothing of it is kept; paths name the places among all. */
const withErrors = (
  found: readonly Found[],
  lacking: readonly number[],
  given: readonly Json[],
  { errors = [] }: SubgraphResult,
): SubgraphResult => {
  const entities = textsOf(found).map((text): Json => JSON.parse(text));
  lacking.forEach((place, at) => {
    entities[place] = given[at];
  });
  return {
    data: { _entities: entities },
    errors: errors.map((error) => {
      const [root, number, ...rest] = Array.isArray(error.path) ? error.path : [];
      const place = typeof number === 'number' ? lacking[number] : undefined;
      if (root !== '_entities' || place === undefined) return error;
      return { ...error, path: [root, place, ...rest] };
    }),
  };
};
