import { runSubgraph } from '../kit/run.ts';
import { recommendations } from './server.ts';

await runSubgraph(recommendations);
