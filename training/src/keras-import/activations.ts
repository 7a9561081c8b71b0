import {
  addClippedRelu,
  addLeakyRelu,
  addSwish,
  addTanh,
  type NetworkAssembler,
  type Value,
} from '../network-assembly/index.js';
import { LayerSettings } from './layer-settings.js';
import { only, type Translate, type Translation } from './translation.js';

type Activate = (network: NetworkAssembler, input: Value, name: string) => Value;

const plain =
  (kind: 'relu' | 'relu6' | 'sigmoid' | 'hardSwish'): Activate =>
  (network, input, name) =>
    network.add(name, { kind }, [input]);

/** The slope that a leaky ReLU has as a function; as a layer it has its own. */
const FUNCTION_SLOPE = 0.2;
const LAYER_SLOPE = 0.3;

/** By Keras' names, some of which are TensorFlow's. */
const FUNCTIONS: Readonly<Record<string, Activate>> = {
  linear: (_, input) => input,
  relu: plain('relu'),
  relu6: plain('relu6'),
  sigmoid: plain('sigmoid'),
  hard_swish: plain('hardSwish'),
  swish: addSwish,
  tanh: addTanh,
  leaky_relu: (network, input, name) => addLeakyRelu(network, input, [FUNCTION_SLOPE], name),
};

/** Other names of the same: Keras 3 has its own, and some files have that of TensorFlow's function. */
const OTHER_NAMES = new Map([
  ['silu', 'swish'],
  ['hard_silu', 'hard_swish'],
  ['softmax_v2', 'softmax'],
]);

/** @param of the layer that has the activation, by itself or after its own work. @param name of the layer it becomes */
function activate(of: Translation, value: Value, activation: string, name: string): Value {
  const { network, settings } = of;
  if (activation === 'softmax') return softmax(of, value, name);
  const known = Object.hasOwn(FUNCTIONS, activation) ? FUNCTIONS[activation] : undefined;
  if (known === undefined) return settings.refuse(`has activation "${activation}"`);
  return activation === 'linear' ? value : known(network, network.exact(value, settings), name);
}

function softmax({ network, settings }: Translation, value: Value, name: string): Value {
  const { shape } = value;
  const channels = shape.at(-1) ?? 0;
  const places = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  if (places !== 1) settings.refuse('has a softmax over a map');
  const vector = network.exact({ ...value, shape: [channels] }, settings);
  return { ...network.add(name, { kind: 'softmax' }, [vector]), shape };
}

/** The activation of a layer with weights, as layers after it. */
export function activated(of: Translation, value: Value): Value {
  const activation = of.settings.activation();
  if (typeof activation === 'string') {
    const name = OTHER_NAMES.get(activation) ?? activation;
    const isLayer = of.layer.className === 'Activation';
    return activate(of, value, name, isLayer ? of.layer.path : `${of.layer.path}_${name}`);
  }
  const { class_name: className, config } = activation;
  const translate = Object.hasOwn(ACTIVATIONS, className) ? ACTIVATIONS[className] : undefined;
  if (translate === undefined) return of.settings.refuse(`has activation ${className}`);
  const layer = { ...of.layer, path: `${of.layer.path}_${className}`, config };
  return translate({ ...of, layer, settings: new LayerSettings(layer), inputs: [value] });
}

const leaky = (of: Translation, slope: number): Value =>
  addLeakyRelu(of.network, of.network.exact(only(of), of.settings), [slope], of.layer.path);

const relu: Translate = (of) => {
  const { network, settings, layer } = of;
  settings.only('threshold', 0);
  const [slope, limit] = [settings.number('negative_slope', 0), settings.number('max_value', Number.POSITIVE_INFINITY)];
  if (slope === 0) return addClippedRelu(network, network.exact(only(of), settings), limit, layer.path);
  if (limit !== Number.POSITIVE_INFINITY) settings.refuse(`has both negative_slope ${slope} and max_value ${limit}`);
  return leaky(of, slope);
};

/** A leaky ReLU whose slope was learned, for each channel. */
const prelu: Translate = (of) => {
  const { network, settings, layer, weights } = of;
  const input = network.exact(only(of), settings);
  const shared = settings.numbers('shared_axes', []);
  const shape = input.shape.map((size, axis) => (shared.includes(axis + 1) ? 1 : size));
  if (shape.slice(0, -1).some((size) => size !== 1)) settings.refuse('has a slope for each place of a map');
  const [alpha] = weights.of(layer, [{ names: ['alpha'], shape }]);
  return addLeakyRelu(network, input, alpha.data, layer.path);
};

/** Layers that are an activation. */
export const ACTIVATIONS: Readonly<Record<string, Translate>> = {
  Activation: (of) => activated(of, only(of)),
  Softmax: (of) => {
    of.settings.only('axis', -1, only(of).shape.length);
    return softmax(of, only(of), of.layer.path);
  },
  ReLU: relu,
  LeakyReLU: (of) => leaky(of, of.settings.number('negative_slope', of.settings.number('alpha', LAYER_SLOPE))),
  PReLU: prelu,
};
