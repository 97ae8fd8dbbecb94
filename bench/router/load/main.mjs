import { drive } from './drive.mjs';

/** @import { LoadOrder } from '../shapes.ts' */

// The process that makes load: one order from its parent, the figures back.

process.on('disconnect', () => process.exit());
process.on('message', async (/** @type {LoadOrder} */ order) => {
  process.send?.({ type: 'figures', figures: await drive(order) });
});
process.send?.({ type: 'ready' });
