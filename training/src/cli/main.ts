import { runProcess } from '@inkcast/shared/cli';
import type { OpenCharacterReader } from '../data/index.js';
import { runCommandLine } from './command-line.js';

/** The work of the process `inkcast-train`. */
export const main = (openReader: OpenCharacterReader): Promise<void> =>
  runProcess((args, terminal) => runCommandLine(args, terminal, openReader));
