import { request } from 'undici';
import { afterAll, expect, test } from 'vitest';
import { startSupergraph } from '../kit/supergraph.ts';

const MEDIA = `{
  product(id: "product_1") { coverImage { url(width: 320) } }
  products(first: 100) { nodes { media { ... on Video { url } } } }
}`;

const market = await startSupergraph();
afterAll(() => market[Symbol.asyncDispose]());

/** The router's own address instead of the public one. */
const through = (url: string): string => url.replace('http://localhost:4000', market.url);

test('pictures come through the router for ever, conditionally and in part', async () => {
  const { data } = await market.query(MEDIA);
  const url = through(data.product.coverImage.url);

  const whole = await request(url);
  const bytes = Buffer.from(await whole.body.arrayBuffer());
  expect(whole.statusCode).toBe(200);
  expect(whole.headers).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-length': String(bytes.length),
    'accept-ranges': 'bytes',
  });
  expect(bytes.subarray(8, 12).toString()).toBe('WEBP');

  const etag = String(whole.headers['etag']);
  const known = await request(url, { headers: { 'if-none-match': etag } });
  expect(known.statusCode).toBe(304);
  const part = await request(url, { headers: { range: 'bytes=8-11', 'if-range': etag } });
  expect(part.statusCode).toBe(206);
  expect(part.headers['content-range']).toBe(`bytes 8-11/${bytes.length}`);
  expect(await part.body.text()).toBe('WEBP');
  const beyond = await request(url, { headers: { range: `bytes=${bytes.length}-` } });
  expect(beyond.statusCode).toBe(416);
  expect(beyond.headers['content-range']).toBe(`bytes */${bytes.length}`);
  await beyond.body.dump();
});

test('a path of media that is not there is 404, and with media down 503 without a host', async () => {
  const missing = await request(`${market.url}/media/images/image_0/0/w320.webp`);
  expect(missing.statusCode).toBe(404);
  await missing.body.dump();

  await market.subgraphs.media.kill();
  const down = await request(`${market.url}/media/images/image_0/0/w320.webp`);
  expect(down.statusCode).toBe(503);
  expect(await down.body.json()).toEqual({
    errors: [
      {
        message: 'A part of the answer could not be fetched.',
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ],
  });
});
