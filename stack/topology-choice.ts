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
