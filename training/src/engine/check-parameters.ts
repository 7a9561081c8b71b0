import { InkError } from '@inkcast/shared/errors';
import type { ParameterSpec, Parameters } from '../models/index.js';

/** @throws InkError INK_CHECKPOINT_INVALID where a parameter is missing, unknown or of another shape */
export function checkParameters(specs: readonly ParameterSpec[], parameters: Parameters): void {
  const names = new Set(specs.map((spec) => spec.name));
  for (const name of parameters.keys()) {
    if (!names.has(name)) throw new InkError('INK_CHECKPOINT_INVALID', `The network has no parameter "${name}".`);
  }
  for (const spec of specs) {
    const tensor = parameters.get(spec.name);
    if (tensor === undefined) throw new InkError('INK_CHECKPOINT_INVALID', `Parameter "${spec.name}" is missing.`);
    if (tensor.shape.join('x') !== spec.shape.join('x') || tensor.data.length !== spec.size) {
      throw new InkError(
        'INK_CHECKPOINT_INVALID',
        `Parameter "${spec.name}" is ${tensor.shape.join('x')} and should be ${spec.shape.join('x')}.`,
      );
    }
  }
}

/** The specifications of an optimizer's state: for each trainable parameter, one tensor per slot. */
export function slotSpecs(specs: readonly ParameterSpec[], slots: readonly string[]): readonly ParameterSpec[] {
  return specs
    .filter((spec) => spec.trainable)
    .flatMap((spec) => slots.map((slot) => ({ ...spec, name: `${slot}/${spec.name}` })));
}
