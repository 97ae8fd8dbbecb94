import { makeValidator, str } from 'envalid';
import { ACCESS_TOKEN_AUDIENCE } from '../../contract/access-token.ts';
import { type Values, wholeNumber } from '../../process/settings.ts';
import type { TokenSettings } from '../identity/access-tokens.ts';
import { identityProviders } from './addresses.ts';
import { listed } from './lists.ts';

/** Who is believed to be whom. */
export interface IdentitySettings extends TokenSettings {
  /** Whether the header `emporium-development-user` names the viewer. */
  readonly developmentIdentity: boolean;
}

/** Those of JWA that are by key pairs (RFC 7518, RFC 8037); a shared secret would let anyone sign who checks. */
const TOKEN_ALGORITHMS: readonly string[] = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
];

const tokenAlgorithms = makeValidator<readonly string[]>((text) => {
  const names = listed(text);
  const wrong = names.find((name) => !TOKEN_ALGORITHMS.includes(name));
  if (wrong === undefined && names.length > 0) return names;
  throw new Error(`"${wrong ?? ''}" is none of ${TOKEN_ALGORITHMS.join(', ')}`);
});

export const identitySpecs = {
  IDENTITY_PROVIDERS: identityProviders({
    default: {},
    desc: 'whose access tokens are taken: issuer=URL of its key set, separated by commas',
  }),
  TOKEN_AUDIENCE: str({
    default: ACCESS_TOKEN_AUDIENCE,
    desc: 'the audience that access tokens have to be meant for',
  }),
  TOKEN_ALGORITHMS: tokenAlgorithms({
    default: ['EdDSA', 'ES256', 'PS256', 'RS256'],
    desc: 'how access tokens may be signed, separated by commas; only by key pairs',
  }),
  TOKEN_CLOCK_TOLERANCE_S: wholeNumber(
    0,
    60,
  )({
    default: 30,
    desc: 'how far the clocks of an issuer of tokens and of the router may be apart, in seconds, at most 60',
  }),
  DEVELOPMENT_IDENTITY: str({
    choices: ['on', 'off'],
    default: 'off',
    desc: 'on lets the header emporium-development-user name the viewer; never in production',
  }),
} as const;

export const readIdentitySettings = (values: Values<typeof identitySpecs>): IdentitySettings => ({
  identityProviders: values.IDENTITY_PROVIDERS,
  tokenAudience: values.TOKEN_AUDIENCE,
  tokenAlgorithms: values.TOKEN_ALGORITHMS,
  tokenClockToleranceS: values.TOKEN_CLOCK_TOLERANCE_S,
  developmentIdentity: values.DEVELOPMENT_IDENTITY === 'on',
});
