export {
  chooseExpected,
  type ExpectedDigit,
  type ExpectedReading,
  type ExpectedRow,
} from './choose-expected.js';
export { type Expectation, type ExpectationSetting, expectationOf, expectationSchema } from './expectation.js';
export type { FilledSlot, Slot } from './slot.js';
