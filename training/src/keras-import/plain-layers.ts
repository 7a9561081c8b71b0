import { addPictureInput, type Value } from '../network-assembly/index.js';
import { asMap, only, type Translate, type Translation } from './translation.js';

const product = (shape: readonly number[]): number => shape.reduce((total, size) => total * size, 1);

const input: Translate = ({ layer, settings, network, range }) => {
  const shape = settings.shape('batch_input_shape', 'batch_shape') ?? settings.refuse('does not tell its shape');
  return addPictureInput(network, layer.path, { shape, range, of: settings });
};

function pool(kind: 'maxPool' | 'averagePool'): Translate {
  return (of) => {
    const { settings, network, layer } = of;
    settings.only('data_format', 'channels_last');
    const map = network.exact(only(of), settings);
    asMap(map, of);
    const size = settings.pair('pool_size', [2, 2]);
    const place = { kind, pool: size, strides: settings.pair('strides', size), padding: settings.padding() } as const;
    return network.add(layer.path, place, [map]);
  };
}

function globalPool(kind: 'maxPool' | 'averagePool'): Translate {
  return (of) => {
    const { settings, network, layer } = of;
    settings.only('data_format', 'channels_last');
    const map = network.exact(only(of), settings);
    const [height, width, channels] = asMap(map, of);
    const window = { pool: [height, width], strides: [height, width], padding: 'valid' } as const;
    const pooled = network.add(
      layer.path,
      kind === 'averagePool' ? { kind: 'globalAveragePool' } : { kind, ...window },
      [map],
    );
    return settings.flag('keepdims', false) ? pooled : { ...pooled, shape: [channels] };
  };
}

/** The same values in another shape. */
function reshaped(of: Translation, shape: readonly number[]): Value {
  const value = only(of);
  if (value.border !== undefined) of.settings.refuse('reads zero padding that no convolution takes in');
  if (product(shape) !== product(value.shape))
    of.settings.refuse(`turns ${value.shape.join('x')} into ${shape.join('x')}`);
  return { ...value, shape };
}

const flatten: Translate = (of) => {
  of.settings.only('data_format', 'channels_last');
  return reshaped(of, [product(only(of).shape)]);
};

const reshape: Translate = (of) => {
  const target = of.settings.numbers('target_shape');
  const rest = product(only(of).shape) / product(target.filter((size) => size !== -1));
  return reshaped(
    of,
    target.map((size) => (size === -1 ? rest : size)),
  );
};

const rescaling: Translate = (of) => {
  const value = only(of);
  if (value.border !== undefined) of.settings.refuse('reads zero padding that no convolution takes in');
  const { scale, offset } = value.affine ?? { scale: 1, offset: 0 };
  const factor = of.settings.number('scale');
  return { ...value, affine: { scale: factor * scale, offset: factor * offset + of.settings.number('offset', 0) } };
};

const zeroPadding: Translate = (of) => {
  of.settings.only('data_format', 'channels_last');
  const value = of.network.exact(only(of), of.settings);
  const [height, width, channels] = asMap(value, of);
  const border = of.settings.paddings();
  const [rows, columns] = border.map(([before, after]) => before + after);
  return { ...value, shape: [height + rows, width + columns, channels], border };
};

const dropout: Translate = (of) => {
  const value = of.network.exact(only(of), of.settings);
  return of.network.add(of.layer.path, { kind: 'dropout', rate: of.settings.number('rate') }, [value]);
};

/** The inputs of a layer that joins two or more. */
const joined = ({ inputs, network, settings }: Translation): Value[] =>
  inputs.map((value) => network.exact(value, settings));

const multiply: Translate = (of) => {
  const [first, ...rest] = joined(of);
  if (first === undefined) return of.settings.refuse('reads nothing');
  const isGate = ({ shape }: Value): boolean => shape.length === 3 && shape[0] === 1 && shape[1] === 1;
  // `multiply` expects the map first.
  return rest.reduce((map, other) => {
    const inputs = isGate(map) && !isGate(other) ? [other, map] : [map, other];
    return of.network.add(of.layer.path, { kind: 'multiply' }, inputs);
  }, first);
};

const concatenate: Translate = (of) => {
  const inputs = joined(of);
  of.settings.only('axis', -1, inputs[0]?.shape.length);
  return of.network.add(of.layer.path, { kind: 'concat' }, inputs);
};

const upsampling: Translate = (of) => {
  const { settings, network, layer } = of;
  settings.only('data_format', 'channels_last');
  settings.only('interpolation', 'nearest');
  const [factor, width] = settings.pair('size', [2, 2]);
  if (factor !== width) settings.refuse(`has size ${factor}x${width}`);
  const map = network.exact(only(of), settings);
  return network.add(layer.path, { kind: 'upsample', factor }, [map]);
};

/** A layer that resizes or crops, if the picture has the size already. */
const ofSameSize: Translate = (of) => {
  const value = only(of);
  const [height, width] = asMap(value, of);
  const size = [of.settings.number('height'), of.settings.number('width')];
  if (size[0] !== height || size[1] !== width) of.settings.refuse(`turns ${height}x${width} into ${size.join('x')}`);
  return value;
};

/** Layers that have an effect only during training. */
const passed: Translate = only;

const TRAINING_ONLY = [
  ...['ActivityRegularization', 'AlphaDropout', 'GaussianDropout', 'GaussianNoise', 'SpatialDropout2D'],
  ...['RandomBrightness', 'RandomContrast', 'RandomElasticTransform', 'RandomErasing', 'RandomFlip'],
  ...['RandomGaussianBlur', 'RandomHeight', 'RandomInvert', 'RandomPerspective', 'RandomRotation', 'RandomSharpness'],
  ...['RandomShear', 'RandomTranslation', 'RandomWidth', 'RandomZoom', 'AugMix', 'CutMix', 'MixUp', 'RandAugment'],
];

export const PLAIN_LAYERS: Readonly<Record<string, Translate>> = {
  InputLayer: input,
  MaxPooling2D: pool('maxPool'),
  AveragePooling2D: pool('averagePool'),
  GlobalAveragePooling2D: globalPool('averagePool'),
  GlobalMaxPooling2D: globalPool('maxPool'),
  UpSampling2D: upsampling,
  Flatten: flatten,
  Reshape: reshape,
  Rescaling: rescaling,
  ZeroPadding2D: zeroPadding,
  Dropout: dropout,
  Add: (of) => of.network.add(of.layer.path, { kind: 'add' }, joined(of)),
  Multiply: multiply,
  Concatenate: concatenate,
  Resizing: ofSameSize,
  CenterCrop: ofSameSize,
  RandomCrop: ofSameSize,
  ...Object.fromEntries(TRAINING_ONLY.map((name) => [name, passed])),
};
