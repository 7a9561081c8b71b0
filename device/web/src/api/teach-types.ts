import type { PushedMessage, TeachChanges, TeachCrop, TeachState } from '@inkcast/device/web';
import type { Doubt, GateReport, Guess } from '@inkcast/shared/teaching';

// What the device answers on what it is taught, by the schemas that it answers by.

export type { GateReport, Guess, PushedMessage, TeachChanges, TeachCrop, TeachState };
/** A label that the model contradicts. */
export type TeachDoubt = Doubt;
/** The last learning, or the one that runs. */
export type TeachLearning = NonNullable<TeachState['learning']>;
export type Epoch = TeachLearning['curve'][number];
/** A crop that the old and the new model say different things of. */
export type ChangedCrop = TeachChanges['fixed'][number];
