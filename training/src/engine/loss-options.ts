import { BOX_VALUES } from '@inkcast/shared/spots';

/** The loss that training minimizes. Without `kind` it is the cross-entropy. */
export type LossOptions = CrossEntropyOptions | SpotsOptions;

/** Cross-entropy of the softmax at the end of the network: one class per picture. */
export interface CrossEntropyOptions {
  readonly kind?: 'crossEntropy';
  /** Share of the target spread evenly over all classes, in [0, 1). Default 0. */
  readonly labelSmoothing?: number;
  /** With it, batches have soft labels beside the labels. Default: only labels. */
  readonly distillation?: DistillationOptions;
  /** A factor for each class; the mean is still taken over the number of pictures, as in Keras. Default: all 1. */
  readonly classWeights?: readonly number[];
}

/**
 * Learning from soft labels p, such as those of a teacher (Hinton et al., "Distilling the Knowledge in a Neural Network",
 * 2015): (1 - share) times the cross-entropy with the labels, plus share * T^2 times the cross-entropy of softmax(logits / T)
 * with p at the temperature T, which is p to the power 1 / T, normalised. The factor T^2 keeps the gradients of both parts
 * at the same size for every T.
 */
export interface DistillationOptions {
  /** Weight of the soft labels, in (0, 1]. */
  readonly share: number;
  /** T, above 0. */
  readonly temperature: number;
}

/**
 * Objects as points. The network's last layer is a map with `classes` + `BOX_VALUES` raw values per cell: for each class,
 * the log-odds that an object has its centre there; then a box.
 *
 * Heat: the focal loss of CenterNet (Zhou et al., "Objects as Points", 2019, equation 1, alpha 2, beta 4) over the
 * number of centres in the batch. Box: the mean smooth L1 distance (Girshick, "Fast R-CNN", 2015) of its values, over
 * the sum of the box weights in the batch. Both divisors are at least 1; the loss is the sum of the two.
 */
export interface SpotsOptions {
  readonly kind: 'spots';
  readonly classes: number;
}

/**
 * Values of one cell's target: the heat of each class in [0, 1], 1 where its centre is; the weight of the cell's heat,
 * which does not apply to a centre; the box; the weight of the box.
 */
export const targetValues = ({ classes }: SpotsOptions): number => classes + 1 + BOX_VALUES + 1;
