import type { Variables } from '../execution/run.ts';

/** A number that may depend on an operation's variables; where it does not, it is computed once. */
export type Amount = number | ((given: Given) => number);

/** The coerced variables of one request. */
export interface Given {
  readonly variables: Variables;
  /** Another one for each request. */
  readonly request: number;
}

let requests = 0;

export const amountFor = (amount: Amount, variables: Variables): number => {
  if (typeof amount === 'number') return amount;
  requests += 1;
  return amount({ variables, request: requests });
};

const at = (amount: Amount, given: Given): number =>
  typeof amount === 'number' ? amount : amount(given);

const isConstant = (amount: Amount): amount is number => typeof amount === 'number';

export const sum = (amounts: readonly Amount[]): Amount => {
  const constant = amounts.filter(isConstant).reduce((total, each) => total + each, 0);
  const varying = amounts.filter((each) => !isConstant(each));
  if (varying.length === 0) return constant;
  return (given) => varying.reduce((total: number, each) => total + at(each, given), constant);
};

export const product = (one: Amount, other: Amount): Amount =>
  isConstant(one) && isConstant(other) ? one * other : (given) => at(one, given) * at(other, given);

/** Zero of none. */
export const largest = (amounts: readonly Amount[]): Amount => {
  const constant = Math.max(0, ...amounts.filter(isConstant));
  const varying = amounts.filter((each) => !isConstant(each));
  if (varying.length === 0) return constant;
  return (given) =>
    varying.reduce((most: number, each) => Math.max(most, at(each, given)), constant);
};

/**
 * The same amount, computed once a request. What stands in several places has to be remembered: types
 * that nest in each other by interfaces would otherwise multiply with every level.
 */
export const remembered = (amount: Amount): Amount => {
  if (isConstant(amount)) return amount;
  let request = 0;
  let value = 0;
  return (given) => {
    if (request !== given.request) {
      value = amount(given);
      request = given.request;
    }
    return value;
  };
};
