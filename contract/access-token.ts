/**
 * The access token that users of the market carry: a JWT signed with EdDSA, whose public key stands
 * in the key set below (RFC 9068 in the claims' names).
 *
 *   iss    where clients reach the router (`PUBLIC_URL`)
 *   aud    ACCESS_TOKEN_AUDIENCE
 *   sub    the user's id
 *   scope  their roles, a space between
 *   sid    the id of their session
 */
export const ACCESS_TOKEN_AUDIENCE = 'emporium';

/** How long an access token is good, in seconds. */
export const ACCESS_TOKEN_LIFETIME_S = 600;

/** Where the public keys are (RFC 7517), under the router's address and under that of users. */
export const KEY_SET_PATH = '/.well-known/jwks.json';
