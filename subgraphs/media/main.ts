import { runSubgraph } from '../kit/run.ts';
import { media } from './server.ts';

await runSubgraph(media);
