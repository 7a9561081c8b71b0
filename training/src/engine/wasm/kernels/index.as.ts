export * from './convolution.as';
export * from './elementwise.as';
export * from './kernel-gradient.as';
export * from './optimizer.as';
export * from './packing.as';
export { unpool } from './pool-map.as';
export * from './product.as';
export * from './reduction.as';
export * from './softmax.as';
