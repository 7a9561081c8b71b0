import type { ReadingRules } from '@inkcast/reader/reading';
import { areDigits } from '@inkcast/shared/bundle';
import { InkError } from '@inkcast/shared/errors';
import type { Config } from '../config/index.js';
import { regionSettingsOf } from './region-settings.js';

/** A model as it is named, and its classes. */
export interface NamedClasses {
  readonly reference: string;
  readonly labels: readonly string[];
}

/**
 * Refuses rules for numbers and expected forms with a model of other classes than digits: they would hold for nothing
 * that it reads.
 *
 * @throws InkError INK_DIGITS_NEEDED naming the setting and the model
 */
export function checkDigitSettings(config: Pick<Config, 'vision' | 'reading'>, model: NamedClasses): void {
  if (areDigits(model.labels)) return;
  for (const { name, rules, expect } of regionSettingsOf(config)) {
    const setting = expect !== undefined ? 'expect' : rules !== undefined && needsNumbers(rules) ? 'rules' : undefined;
    if (setting === undefined) continue;
    const where = name === undefined ? '' : ` of the region ${name}`;
    throw digitsNeeded(`reading.${setting}${where}`, model);
  }
}

/** @param setting what needs digits */
export function digitsNeeded(setting: string, { reference, labels }: NamedClasses): InkError {
  return new InkError(
    'INK_DIGITS_NEEDED',
    `${setting} is for digits, and the model ${reference} reads other classes: ${labels.join(', ')}.`,
  );
}

/** Whether rules say anything; `acceptAfterMs` alone does not. */
const needsNumbers = ({ acceptAfterMs: _, monotonic, ...others }: ReadingRules): boolean =>
  monotonic || Object.keys(others).length > 0;
