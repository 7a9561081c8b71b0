import type { Value } from './network-assembler.js';
import { only, type Translate, type Translation } from './translation.js';

const PLAIN = {
  relu: 'relu',
  relu6: 'relu6',
  sigmoid: 'sigmoid',
  softmax: 'softmax',
  hard_swish: 'hardSwish',
} as const;

/** Keras 3 has other names. */
const OTHER_NAMES = new Map([
  ['silu', 'swish'],
  ['hard_silu', 'hard_swish'],
]);

const isPlain = (name: string): name is keyof typeof PLAIN => Object.hasOwn(PLAIN, name);

/** @param of the layer that has the activation, by itself or after its own work. @param name of the layer it becomes */
export function activate(of: Translation, value: Value, activation: string, name: string): Value {
  const { network, settings } = of;
  if (activation === 'linear') return value;
  const input = network.exact(value, settings);
  if (activation === 'swish') {
    const gate = network.add(`${name}_gate`, { kind: 'sigmoid' }, [input]);
    return network.add(name, { kind: 'multiply' }, [input, gate]);
  }
  if (!isPlain(activation)) return settings.refuse(`has activation "${activation}"`);
  if (activation === 'softmax' && input.shape.length !== 1) settings.refuse('has a softmax over a map');
  return network.add(name, { kind: PLAIN[activation] }, [input]);
}

function activationOf({ settings }: Translation): string {
  const name = settings.activation();
  return OTHER_NAMES.get(name) ?? name;
}

/** The activation of a layer with weights, as a layer after it. */
export const activated = (of: Translation, value: Value): Value => {
  const activation = activationOf(of);
  return activate(of, value, activation, `${of.layer.path}_${activation}`);
};

const standing = (of: Translation, activation: string): Value => activate(of, only(of), activation, of.layer.path);

export const ACTIVATIONS: Readonly<Record<string, Translate>> = {
  Activation: (of) => standing(of, activationOf(of)),
  Softmax: (of) => {
    of.settings.only('axis', -1, only(of).shape.length);
    return standing(of, 'softmax');
  },
  ReLU: (of) => {
    of.settings.only('negative_slope', 0);
    of.settings.only('threshold', 0);
    of.settings.only('max_value', 6);
    return standing(of, of.settings.number('max_value', 0) === 6 ? 'relu6' : 'relu');
  },
};
