/**
 * The venue's liquidator vaults as of October 2026, from `vaultDetails` of 0xdfc24b077bc1425ad1dea75bcb6f8158e10df303: a position that
 * the book could not close is handed to one of them.
 */
const LIQUIDATOR_VAULTS_2026_10: ReadonlySet<string> = new Set([
  '0x2e3d94f0562703b25c83308a05046ddaf9a8dd14',
  '0xb0a55f13d22f66e6d495ac98113841b2326e9540',
  '0x5e177e5e39c0f4e421f5865a6d8beed8d921cb70',
  '0x2ed5c4484ea3ff8b57d5f2fb152a40d9f2b68308',
]);

/**
 * Whether a liquidator vault is buyer or seller of a trade, so that it may be a backstop liquidation. It is told as a trade alone,
 * because the trade does not say which of three things happened, and two of them contradict each other:
 *   a vault takes a position over   it buys what a liquidated long gave up, and sells what a liquidated short gave up
 *   a vault gets rid of one         it sells what it took over from a long days or seconds ago: nobody is liquidated now
 *   the venue deleverages a vault   as the second, against a chosen trader (published fill of 2025-10-10: the vault itself is named as
 *                                   liquidated, and the trader on the other side bought)
 * A vault that sells is therefore a liquidated short or an old long. Only a fill of the address itself says which (`liquidation`,
 * `dir`), and clients that guess from the trade use opposite rules.
 */
export function isOfLiquidatorVault(users: unknown): boolean {
  if (!Array.isArray(users)) return false;
  return (users as readonly unknown[]).some(
    (user) => typeof user === 'string' && LIQUIDATOR_VAULTS_2026_10.has(user.toLowerCase()),
  );
}
