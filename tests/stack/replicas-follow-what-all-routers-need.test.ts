import { request } from 'undici';
import { expect, test } from 'vitest';
import { signRequest } from '../../contract/signature.ts';
import { GUEST } from '../../contract/viewer.ts';
import { CAPACITY_AUDIENCE, type CapacityMessage } from '../../router/capacity/webhook.ts';
import { listenForCapacity } from '../../stack/capacity.ts';
import { TEST_SECRET } from '../kit/secret.ts';

const startMedia = async () => {
  let count = 1;
  const scale = (next: number) => {
    count = next;
  };
  const media = { name: 'media', count: () => count, scale };
  const { url, close } = await listenForCapacity(TEST_SECRET, [media]);
  const tell = async (message: CapacityMessage, audience = CAPACITY_AUDIENCE): Promise<number> => {
    const body = JSON.stringify(message);
    const caller = { viewer: GUEST, clientAddress: null };
    const headers = {
      'content-type': 'application/json',
      ...signRequest(TEST_SECRET, audience, caller, body),
    };
    const answer = await request(url, { method: 'POST', headers, body });
    await answer.body.dump();
    return answer.statusCode;
  };
  return { count: () => count, tell, [Symbol.asyncDispose]: close };
};

test('needs of several processes of the router add up, and the newest of each counts', async () => {
  await using media = await startMedia();
  expect(await media.tell({ from: 'a', needs: { media: 1.4, cart: 9 } })).toBe(204);
  expect(media.count()).toBe(2);
  await media.tell({ from: 'b', needs: { media: 1.4 } });
  expect(media.count()).toBe(3);
  await media.tell({ from: 'a', needs: { media: 0.2 } });
  expect(media.count()).toBe(2);
  await media.tell({ from: 'b', needs: {} });
  expect(media.count()).toBe(1);
});

test('what is not signed for it changes nothing', async () => {
  await using media = await startMedia();
  expect(await media.tell({ from: 'a', needs: { media: 3 } }, 'media')).toBe(401);
  expect(media.count()).toBe(1);
});
