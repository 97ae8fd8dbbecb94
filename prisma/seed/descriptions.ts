import type { Condition } from './conditions.ts';
import type { Goods } from './goods/goods.ts';
import type { Random } from './random.ts';
import { type Facts, fill, fillable } from './templates.ts';

const STATE: Record<Condition, readonly string[]> = {
  NEW: [
    'Never used, still with its tags.',
    'New and in its packing.',
    'Unpacked to check it, packed again, never used.',
    'New: a present that came twice.',
  ],
  LIKE_NEW: [
    'Used a few times and you would not know.',
    'In the state in which it left the shop, but for the box.',
    'I looked for signs of use for the pictures and found none.',
    'As good as new, honestly.',
  ],
  VERY_GOOD: [
    'Light signs of use, nothing that a picture would show.',
    'Very well kept, with a small mark or two.',
    'Used with care and it shows.',
    'A faint scratch if you look for it, otherwise perfect.',
  ],
  GOOD: [
    'Clear signs of use, all of it works.',
    'It has been used for what it was made for, and goes on doing it.',
    'Scuffs and small scratches, nothing that matters.',
    'Honest patina, full function.',
  ],
  FAIR: [
    'Worn, and priced accordingly.',
    'It has had a life.',
    'For someone who repairs, or does not mind.',
  ],
};

const ENDINGS = [
  'Pick-up or post, as you prefer.',
  'Ask me for more pictures.',
  'First come, first served.',
  'I post on the next working day.',
  'Payment here, please, no swaps.',
  'Happy to answer questions.',
  'Well packed, I promise.',
  'If it is listed, it is still there.',
];

interface Thing {
  readonly leaf: Goods;
  readonly condition: Condition;
  readonly facts: Facts;
}

/**
 * Two to four sentences as a private seller writes them. What is worn names its fault; what is new
 * has no story yet.
 */
export const describeThing = (random: Random, { leaf, condition, facts }: Thing): string => {
  if (condition === 'NEW') return `${random.pick(STATE.NEW)} ${random.pick(ENDINGS)}`;
  const story = random.chance(0.7) ? [random.pick(leaf.stories)] : [];
  const fault = condition === 'FAIR' ? [random.pick(leaf.faults)] : [];
  const detail =
    fault.length === 0 || random.chance(0.4) ? [random.pick(fillable(leaf.details, facts))] : [];
  const ending = random.chance(0.45) ? [random.pick(ENDINGS)] : [];
  const sentences = [...story, random.pick(STATE[condition]), ...fault, ...detail, ...ending];
  return sentences
    .slice(0, 4)
    .map((sentence) => fill(sentence, facts))
    .join(' ');
};
