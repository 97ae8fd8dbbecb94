import { entities, root } from './subgraph-requests.mjs';

/** @typedef {{ product: { id: string } }} Line */

const user = root('users', 'query($id: ID!) { user(id: $id) { id name } }');
const usersNames = entities('users', 'User', 'name');
const carts = entities(
  'cart',
  'User',
  'cart { items(first: $first) { quantity product { id } } }',
  ', $first: Int!',
);
const recommendations = entities(
  'recommendations',
  'User',
  'recommendations(first: $first) { score product { id } }',
  ', $first: Int!',
);
const namesAndPrices = entities('catalog', 'Product', 'name price');
const namesPricesSellers = entities('catalog', 'Product', 'name price seller { id }');
const namesDescriptions = entities('catalog', 'Product', 'name description');
const sellers = entities('catalog', 'Product', 'seller { id }');
const images = entities('media', 'Product', 'images { url }');

/** @param {readonly Line[]} lines */
const productIds = (lines) => lines.map(({ product }) => product.id);

/** @param {{ id: string }} variables */
export const tiny = ({ id }) => user({ id });

/** @param {{ id: string, carted: number, recommended: number }} variables */
export const fanout = async ({ id, carted, recommended }) => {
  const { user: found } = await user({ id });
  const [cart, recommended_] = await Promise.all([
    cartOf(id, carted),
    recommendationsOf(id, recommended),
  ]);
  return { user: { id, name: found.name, cart, recommendations: recommended_ } };
};

/** @param {string} id @param {number} first */
const cartOf = async (id, first) => {
  const [{ cart }] = await carts([id], { first });
  const ids = productIds(cart.items);
  const [pictures, products] = await Promise.all([images(ids), productsWithSellers(ids)]);
  return {
    items: cart.items.map((/** @type {any} */ { quantity }, /** @type {number} */ index) => ({
      quantity,
      product: { id: ids[index], ...products[index], images: pictures[index].images },
    })),
  };
};

/** @param {readonly string[]} ids */
const productsWithSellers = async (ids) => {
  const products = await namesPricesSellers(ids);
  const names = await usersNames(products.map(({ seller }) => seller.id));
  return products.map(({ name, price }, index) => ({ name, price, seller: names[index] }));
};

/** @param {string} id @param {number} first */
const recommendationsOf = async (id, first) => {
  const [found] = await recommendations([id], { first });
  const ids = productIds(found.recommendations);
  const [pictures, products] = await Promise.all([images(ids), namesAndPrices(ids)]);
  return found.recommendations.map((/** @type {any} */ { score }, /** @type {number} */ index) => ({
    score,
    product: { id: ids[index], ...products[index], images: pictures[index].images },
  }));
};

/** @param {{ id: string }} variables */
export const chain = async ({ id }) => {
  const { user: found } = await user({ id });
  const [{ cart }] = await carts([id], { first: 3 });
  const products = await sellers(productIds(cart.items));
  const lists = await recommendations(
    products.map(({ seller }) => seller.id),
    { first: 2 },
  );
  const pictures = await images(lists.flatMap((list) => productIds(list.recommendations)));
  const items = lists.map((_, index) => ({
    product: {
      seller: {
        recommendations: pictures.slice(2 * index, 2 * index + 2).map((product) => ({ product })),
      },
    },
  }));
  return { user: { name: found.name, cart: { items } } };
};

/** @param {{ id: string }} variables */
export const largeStrings = async ({ id }) => {
  await user({ id });
  const [{ cart }] = await carts([id], { first: 20 });
  const ids = productIds(cart.items);
  const products = await namesDescriptions(ids);
  const items = products.map((product, index) => ({ product: { id: ids[index], ...product } }));
  return { user: { id, cart: { items } } };
};
