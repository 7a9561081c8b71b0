import type { ExitCode, Terminal } from '@inkcast/shared/cli';
import type { CommandModule } from 'yargs';
import { fitAverageCommand } from './average.js';
import { fitCoarsenCommand } from './coarsen.js';
import { fitFramesCommand } from './frames.js';
import { fitJudgementCommand } from './judgement.js';
import { fitMineCommand } from './mine.js';
import { fitShowThroughCommand } from './show-through.js';
import { fitSpotterCommand } from './spotter.js';
import { fitSpotterFileCommand } from './spotter-file.js';
import { fitVerifierCommand } from './verifier.js';
import { fitVerifierFileCommand } from './verifier-file.js';

/** `npm run lab -- fit`: the steps by which what the reader has learned is made anew. */
export const fitCommand = (terminal: Terminal, exit: ExitCode): CommandModule => ({
  command: 'fit',
  describe: 'Fit what the reader learns, step by step',
  builder: (yargs) =>
    yargs
      .command(fitFramesCommand(terminal, exit))
      .command(fitShowThroughCommand(terminal, exit))
      .command(fitSpotterCommand(terminal, exit))
      .command(fitAverageCommand(terminal))
      .command(fitSpotterFileCommand(terminal))
      .command(fitVerifierCommand(terminal, exit))
      .command(fitVerifierFileCommand(terminal))
      .command(fitCoarsenCommand(terminal))
      .command(fitJudgementCommand(terminal, exit))
      .command(fitMineCommand(terminal, exit))
      .demandCommand(1, 'Say which step.')
      .example('$0 fit frames --out runs/a.frames --count 2000', 'First, frames to learn from')
      .example(
        '$0 fit show-through --frames runs/a.frames --back runs/a.frames --out runs/t.frames',
        'Some of them with a back that shows through',
      )
      .example('$0 fit spotter --frames runs/a.frames --out runs/s.safetensors', 'Then the network that sees digits')
      .example('$0 fit spotter-file runs/s.safetensors --frames runs/a.frames --bundle runs/b', 'In int8, in a bundle')
      .example(
        '$0 fit verifier --bundle runs/b --frames runs/a.frames --out runs/v.safetensors',
        'Then what looks closer',
      )
      .example(
        '$0 fit verifier-file runs/v.safetensors --frames runs/a.frames --bundle runs/b',
        'In int8, in the bundle',
      )
      .example('$0 fit judgement --bundle runs/b --frames runs/a.frames', 'Then what decides which of them are read')
      .example('$0 fit mine --bundle runs/b --frames runs/a.frames --out runs/hard.frames', 'For another round'),
  handler: () => {},
});
