import { text as readText } from 'node:stream/consumers';
import { interruptible } from '@inkcast/shared/cli';
import { InkError } from '@inkcast/shared/errors';
import { Cancelled, TerminalQuestions } from '../setup/index.js';

const MIN_LENGTH = 8;
const MAX_LENGTH = 1024;

/**
 * Reads a new password: from a terminal by asking twice, otherwise from the first line of standard input.
 *
 * @throws InkError INK_USAGE if it is too short, or typed differently the second time
 */
export async function newPassword(name: string): Promise<string> {
  const password = process.stdin.isTTY === true ? await typedTwice(name) : await firstLine();
  if (password.length >= MIN_LENGTH && password.length <= MAX_LENGTH) return password;
  throw new InkError('INK_USAGE', `A password has at least ${MIN_LENGTH} characters.`, {
    remedy: 'Type another one, or pass it on standard input.',
  });
}

async function firstLine(): Promise<string> {
  return (await readText(process.stdin)).split(/\r?\n/, 1)[0];
}

function typedTwice(name: string): Promise<string> {
  return interruptible(async (signal) => {
    const questions = new TerminalQuestions(signal);
    try {
      const typed = await questions.secret(`New password of ${name}`);
      if ((await questions.secret('Once more')) === typed) return typed;
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      throw new InkError('INK_USAGE', 'No password was given, and nothing was changed.');
    }
    throw new InkError('INK_USAGE', 'The passwords are not the same.', { remedy: 'Run the command again.' });
  });
}
