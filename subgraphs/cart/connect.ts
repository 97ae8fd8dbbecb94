import type { Logger } from '../../process/log.ts';
import { createRouterClient } from '../kit/router-client.ts';
import type { SubgraphSettings } from '../kit/settings.ts';
import type { Addresses } from './addresses.ts';
import type { Catalogue } from './catalogue.ts';
import type { PaymentProvider } from './payments/provider.ts';
import { createStripe, stripeWebhooks } from './payments/stripe.ts';
import { createTestProvider } from './payments/test-provider.ts';
import type { Webhooks } from './payments/webhooks.ts';
import { createAddresses } from './services/addresses.ts';
import { createCatalogue } from './services/catalogue.ts';
import { readCartSettings } from './settings.ts';

/** The services that this one asks. */
export interface Connections {
  readonly catalogue: Catalogue;
  readonly addresses: Addresses;
  readonly provider: PaymentProvider;
  /** What the provider calls; null where it calls nothing. */
  readonly webhooks: Webhooks | null;
  readonly close: () => Promise<void>;
}

export type Connect = (settings: SubgraphSettings, log: Logger) => Connections;

/** @throws SettingsError in one line that says which setting is wrong and why */
export const connect: Connect = (settings, log) => {
  const { provider: chosen } = readCartSettings();
  const router = createRouterClient('cart', settings);
  const provider =
    chosen.kind === 'test'
      ? createTestProvider({ url: chosen.url, signingSecret: settings.signingSecret })
      : createStripe(chosen);
  return {
    catalogue: createCatalogue(router),
    addresses: createAddresses(router),
    provider,
    webhooks: chosen.kind === 'stripe' ? stripeWebhooks(chosen, log) : null,
    close: async () => {
      await router.close();
      await provider.close();
    },
  };
};
