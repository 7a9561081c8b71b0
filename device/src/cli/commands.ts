import type { ExitCode, Terminal } from '@inkcast/shared/cli';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { boundNewObjects } from '../machine/index.js';

type AddCommand = (parser: Argv, terminal: Terminal, exit: ExitCode) => Argv;

/** All commands by name, in the order of --help. Each is loaded when it is needed, with the packages that it alone uses. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  setup: async () => {
    const { setupCommand } = await import('./commands/setup.js');
    return (parser, terminal, exit) => parser.command(setupCommand(terminal, exit));
  },
  run: async () => {
    boundNewObjects();
    // Configuration and models are parsed once: code that zod writes for each schema would take longer than it saves.
    z.config({ jitless: true });
    const { runCommand } = await import('./commands/run.js');
    return (parser, terminal) => parser.command(runCommand(terminal));
  },
  read: async () => {
    const { readCommand } = await import('./commands/read.js');
    return (parser, terminal, exit) => parser.command(readCommand(terminal, exit));
  },
  model: async () => {
    const { modelCommand } = await import('./commands/model.js');
    return (parser, terminal, exit) => parser.command(modelCommand(terminal, exit));
  },
  learn: async () => {
    const { learnCommand } = await import('./commands/learn.js');
    return (parser, terminal, exit) => parser.command(learnCommand(terminal, exit));
  },
  doctor: async () => {
    const { doctorCommand } = await import('./commands/doctor.js');
    return (parser, terminal, exit) => parser.command(doctorCommand(terminal, exit));
  },
  bench: async () => {
    const { benchCommand } = await import('./commands/bench.js');
    return (parser, terminal) => parser.command(benchCommand(terminal));
  },
  history: async () => {
    const { historyCommand } = await import('./commands/history.js');
    return (parser, terminal) => parser.command(historyCommand(terminal));
  },
  value: async () => {
    const { valueCommand } = await import('./commands/value.js');
    return (parser, terminal) => parser.command(valueCommand(terminal));
  },
  user: async () => {
    const { userCommand } = await import('./commands/user.js');
    return (parser, terminal) => parser.command(userCommand(terminal));
  },
  fleet: async () => {
    const { fleetCommand } = await import('./commands/fleet.js');
    return (parser, terminal, exit) => parser.command(fleetCommand(terminal, exit));
  },
  homeassistant: async () => {
    const { homeassistantCommand } = await import('./commands/homeassistant.js');
    return (parser, terminal) => parser.command(homeassistantCommand(terminal));
  },
  config: async () => {
    const { configCommand } = await import('./commands/config.js');
    return (parser, terminal) => parser.command(configCommand(terminal));
  },
  demo: async () => {
    const { demoCommand } = await import('./commands/demo.js');
    return (parser, terminal, exit) => parser.command(demoCommand(terminal, exit));
  },
};

/** Loads the command that the command line begins with; otherwise all of them, for help and for messages on mistakes. */
export async function loadCommands([first = '']: readonly string[]): Promise<readonly AddCommand[]> {
  if (Object.hasOwn(COMMANDS, first)) return [await COMMANDS[first]()];
  return Promise.all(Object.values(COMMANDS).map((load) => load()));
}
