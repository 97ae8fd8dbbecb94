import { readFile } from 'node:fs/promises';
import {
  printSchema,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals';
import { buildContract, type Contract } from '../../router/supergraph/contract/build.ts';
import type { ContractTerms } from '../../router/supergraph/contract/terms.ts';
import { CheckFailure } from '../failure.ts';

/**
 * The contract of the supergraph in a file.
 *
 * @throws CheckFailure where there is no such file; GraphQLError where the contract cannot be made
 */
export const readContract = async (file: string, terms: ContractTerms): Promise<Contract> => {
  const sdl = await readFile(file, 'utf8').catch(() => {
    throw new CheckFailure([`${file} cannot be read: name another with --of FILE.`]);
  });
  const supergraph = Supergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  const contract = buildContract(sdl, supergraph, terms);
  return contract ?? { apiSdl: printSchema(supergraph.apiSchema()), supergraphSdl: sdl };
};
