export type { InterpreterOptions, TfLiteInterpreter } from './interpreter.js';
export { type LibraryOptions, openTfLite, type TfLiteLibrary } from './library.js';
export type { TfLiteModel } from './model.js';
export type { Delegate } from './native-interpreter.js';
export type { Tensor, TensorData } from './tensor.js';
