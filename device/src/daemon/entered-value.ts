import { type AcceptedValue, decimalText, decimalUnits, type ReadingRules } from '@inkcast/reader/reading';
import { InkError } from '@inkcast/shared/errors';
import type { ResponseData } from '@inkcast/shared/messages';

/** A value as a person enters it. @throws InkError INK_REQUEST_INVALID for one with more decimal places than readings have */
export function valueFrom(text: string, rules: ReadingRules | undefined): AcceptedValue {
  const places = rules?.decimalPlaces ?? 0;
  if ((text.split('.')[1]?.length ?? 0) > places) {
    const happened = `The value ${text} has more decimal places than readings have, which is ${places}.`;
    const remedy = 'Leave some out, or set reading.rules.decimalPlaces.';
    throw new InkError('INK_REQUEST_INVALID', happened, { remedy });
  }
  return { digits: String(decimalUnits(text, places)), capturedAt: new Date() };
}

/** The last accepted reading, as a person enters it. */
export function shownValue(
  accepted: AcceptedValue | undefined,
  rules: ReadingRules | undefined,
): ResponseData<'value'> {
  if (accepted === undefined) return { value: null, capturedAt: null };
  const { digits, capturedAt } = accepted;
  return { value: decimalText(digits, rules?.decimalPlaces ?? 0), capturedAt: capturedAt.toISOString() };
}
