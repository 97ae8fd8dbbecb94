import { SettingsError } from '../process/settings.ts';
import { bySubgraph, isSubgraphName, SUBGRAPHS, type SubgraphName } from './subgraphs.ts';
import { MONOLITH, SERVICES, type Topology } from './topology.ts';
import { readTopologyFile } from './topology-file.ts';

/**
 * The topology that the command line chose.
 *
 * @param choice `services`, `monolith`, or the path of a file; services where nothing was chosen
 * @throws SettingsError in one line: which key of the file, why, and the cure
 */
export const chooseTopology = (choice: string | undefined): Topology => {
  if (choice === undefined || choice === 'services') return SERVICES;
  if (choice === 'monolith') return MONOLITH;
  return readTopologyFile(choice);
};

/**
 * The same with mocks in the place of some subgraphs, wherever these would run.
 *
 * @param names with commas between them, or `all`; undefined where none was named
 * @throws SettingsError in one line: which name is none, and which there are
 */
export const mockInstead = (topology: Topology, names: string | undefined): Topology => {
  if (names === undefined) return topology;
  const mocked = names === 'all' ? SUBGRAPHS : names.split(',').map((each) => nameIn(each.trim()));
  return bySubgraph((name) => (mocked.includes(name) ? { kind: 'mock' } : topology[name]));
};

const nameIn = (text: string): SubgraphName => {
  if (isSubgraphName(text)) return text;
  throw new SettingsError(
    `--mock: "${text}" is no subgraph: there are ${SUBGRAPHS.join(', ')}; name some with commas between them, or all`,
  );
};
