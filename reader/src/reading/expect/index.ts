export {
  chooseExpected,
  type ExpectedDigit,
  type ExpectedReading,
  type ExpectedRow,
} from './choose-expected.js';
export { type Expectation, expectationOf } from './expectation.js';
export { type ExpectationSetting, expectationSchema } from './expectation-schema.js';
export type { FilledSlot, Slot } from './slot.js';
