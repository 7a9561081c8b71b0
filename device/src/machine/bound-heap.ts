import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 use less memory, in a process that runs for months: new objects get 1 MB instead of up to 32, as a frame's bytes lie
 * outside of the heap, and old ones are collected sooner. Node.js takes these flags only before the heap has grown.
 */
export function boundHeap(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--optimize-for-size');
}
