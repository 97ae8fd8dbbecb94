import { type JsonObject, own, type Path } from './json.ts';
import type { Place } from './places.ts';
import { readStep } from './places.ts';

/** An error that came of a fetch, where it belongs in the client's answer. */
export interface FetchError {
  readonly message: string;
  /** Undefined where it belongs to no field. */
  readonly path: Path | undefined;
  readonly extensions: { readonly code: string; readonly service: string };
}

/** One object that a request asks for, and where it goes. */
export interface Part {
  /** Where it lies in the subgraph's answer: at the root, or at `_entities` and an index. */
  readonly prefix: Path;
  /** The names, in the client's answer, of what is asked of it. */
  readonly fields: readonly string[];
  readonly places: readonly Place[];
}

/** One request to a subgraph. */
export interface Request {
  readonly service: string;
  /** The plan's path to what is fetched, with `@` for lists. */
  readonly planPath: Path;
  readonly parts: readonly Part[];
}

/** The request failed: every field that it was to fill is empty. */
export const failureErrors = ({ service, parts }: Request): FetchError[] =>
  parts.flatMap((part) =>
    part.fields.flatMap((field) =>
      part.places.map(({ path }) => ({
        message: 'A part of the answer could not be fetched.',
        path: [...path, field],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', service },
      })),
    ),
  );

/**
 * One error that the subgraph reported, at every place that it concerns.
 *
 * @param rename a path within a part, with the names that the client's answer has.
 * @param dataOf what came for a part.
 */
export const reportedErrors = (
  request: Request,
  error: JsonObject,
  rename: (path: Path) => Path,
  dataOf: (part: Part) => unknown,
): FetchError[] => {
  const message = String(own(error, 'message'));
  const extensions = { code: codeOf(error), service: request.service };
  return pathsOf(request, own(error, 'path'), rename, dataOf).map((path) => ({
    message,
    path,
    extensions,
  }));
};

const codeOf = (error: JsonObject): string => {
  const code: unknown = Object(own(error, 'extensions')).code;
  return typeof code === 'string' ? code : 'SUBGRAPH_ERROR';
};

const pathsOf = (
  request: Request,
  path: unknown,
  rename: (path: Path) => Path,
  dataOf: (part: Part) => unknown,
): (Path | undefined)[] => {
  if (isPath(path)) {
    const part = request.parts.find(({ prefix }) => startsWith(path, prefix));
    const rest = path.slice(part?.prefix.length);
    if (part !== undefined) return part.places.map((place) => [...place.path, ...rename(rest)]);
  }
  const empty = request.parts.flatMap((part) =>
    part.fields
      .filter((field) => isEmpty(dataOf(part), field))
      .flatMap((field) => part.places.map((place) => [...place.path, field])),
  );
  return empty.length > 0 ? empty : [beforeLists(request.planPath)];
};

const isPath = (path: unknown): path is Path =>
  Array.isArray(path) &&
  path.length > 0 &&
  path.every((step) => typeof step === 'string' || Number.isInteger(step));

export const startsWith = (path: Path, prefix: Path): boolean =>
  prefix.every((step, index) => path[index] === step);

const isEmpty = (data: unknown, field: string): boolean =>
  (own(Object(data), field) ?? null) === null;

const beforeLists = (planPath: Path): Path | undefined => {
  const names = planPath.map((step) => readStep(step).name);
  const list = names.indexOf('@');
  const path = (list === -1 ? names : names.slice(0, list)).filter((name) => name !== '');
  return path.length > 0 ? path : undefined;
};
