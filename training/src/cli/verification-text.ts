import { count, percent, table } from '@inkcast/shared/cli';
import {
  type Agreement,
  type Explanation,
  type LogitDifference,
  NEAR_STEPS,
  type Verification,
} from '../verification/index.js';

/** How well the library agrees with the reference, one line per kind of kernels. */
export function verificationTable(verifications: readonly Verification[]): string {
  const rows = verifications.map(({ kernels, agreement, refusal = '' }) => {
    if (agreement === null) return [kernels, '-', '-', '-', refusal];
    const { outputs, identical, largestDifference, sameLabel } = agreement;
    const share = `${count(identical)} of ${count(outputs)}`;
    return [kernels, share, `${largestDifference} LSB`, sameLabel === null ? '-' : percent(sameLabel / outputs), ''];
  });
  return table(['kernels', 'identical outputs', 'largest difference', 'same label', ''], rows);
}

/** The differences of XNNPACK for each operator, and their effect on the outputs. */
export function explanationText({ logits, operators, explained }: Explanation, agreement: Agreement): string {
  const rows = operators.map(({ operator, values, different, largestDifference, allowed }) => [
    operator,
    count(values),
    count(different),
    `${largestDifference} LSB`,
    `${allowed} LSB`,
  ]);
  return [
    '\nXNNPACK operator by operator, beside the reference given the same inputs:\n',
    table(['operator', 'values', 'different', 'largest difference', 'allowed'], rows),
    `\nThis explains all differences of ${count(explained)} of ${count(agreement.outputs)} pictures.`,
    logitSentence(logits, agreement),
  ].join('\n');
}

/** A warning about kernels that choose another label for more pictures than a confident model allows. */
export function labelWarning(kernels: string, { outputs, sameLabel }: Agreement): string {
  const other = `${count(outputs - (sameLabel ?? outputs))} of ${count(outputs)} pictures`;
  return `Warning: ${kernels} chooses another label for ${other}: the model is not confident there.`;
}

function logitSentence(logits: LogitDifference, agreement: Agreement): string {
  const { tensor, operator, scale, largestDifference, near } = logits;
  const what = operator === null ? 'output' : 'logits';
  const share = `at most ${NEAR_STEPS} in ${count(near)} of ${count(agreement.outputs)} pictures`;
  const steps = `"${tensor}", the ${what}, is off by at most ${largestDifference} LSB of ${scale.toPrecision(3)} (${share})`;
  if (operator === null || agreement.largestDifference <= largestDifference) return `${steps}.`;
  const name = operator.toUpperCase();
  return `${steps}; ${name}, whose slope is steep where labels are even, makes up to ${agreement.largestDifference} LSB of it.`;
}
