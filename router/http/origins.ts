import type { IncomingMessage } from 'node:http';
import type { RouterSettings } from '../settings.ts';

/** Where Apollo serves the Sandbox from, and frontends on the developer's own machine. */
const DEVELOPMENT_ORIGINS = [
  'https://studio.apollographql.com',
  /^http:\/\/(localhost|127\.0\.0\.1):\d+$/,
];

type Settings = Pick<RouterSettings, 'corsOrigins' | 'mode'>;

/** The origins whose pages may call, beside the router's own. */
export const allowedOrigins = ({ corsOrigins, mode }: Settings): readonly (string | RegExp)[] => [
  ...corsOrigins,
  ...(mode === 'development' ? DEVELOPMENT_ORIGINS : []),
];

/**
 * Whether a page that opens a WebSocket may do so. Browsers ask nobody before they open one, and send
 * cookies along; what is no browser sends no origin.
 */
export const mayConnect = ({ headers }: IncomingMessage, settings: Settings): boolean => {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (URL.canParse(origin) && new URL(origin).host === host) return true;
  return allowedOrigins(settings).some((allowed) =>
    typeof allowed === 'string' ? allowed === origin : allowed.test(origin),
  );
};
