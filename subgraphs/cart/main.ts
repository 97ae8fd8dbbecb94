import { runSubgraph } from '../kit/run.ts';
import { cart } from './server.ts';

await runSubgraph(cart);
