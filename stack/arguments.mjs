import { parseArgs } from 'node:util';

export const HELP = `Emporium on this machine: PostgreSQL, five subgraphs and the router.

  npm start                  start everything; Ctrl-C stops it
  npm run dev                the same, and start again what is edited

  npm start -- --port 4100   the port that clients use (default 4000, or PORT)
  npm start -- --topology services
                             each subgraph a process of its own (the default)
  npm start -- --topology monolith
                             all subgraphs in the router's process
  npm start -- --topology topology.yaml
                             each where the file says; README.md tells how
  npm start -- --mock media,recommendations
                             answers of these are made up by their schemas; all mocks every one
  npm start -- --reset       delete all data and begin again; asks first
  npm start -- --reset --yes the same without asking
  npm start -- --help        this text

Settings are environment variables; README.md lists them.
`;

/** @typedef {import('./main.ts').Options} Options */

/**
 * Reads the command line.
 *
 * @param {readonly string[]} args
 * @param {{ isTerminal: boolean }} where whether a question could be answered
 * @returns {{ options: Options } | { problem: string }} a problem is one line with the cure
 */
export const readArguments = (args, { isTerminal }) => {
  const values = parse(args);
  if (typeof values === 'string') return { problem: `${values} (npm start -- --help)` };

  const { dev = false, reset = false, yes = false, port: text, topology, mock } = values;
  const port = text === undefined ? undefined : Number(text);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port <= 65_535)) {
    return { problem: `--port ${text} is not a port: give a number, such as --port 4100` };
  }
  if (reset && !yes && !isTerminal) {
    return {
      problem:
        '--reset deletes all data and asks first, but there is no terminal to ask on: add --yes',
    };
  }
  return { options: { dev, reset, yes, port, topology, mock } };
};

/** @param {readonly string[]} args */
const parse = (args) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        dev: { type: 'boolean' },
        reset: { type: 'boolean' },
        yes: { type: 'boolean' },
        port: { type: 'string' },
        topology: { type: 'string' },
        mock: { type: 'string' },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
  }
};
