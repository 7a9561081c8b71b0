import { resolve } from 'node:path';
import { type ExitCode, INTERRUPTED, interruptible, type Terminal } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import type { CommandModule } from 'yargs';
import { SYSTEM_FILE } from '../../config/index.js';
import {
  AskingInterview,
  CAMERA_FORMS,
  Cancelled,
  DEFAULT_BROKER,
  foundCameras,
  GivenInterview,
  runSetup,
  screenOf,
  TerminalQuestions,
} from '../../setup/index.js';
import { fileToWrite } from '../config-options.js';

interface SetupArguments {
  readonly camera: string | undefined;
  readonly broker: string | undefined;
  readonly name: string | undefined;
  readonly 'password-file': string | undefined;
  readonly config: string | undefined;
  readonly frame: string;
  readonly check: boolean;
  readonly force: boolean;
  readonly yes: boolean;
}

/** `inkcast setup`: makes a working configuration. */
export const setupCommand = (terminal: Terminal, exit: ExitCode): CommandModule<object, SetupArguments> => ({
  command: 'setup',
  describe: 'Ask for camera, broker and name, try them, and write the configuration',
  builder: (yargs) =>
    yargs
      .option('camera', { type: 'string', describe: `Where frames come from: ${CAMERA_FORMS}` })
      .option('broker', {
        type: 'string',
        describe: `Address of the broker, with the user if it requires one; default with --yes: ${DEFAULT_BROKER}`,
      })
      .option('name', {
        type: 'string',
        describe: "Name of this device in MQTT topics; default with --yes: the machine's name",
      })
      .option('password-file', { type: 'string', describe: "File that holds the broker's password" })
      .option('config', {
        type: 'string',
        describe: `File to write; default: INKCAST_CONFIG, else ${SYSTEM_FILE} for root and inkcast.yaml in this folder for others`,
      })
      .option('frame', { type: 'string', default: 'inkcast-test-frame.jpg', describe: 'Picture to write, with boxes' })
      .option('check', { type: 'boolean', default: true, describe: 'Try camera and broker; --no-check skips this' })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Replace an existing configuration; a backup is kept',
      })
      .option('yes', { type: 'boolean', default: false, describe: 'Ask nothing; use defaults for missing answers' })
      .example('$0 setup', 'Be asked')
      .example('$0 setup --camera rpicam --broker mqtt://broker --name kitchen --yes', 'For scripts')
      .example('$0 setup --camera /dev/video0 --broker mqtts://me@broker --password-file secret --yes', 'With a user')
      .example('$0 setup --camera rtsp://10.0.0.7/stream --config kitchen.yaml', 'Another file, and another camera')
      .epilogue(
        'Ctrl-C at any question ends it with nothing written. Without questions, exit code 1 says that camera or ' +
          'broker do not work; the configuration is written all the same.',
      ),
  handler: (args) =>
    interruptible(async (signal) => {
      const { config = process.env.INKCAST_CONFIG ?? fileToWrite(), frame, check } = args;
      const asks = !args.yes && process.stdin.isTTY === true && process.stdout.isTTY === true;
      if (!asks && !args.yes) assertComplete(args);
      const given = { ...args, passwordFile: args['password-file'] };
      const findCameras = () => foundCameras(process.env.PATH);
      const interview = asks
        ? new AskingInterview(given, new TerminalQuestions(signal), findCameras, (error) =>
            terminal.note(String(error)),
          )
        : new GivenInterview(given, findCameras);
      const options = { config: resolve(config), frame: resolve(frame), check };
      const context = { terminal, screen: screenOf(process.stdout, process.env), command: commandName(), signal };
      try {
        const works = await runSetup(interview, options, context);
        if (!works && !asks) exit.code = 1;
      } catch (error) {
        if (!(error instanceof Cancelled)) throw error;
        terminal.note('Stopped; nothing was written.');
        exit.code = INTERRUPTED;
      }
    }),
});

function assertComplete({ camera, broker, name }: SetupArguments): void {
  const missing = Object.entries({ camera, broker, name }).flatMap(([key, value]) =>
    value === undefined ? [key] : [],
  );
  if (missing.length === 0) return;
  const options = missing.map((key) => `--${key}`).join(', ');
  throw new InkError(
    'INK_USAGE',
    `There is no terminal to ask on, and ${options} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    {
      remedy: 'Name what is missing, or add --yes for defaults.',
    },
  );
}

/** The command's name as invoked. npm sets `npm_command` if npx started it. */
function commandName(): string {
  return process.env.npm_command === 'exec' ? 'npx inkcast' : 'inkcast';
}
