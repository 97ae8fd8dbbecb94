import { runSubgraph } from '../kit/run.ts';
import { catalog } from './server.ts';

await runSubgraph(catalog);
