import { makeValidator, str, url } from 'envalid';
import { type Mode, mode, readSettings, SettingsError } from '../../process/settings.ts';

/** Who moves the money, and how they are asked. */
export type ProviderSettings =
  | { readonly kind: 'test'; readonly url: string }
  | {
      readonly kind: 'stripe';
      readonly secretKey: string;
      /** Of the endpoint that Stripe calls. */
      readonly webhookSecret: string;
      /** Null is Stripe's own. */
      readonly apiUrl: string | null;
    };

/** What this subgraph needs to know beside what all of them do. */
export interface CartSettings {
  readonly provider: ProviderSettings;
}

/** A text that is not empty; an empty one would pass for a key. */
const filled = makeValidator<string>((text) => {
  if (text.trim() !== '') return text;
  throw new Error('is empty');
});

/** The settings of this subgraph alone. */
export const cartSpecs = {
  PAYMENT_PROVIDER: str({
    choices: ['test', 'stripe'],
    default: undefined,
    desc: 'who moves the money, test or stripe; test where it is left out, except in production, which has to say',
  }),
  PAYMENTS_URL: url({
    default: 'http://127.0.0.1:4010',
    desc: 'where the test payment provider is reached',
  }),
  STRIPE_SECRET_KEY: filled({
    default: undefined,
    desc: 'the secret key of your Stripe account, where PAYMENT_PROVIDER is stripe',
  }),
  STRIPE_WEBHOOK_SECRET: filled({
    default: undefined,
    desc: 'the signing secret of the Stripe webhook that calls /webhooks/stripe, where PAYMENT_PROVIDER is stripe',
  }),
  STRIPE_API_URL: url({
    default: undefined,
    desc: 'where Stripe is reached; its own address where it is left out',
  }),
} as const;

/** @throws SettingsError in one line that says which setting is wrong and why. */
export const readCartSettings = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): CartSettings => {
  const values = readSettings({ ...cartSpecs, NODE_ENV }, environment);
  const kind = providerIn(values.NODE_ENV, values.PAYMENT_PROVIDER);
  if (kind === 'test') return { provider: { kind, url: values.PAYMENTS_URL.replace(/\/+$/, '') } };
  return {
    provider: {
      kind,
      secretKey: needed('STRIPE_SECRET_KEY', values.STRIPE_SECRET_KEY),
      webhookSecret: needed('STRIPE_WEBHOOK_SECRET', values.STRIPE_WEBHOOK_SECRET),
      apiUrl: values.STRIPE_API_URL ?? null,
    },
  };
};

const NODE_ENV = mode({ default: 'development' });

/**
 * Who moves the money: nobody sells for nothing because a setting was forgotten.
 *
 * @throws SettingsError where production does not say
 */
const providerIn = (where: Mode, chosen: 'test' | 'stripe' | undefined): 'test' | 'stripe' => {
  if (chosen !== undefined) return chosen;
  if (where !== 'production') return 'test';
  throw new SettingsError(
    'Bad settings. PAYMENT_PROVIDER: not set, and production has to say who moves the money: stripe, or test where nobody really pays',
  );
};

const needed = (name: 'STRIPE_SECRET_KEY' | 'STRIPE_WEBHOOK_SECRET', value: string | undefined) => {
  if (value !== undefined) return value;
  throw new SettingsError(`Bad settings. ${name}: not set (${cartSpecs[name].desc})`);
};
