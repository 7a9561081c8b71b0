import type { OpenTarget } from '@inkcast/lab/fuzz';
import { InkError } from '@inkcast/shared/errors';

/** Refuses the first input, takes each fifth, and has a fault at each other one. */
export const open: OpenTarget = async () => {
  let handles = 0;
  let fed = 0;
  return {
    feed: async () => {
      fed++;
      if (fed === 1) throw new InkError('INK_REQUEST_INVALID', 'It is refused.');
      if (fed === 2) throw new TypeError('it is not a function');
      if (fed === 3) handles++;
      if (fed === 4) process.kill(process.pid, 'SIGSEGV');
    },
    handles: () => handles,
    close: async () => {},
  };
};
