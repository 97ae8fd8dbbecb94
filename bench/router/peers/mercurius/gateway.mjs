import mercuriusGateway from '@mercuriusjs/gateway';
import { fastify } from 'fastify';

// Mercurius asks the subgraphs for their schemas, of federation 1, and extends one by the next in order.

const subgraphs = Object.entries(JSON.parse(process.env.SUBGRAPHS));
const app = fastify();
await app.register(mercuriusGateway, {
  jit: 1,
  gateway: {
    services: subgraphs.map(([name, url]) => ({
      name,
      url,
      mandatory: true,
      keepAlive: 30_000,
    })),
  },
});
const url = await app.listen({ port: 0, host: '127.0.0.1' });
process.on('disconnect', () => process.exit());
process.send({ type: 'listening', url });
