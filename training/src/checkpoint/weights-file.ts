import { InkError } from '@inkcast/shared/errors';
import { sha256 } from '@inkcast/shared/hashing';
import { z } from 'zod';
import { type Network, type Parameters, parameterSpecs } from '../models/index.js';
import { readMetadata } from './metadata.js';
import { networkSchema } from './network-schema.js';
import { decodeTensors, encodeTensors } from './safetensors.js';

/** A trained network: everything that is needed to run it, quantize it or fine-tune it. */
export interface TrainedNetwork {
  readonly network: Network;
  readonly parameters: Parameters;
  /** Output index to label. */
  readonly labels: readonly string[];
}

const labelsSchema = z.array(z.string().min(1)).min(2);

export function encodeWeights({ network, parameters, labels }: TrainedNetwork): Uint8Array {
  const metadata = { network: JSON.stringify(network), labels: JSON.stringify(labels) };
  return encodeTensors({ tensors: parameters, metadata });
}

/** @throws InkError INK_CHECKPOINT_INVALID naming what is wrong, INK_GRAPH_INVALID where the network is not well formed */
export function decodeWeights(bytes: Uint8Array, name: string): TrainedNetwork {
  const { tensors, metadata } = decodeTensors(bytes, name);
  const network = readMetadata(metadata, 'network', networkSchema, name);
  const labels = readMetadata(metadata, 'labels', labelsSchema, name);
  const parameters = new Map(
    parameterSpecs(network).map((spec) => {
      const tensor = tensors.get(spec.name);
      if (tensor === undefined || tensor.shape.join() !== spec.shape.join()) {
        throw new InkError('INK_CHECKPOINT_INVALID', `${name} has no "${spec.name}" of the shape ${spec.shape}.`);
      }
      return [spec.name, tensor];
    }),
  );
  return { network, parameters, labels };
}

/** SHA-256 over the bits of all weights in the order of the layers: equal weights have equal hashes in any file. */
export function weightsHash(parameters: Parameters): string {
  return sha256(encodeTensors({ tensors: parameters, metadata: {} }));
}
