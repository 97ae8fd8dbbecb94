import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { composeServices } from '@apollo/composition';
import { withCleanup } from './cleanup.ts';
import type { Data } from './http.ts';
import { type ServedSubgraph, type SmallSubgraph, serveSubgraph } from './small-subgraph.ts';

export type { SmallSubgraph } from './small-subgraph.ts';

/** What a subgraph was asked. */
export interface Asked {
  readonly query: string;
  readonly variables: Data;
}

/** A supergraph of a few types, composed and served for one test. */
export interface SmallFederation<Name extends string = string> extends AsyncDisposable {
  /** Path of the supergraph's SDL. */
  readonly supergraph: string;
  /** The supergraph's SDL as it was composed last. */
  readonly sdl: () => string;
  /** What each subgraph was sent, in order. */
  readonly requests: readonly {
    readonly subgraph: string;
    readonly body: string;
    readonly headers: object;
  }[];
  /** What one of them was asked, in order. */
  readonly asked: (name: string) => readonly Asked[];
  readonly subgraphs: Readonly<Record<Name, ServedSubgraph>>;
  /** Puts something else behind some of the subgraphs and gives the SDL of the whole. */
  readonly compose: (changed: Readonly<Record<string, SmallSubgraph>>) => string;
  /** Writes the supergraph's file. */
  readonly write: (text: string) => Promise<void>;
}

/** Composes and serves subgraphs that are plain graphql-js behind plain HTTP. */
export const startSmallFederation = <Name extends string>(
  subgraphs: Readonly<Record<Name, SmallSubgraph>>,
): Promise<SmallFederation<Name>> =>
  withCleanup(async ({ use, defer }) => {
    const requests: { subgraph: string; body: string; headers: object }[] = [];
    const served = await Promise.all(
      Object.entries<SmallSubgraph>(subgraphs).map(async ([name, subgraph]) =>
        use(await serveSubgraph(name, subgraph, (request) => requests.push(request))),
      ),
    );
    // One for each name that was given.
    const byName = Object.fromEntries(served.map((each) => [each.name, each])) as Record<
      Name,
      ServedSubgraph
    >;
    const supergraph = path.join(tmpdir(), `emporium-${randomUUID()}.graphql`);
    const write = (text: string) => writeFile(supergraph, text);
    let sdl = composed(served);
    await write(sdl);
    defer(() => rm(supergraph));
    return {
      supergraph,
      sdl: () => sdl,
      requests,
      asked: (name) =>
        requests
          .filter(({ subgraph }) => subgraph === name)
          .map(({ body }) => JSON.parse(body) as Asked),
      subgraphs: byName,
      compose: (changed) => {
        for (const each of served) {
          const next = changed[each.name];
          if (next !== undefined) each.become(next);
        }
        sdl = composed(served);
        return sdl;
      },
      write,
    };
  });

const composed = (served: readonly ServedSubgraph[]): string => {
  const services = served.map(({ name, url, typeDefs }) => ({ name, url, typeDefs: typeDefs() }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors?.map(String).join('\n'));
  return supergraphSdl;
};
