export type { Delegate, ExternalDelegate } from './delegate.js';
export type { InterpreterOptions, TfLiteInterpreter } from './interpreter.js';
export { type LibraryOptions, openTfLite, type TfLiteLibrary } from './library.js';
export type { TfLiteModel } from './model.js';
export type { Pointer } from './native-functions.js';
export type { Tensor, TensorData } from './tensor.js';
