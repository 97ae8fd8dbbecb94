import { type CleanedEnv, customCleanEnv, makeValidator } from 'envalid';

/** A setting is missing or wrong; the message is one line that names it and the cure. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Variables by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Descriptions end with the unit where there is one; the README's table is checked against them. */
type Specs = Readonly<Record<string, { readonly desc?: string }>>;

/** What was read by `specs`. */
export type Values<S> = Readonly<CleanedEnv<S>>;

/**
 * Reads the settings that `specs` describe (envalid validators) from the environment.
 *
 * @throws SettingsError naming every setting that is missing or not valid.
 */
export const readSettings = <S>(
  specs: S & Specs,
  environment: Environment = process.env,
): Values<S> =>
  customCleanEnv(
    environment,
    specs,
    // The values are as envalid parsed them; only its strict proxy is left out.
    (values) => values,
    {
      reporter: ({ errors }) => {
        const wrong = Object.entries(errors).map(([name, error]) => {
          const reason = error instanceof Error && error.message !== '' ? error.message : 'not set';
          return `${name}: ${reason} (${specs[name]?.desc ?? ''})`;
        });
        if (wrong.length > 0) throw new SettingsError(`Bad settings. ${wrong.join('; ')}`);
      },
    },
  );

/** A whole number of at least `minimum`, and at most `maximum` where there is one. */
export const wholeNumber = (minimum: number, maximum: number = Number.MAX_SAFE_INTEGER) =>
  makeValidator<number>((text) => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= minimum && value <= maximum) return value;
    const most = maximum === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${maximum}`;
    throw new Error(`"${text}" is not a whole number of at least ${minimum}${most}`);
  });

/** 0, which takes a free port, to 65,535. */
export const listeningPort = makeValidator<number>((text) => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new Error(`"${text}" is not a port, 0 to 65535`);
});

/** Where the process runs: decides what is allowed, never what is computed. */
export type Mode = 'development' | 'production' | 'test';

export const mode = makeValidator<Mode>((text) => {
  if (text === 'development' || text === 'production' || text === 'test') return text;
  throw new Error(`"${text}" is none of development, production, test`);
});

/** Marks a secret that the launcher made up; production refuses it. */
export const DEVELOPMENT_SECRET_PREFIX = 'development-';

/** A key for HMAC-SHA-256, at least as long as its output (RFC 2104, section 3). */
export const secret = makeValidator<string>((text) => {
  const bytes = Buffer.byteLength(text);
  if (bytes >= 32) return text;
  throw new Error(`has ${bytes} bytes, needs at least 32: make one with \`openssl rand -hex 32\``);
});

/** @throws SettingsError when production is given a secret that was made for development. */
export const refuseDevelopmentSecret = (name: string, value: string, where: Mode): void => {
  if (where !== 'production' || !value.startsWith(DEVELOPMENT_SECRET_PREFIX)) return;
  throw new SettingsError(
    `${name} was made for development: set one of your own (\`openssl rand -hex 32\`).`,
  );
};
