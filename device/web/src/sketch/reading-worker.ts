import type { OpenReader } from '@inkcast/reader/reading';
import { asInkError } from '@inkcast/shared/errors';
import { frameOf } from './decode.js';
import type { Answer, Question } from './messages.js';
import { openReader } from './open-reader.js';

// The worker of `ReadingLink`, so that the page goes on drawing while a picture is read.

let opened: OpenReader | undefined;

async function answer(question: Question): Promise<Answer> {
  const { id } = question;
  try {
    if (question.kind === 'open') {
      opened = await openReader(question.places);
      return { id, kind: 'done' };
    }
    if (opened === undefined) throw new Error('The reader is not open');
    const frame = await frameOf(question.picture);
    const begun = performance.now();
    const { reading } = opened.reader.read(frame);
    const elapsedMs = performance.now() - begun;
    return { id, kind: 'read', result: { reading, width: frame.width, height: frame.height, elapsedMs } };
  } catch (error) {
    const { code, message } = asInkError(error);
    return { id, kind: 'failed', code, message };
  }
}

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  void answer(data).then((message) => postMessage(message));
});
