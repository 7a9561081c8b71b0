import type { CommandModule } from 'yargs';

/** `npm run lab -- fit`: the steps by which what the reader has learned is made anew. */
export const fitCommand = (): CommandModule => ({
  command: 'fit <step>',
  describe: 'Fit what the reader learns, step by step',
  builder: (yargs) => yargs.demandCommand(1, 'Say which step.'),
  handler: () => {},
});
