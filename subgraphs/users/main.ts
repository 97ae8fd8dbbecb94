import { runSubgraph } from '../kit/run.ts';
import { users } from './server.ts';

await runSubgraph(users);
