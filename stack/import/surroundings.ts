import type { MediaPlaces } from '../../subgraphs/media/storage.ts';
import type { BySubgraph } from '../subgraphs.ts';
import type { Totals } from './import.ts';
import type { Output } from './report.ts';

/** What an import finds around it. */
export interface Surroundings {
  readonly urls: BySubgraph<string>;
  readonly media: MediaPlaces;
  /** Where rejected rows are kept. */
  readonly rejectsFolder: string;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** What came of an import. */
export interface Summary {
  readonly totals: Totals;
  readonly photographs: number;
  /** Where the rejected rows are. */
  readonly rejectsFile: string;
}
