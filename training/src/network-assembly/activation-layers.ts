import type { NetworkAssembler, Value } from './network-assembler.js';

/** The largest value that relu6 lets pass. */
const SIX = 6;

/** x * sigmoid(x). Ramachandran et al., "Searching for Activation Functions", 2017. */
export function addSwish(network: NetworkAssembler, input: Value, name: string): Value {
  const gate = network.add(`${name}_gate`, { kind: 'sigmoid' }, [input]);
  return network.add(name, { kind: 'multiply' }, [input, gate]);
}

/** tanh(x) = 2 * sigmoid(2x) - 1. */
export function addTanh(network: NetworkAssembler, input: Value, name: string): Value {
  const doubled = network.scaled(input, [2], [0], `${name}_doubled`);
  const sigmoid = network.add(`${name}_sigmoid`, { kind: 'sigmoid' }, [doubled]);
  return network.scaled(sigmoid, [2], [-1], name);
}

/**
 * x above zero, slope * x below: slope * x + (1 - slope) * relu(x).
 *
 * @param slope of each channel, or one for all
 */
export function addLeakyRelu(network: NetworkAssembler, input: Value, slope: ArrayLike<number>, name: string): Value {
  const positive = network.add(`${name}_positive`, { kind: 'relu' }, [input]);
  const rest = Array.from(slope, (value) => 1 - value);
  const parts = [
    network.scaled(input, slope, [0], `${name}_leak`),
    network.scaled(positive, rest, [0], `${name}_rest`),
  ];
  return network.add(name, { kind: 'add' }, parts);
}

/** min(max(x, 0), limit). */
export function addClippedRelu(network: NetworkAssembler, input: Value, limit: number, name: string): Value {
  if (limit === Number.POSITIVE_INFINITY) return network.add(name, { kind: 'relu' }, [input]);
  if (limit === SIX) return network.add(name, { kind: 'relu6' }, [input]);
  const stretched = network.scaled(input, [SIX / limit], [0], `${name}_stretched`);
  const clipped = network.add(`${name}_clipped`, { kind: 'relu6' }, [stretched]);
  return network.scaled(clipped, [limit / SIX], [0], name);
}
