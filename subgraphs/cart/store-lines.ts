import type { Prisma } from '../../generated/prisma/cart/client.ts';

/** Takes out of a buyer's cart what an order of theirs holds; more of an item than that stays. */
export const takeBoughtLines = async (
  tx: Prisma.TransactionClient,
  buyerId: string,
  orderId: string,
): Promise<void> => {
  // Whoever changes a cart holds its row.
  const [cart] = await tx.$queryRaw<{ readonly id: string }[]>`
    SELECT id FROM carts WHERE user_id = ${buyerId} FOR UPDATE`;
  if (cart === undefined) return;
  const gone = await tx.$executeRaw`
    DELETE FROM cart_lines USING order_items
    WHERE cart_id = ${cart.id} AND order_id = ${orderId}
      AND cart_lines.product_id = order_items.product_id
      AND cart_lines.quantity <= order_items.quantity`;
  const fewer = await tx.$executeRaw`
    UPDATE cart_lines SET quantity = cart_lines.quantity - order_items.quantity
    FROM order_items
    WHERE cart_id = ${cart.id} AND order_id = ${orderId}
      AND cart_lines.product_id = order_items.product_id
      AND cart_lines.quantity > order_items.quantity`;
  if (gone + fewer === 0) return;
  await tx.$executeRaw`
    UPDATE carts SET revision = revision + 1, updated_at = now() WHERE id = ${cart.id}`;
};
