export { addClippedRelu, addLeakyRelu, addSwish, addTanh } from './activation-layers.js';
export { completeClassifier, type ImportedModel, type ImportOptions } from './complete-classifier.js';
export { invalid, unsupported } from './errors.js';
export { type Border, type Converted, NetworkAssembler, type NewLayer, type Value } from './network-assembler.js';
export { addPictureInput } from './picture-input.js';
export { spreadKernel } from './spread-kernel.js';
