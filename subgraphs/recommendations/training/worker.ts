import { withConnection } from '../../kit/connection.ts';
import { learnWhenStale, type Outcome } from './store.ts';

/** Runs in a thread of its own: see `startTrainer`. */
export default ({ databaseUrl }: { readonly databaseUrl: string }): Promise<Outcome> =>
  withConnection(databaseUrl, learnWhenStale);
