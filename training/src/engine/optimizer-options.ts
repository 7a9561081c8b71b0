/** Gradient descent with momentum: velocity = momentum * velocity - rate * gradient (Sutskever et al., 2013). */
export interface SgdOptions {
  readonly kind: 'sgd';
  readonly momentum: number;
  /** Look ahead along the velocity. */
  readonly nesterov: boolean;
  /** Share of a kernel's value added to its gradient. */
  readonly weightDecay: number;
}

/** Kingma and Ba, "Adam", 2015, with epsilon outside the bias correction as in Keras. */
export interface AdamOptions {
  readonly kind: 'adam';
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Adam with decay apart from the gradient, on kernels only: Loshchilov and Hutter, 2019. */
export interface AdamWOptions {
  readonly kind: 'adamw';
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Share of a kernel's value taken away at each step, times the learning rate. */
  readonly weightDecay: number;
}

export type OptimizerOptions = SgdOptions | AdamOptions | AdamWOptions;

export const SGD: SgdOptions = { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 };
/** Keras' defaults. */
export const ADAM: AdamOptions = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
export const ADAMW: AdamWOptions = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.01 };

/** The names of the tensors that an optimizer keeps for each parameter. */
export function optimizerSlots(optimizer: OptimizerOptions): readonly string[] {
  return optimizer.kind === 'sgd' ? ['velocity'] : ['mean', 'variance'];
}
