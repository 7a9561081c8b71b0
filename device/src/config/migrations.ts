import { isSection, type Section, setAt, valueAt } from './nested-values.js';

/** A key that was renamed. */
export interface Renaming {
  /** Consecutive numbers in the order of the renamings. */
  readonly number: number;
  readonly from: string;
  readonly to: string;
}

/**
 * All renamings of keys, in order. A released line stays, so that old configurations can still be read. If a key is
 * renamed again, another line is added whose `from` is the earlier `to`.
 */
export const MIGRATIONS: readonly Renaming[] = [
  { number: 1, from: 'reading.rules.least', to: 'reading.rules.min' },
  { number: 2, from: 'reading.rules.greatest', to: 'reading.rules.max' },
  { number: 3, from: 'reading.rules.mostPerHour', to: 'reading.rules.maxPerHour' },
  { number: 4, from: 'reading.tracking.restlessMs', to: 'reading.tracking.motionMs' },
  { number: 5, from: 'mqtt.image.leastSeconds', to: 'mqtt.image.minIntervalSeconds' },
  { number: 6, from: 'homeassistant.without', to: 'homeassistant.exclude' },
  { number: 7, from: 'storage.history.days', to: 'storage.history.maxAgeDays' },
  { number: 8, from: 'storage.history.rows', to: 'storage.history.maxRows' },
];

/** The current name of a key. */
export function presentName(key: string): string {
  return MIGRATIONS.reduce((name, { from, to }) => (name === from ? to : name), key);
}

/**
 * Renames old keys of a configuration in place. If both names are set, the current one counts.
 *
 * @param origin where the values come from, in words that continue "... in"
 * @param warn called with one sentence for each old key
 */
export function renameOldKeys(values: Section, origin: string, warn: (warning: string) => void): void {
  for (const { from } of MIGRATIONS) {
    const path = from.split('.');
    const name = path[path.length - 1];
    const section = valueAt(values, path.slice(0, -1));
    if (!isSection(section) || !Object.hasOwn(section, name)) continue;
    const to = presentName(from);
    const value = section[name];
    delete section[name];
    const isSetAnew = valueAt(values, to.split('.')) !== undefined;
    if (!isSetAnew) setAt(values, to.split('.'), value);
    warn(oldKeyWarning(from, isSetAnew ? `${to}, which is set too and counts` : to, origin));
  }
}

/** The warning about an old name. */
export function oldKeyWarning(from: string, to: string, origin: string): string {
  return `${from} is the old name of ${to} (in ${origin}).`;
}
