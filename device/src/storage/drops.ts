/** Why an event was dropped before the broker had it. */
export const DROP_REASONS = ['size', 'age', 'unreadable', 'refused'] as const;

export type DropReason = (typeof DROP_REASONS)[number];

/** Total number of dropped events, by reason. */
export type Drops = Readonly<Record<DropReason, number>>;

export const NO_DROPS: Drops = { size: 0, age: 0, unreadable: 0, refused: 0 };

export function sumOfDrops(one: Drops, other: Drops): Drops {
  return {
    size: one.size + other.size,
    age: one.age + other.age,
    unreadable: one.unreadable + other.unreadable,
    refused: one.refused + other.refused,
  };
}

/** A sentence for people. */
export function describeDrops({ size, age, unreadable, refused }: Drops): string {
  const counts = `${size} for the size of the queue, ${age} for their age, ${unreadable} that were unreadable, ${refused} that it refused`;
  return `${size + age + unreadable + refused} events were given up before the broker had them: ${counts}.`;
}
