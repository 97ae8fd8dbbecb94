import type { Variables } from '../whole/matrix/asking.ts';

/** What a subgraph's seeded database has of an entity, and what it answers for one that it does not have. */
export interface Classified {
  /** Rows of keys of what a guest may see. */
  readonly sql: string;
  /** Nothing has it. */
  readonly unknown: Variables;
  /** `null`, or `key`: the subgraph adds to another's entity, and takes every key for one. */
  readonly unknownIs: 'null' | 'key';
}

const seeded = (
  sql: string,
  unknown: Variables,
  unknownIs: Classified['unknownIs'] = 'null',
): Classified => ({ sql, unknown, unknownIs });

/** Every key that a subgraph resolves; a new one is classified here. */
export const CLASSIFIED: Readonly<Record<string, Classified>> = {
  'users User(id)': seeded('SELECT id FROM users ORDER BY id LIMIT 50', { id: 'user_none' }),
  'catalog Product(id)': seeded('SELECT id FROM products ORDER BY id LIMIT 50', {
    id: 'product_none',
  }),
  'catalog User(id)': seeded(
    'SELECT seller_id AS id FROM products GROUP BY seller_id ORDER BY seller_id LIMIT 50',
    { id: 'user_none' },
    'key',
  ),
  'catalog Category(id)': seeded('SELECT id FROM categories ORDER BY id LIMIT 50', {
    id: 'category_none',
  }),
  'cart Cart(id revision)': seeded(
    'SELECT id, revision FROM carts WHERE user_id IS NULL ORDER BY id LIMIT 50',
    { id: 'cart_none', revision: 1 },
  ),
  'cart CartLine(id)': seeded(
    'SELECT l.id FROM cart_lines l JOIN carts c ON c.id = l.cart_id WHERE c.user_id IS NULL ORDER BY l.id LIMIT 50',
    { id: 'line_none' },
  ),
  'cart Product(id)': seeded("SELECT 'product_1' AS id", { id: 'product_none' }, 'key'),
  'media Image(id)': seeded(
    `SELECT DISTINCT m.id FROM media_items m JOIN attachments a ON a.media_id = m.id
     WHERE m.kind = 'IMAGE' ORDER BY m.id LIMIT 50`,
    { id: 'image_none' },
  ),
  'media Video(id)': seeded(
    `SELECT DISTINCT m.id FROM media_items m JOIN attachments a ON a.media_id = m.id
     WHERE m.kind = 'VIDEO' ORDER BY m.id LIMIT 50`,
    { id: 'video_none' },
  ),
  'media Product(id)': seeded(
    "SELECT DISTINCT owner_id AS id FROM attachments WHERE owner_id LIKE 'product%' ORDER BY owner_id LIMIT 50",
    { id: 'product_none' },
    'key',
  ),
  'media User(id)': seeded(
    "SELECT DISTINCT owner_id AS id FROM attachments WHERE owner_id LIKE 'user%' ORDER BY owner_id LIMIT 50",
    { id: 'user_none' },
    'key',
  ),
  'recommendations Product(id)': seeded(
    'SELECT id FROM items ORDER BY id LIMIT 50',
    { id: 'product_none' },
    'key',
  ),
};
