/** The currencies that the market trades in, all with two decimals (ISO 4217). */
export type CurrencyCode = 'EUR' | 'GBP' | 'USD';

const DECIMALS = 2;

/** An amount as the schema gives it. */
export interface Money {
  readonly amount: string;
  readonly currencyCode: CurrencyCode;
}

/** An amount as the rules compute with it. */
export interface Price {
  /** In units of the currency's last decimal, such as cents. */
  readonly minorUnits: bigint;
  readonly currencyCode: CurrencyCode;
}

/** `1990n` cents to `{ amount: '19.90' }`. */
export const moneyOf = ({ minorUnits, currencyCode }: Price): Money => {
  const sign = minorUnits < 0n ? '-' : '';
  const digits = String(minorUnits < 0n ? -minorUnits : minorUnits).padStart(DECIMALS + 1, '0');
  return {
    amount: `${sign}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`,
    currencyCode,
  };
};

/** `'19.9'` to `1990n` cents; null where the text is no amount or has more decimals than the currency. */
export const minorUnitsOf = (amount: string): bigint | null => {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/.exec(amount);
  if (match === null) return null;
  const [, sign, whole, fraction = ''] = match;
  return BigInt(`${sign}${whole}${fraction.padEnd(DECIMALS, '0')}`);
};
