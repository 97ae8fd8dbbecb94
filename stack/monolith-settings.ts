import { makeValidator } from 'envalid';
import { readSettings } from '../process/settings.ts';
import { isSubgraphName, SUBGRAPHS, type SubgraphName } from './subgraphs.ts';

const subgraphNames = makeValidator<readonly SubgraphName[]>((text) =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => {
      if (isSubgraphName(each)) return each;
      throw new Error(`"${each}" is none of ${SUBGRAPHS.join(', ')}`);
    }),
);

/** What the router with subgraphs in its process reads beside what each of them does. */
export const monolithSpecs = {
  IN_PROCESS: subgraphNames({
    default: SUBGRAPHS,
    desc: 'subgraphs that run in the router’s process, separated by commas; the default is all of them',
  }),
} as const;

/** @throws SettingsError in one line that says what is wrong and why. */
export const readMonolithSettings = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): { readonly inProcess: readonly SubgraphName[] } => ({
  inProcess: readSettings(monolithSpecs, environment).IN_PROCESS,
});
