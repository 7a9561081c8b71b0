/**
 * The digits of a reading as a decimal number. It stays text, so that no digit is rounded: `00407` with two decimal
 * places is `4.07`.
 */
export function decimalText(digits: string, places: number): string {
  const whole = digits.padStart(places + 1, '0');
  const split = whole.length - places;
  const integer = whole.slice(0, split).replace(/^0+(?=\d)/, '');
  return places === 0 ? integer : `${integer}.${whole.slice(split)}`;
}

/** The inverse of `decimalText`: a number in units of the last of `places` decimal places. */
export function decimalUnits(text: string, places: number): bigint {
  const [integer, fraction = ''] = text.split('.');
  return BigInt(integer + fraction.padEnd(places, '0'));
}
