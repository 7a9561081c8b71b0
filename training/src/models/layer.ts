/** `same` pads as TensorFlow does (the odd pixel below and to the right); `valid` pads nothing. */
export type Padding = 'same' | 'valid';

/** Height, then width: the order of every pair in this project. */
export type Size2D = readonly [height: number, width: number];

/** What every layer has: a name unique in its network, and the names of the layers it reads. */
interface LayerBase {
  readonly name: string;
  readonly inputs: readonly string[];
}

export interface InputLayer extends LayerBase {
  readonly kind: 'input';
  /** Height, width, channels; the batch is not part of a shape. */
  readonly shape: readonly [number, number, number];
}

export interface Conv2DLayer extends LayerBase {
  readonly kind: 'conv2d';
  readonly filters: number;
  readonly kernel: Size2D;
  readonly strides: Size2D;
  readonly padding: Padding;
  readonly bias: boolean;
}

export interface DepthwiseConv2DLayer extends LayerBase {
  readonly kind: 'depthwiseConv2d';
  readonly kernel: Size2D;
  readonly strides: Size2D;
  readonly padding: Padding;
  readonly bias: boolean;
}

export interface DenseLayer extends LayerBase {
  readonly kind: 'dense';
  readonly units: number;
  readonly bias: boolean;
}

export interface BatchNormLayer extends LayerBase {
  readonly kind: 'batchNorm';
  readonly epsilon: number;
  /** Weight of the old moving average at each step, as Keras counts it. */
  readonly momentum: number;
}

export interface PoolLayer extends LayerBase {
  readonly kind: 'maxPool' | 'averagePool';
  readonly pool: Size2D;
  readonly strides: Size2D;
  readonly padding: Padding;
}

/** Nearest-neighbour enlargement: each pixel becomes a block of `factor` x `factor` equal ones. */
export interface UpsampleLayer extends LayerBase {
  readonly kind: 'upsample';
  /** A whole number from 2 on. */
  readonly factor: number;
}

export interface DropoutLayer extends LayerBase {
  readonly kind: 'dropout';
  /** Share of units set to zero while training, in [0, 1). */
  readonly rate: number;
}

/** Layers without settings. `globalAveragePool` keeps height and width as 1, so that attention can multiply with it. */
export interface PlainLayer extends LayerBase {
  readonly kind:
    | 'globalAveragePool'
    | 'add'
    | 'multiply'
    | 'concat'
    | 'flatten'
    | 'relu'
    | 'relu6'
    | 'hardSwish'
    | 'sigmoid'
    | 'softmax';
}

/** One layer of a network. Tensors are NHWC; `concat` joins the channels of maps, or vectors; `multiply` broadcasts a 1x1 map over the other. */
export type Layer =
  | InputLayer
  | Conv2DLayer
  | DepthwiseConv2DLayer
  | DenseLayer
  | BatchNormLayer
  | PoolLayer
  | UpsampleLayer
  | DropoutLayer
  | PlainLayer;

export type LayerKind = Layer['kind'];
