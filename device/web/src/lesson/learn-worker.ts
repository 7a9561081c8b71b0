import { teach } from '@inkcast/learning/lesson';
import { int8ModelOf } from '@inkcast/learning/model';
import { secondLook } from '@inkcast/learning/second-look';
import { asInkError } from '@inkcast/shared/errors';
import { sha256 } from '@inkcast/shared/hashing';
import { encodeLabelledCrops, type LabelledCrop, type LearningProgress } from '@inkcast/shared/teaching';
import { sealContent } from '@inkcast/training/bundle/portable';
import { loadWholeBundle } from './load-bundle.js';
import type { LearnAnswer, LearnQuestion } from './messages.js';
import { openTabTools } from './tab-tools.js';

// The worker that learns. It is ended to cancel.

async function answer(question: LearnQuestion): Promise<LearnAnswer> {
  const [bundle, tools] = await Promise.all([loadWholeBundle(question.bundle), openTabTools()]);
  const { crops } = question;
  if (question.kind === 'second-look') {
    return { kind: 'doubts', doubts: await secondLook(tools, int8ModelOf(bundle), crops) };
  }
  const { name, version, labels } = bundle.manifest;
  const candidate = `${version}-taught.${question.number}`;
  const { report, content } = await teach(
    tools,
    {
      ...{ bundle, version: candidate, seed: question.seed },
      labelled: { classes: labels, crops },
      labelsSha256: sha256(encoded(labels, crops)),
      testPictures: async () => undefined,
    },
    // A worker that computes hears nothing.
    { onProgress: tell, signal: new AbortController().signal },
  );
  const { files } = sealContent(name, content);
  return { kind: 'taught', taught: { report, reference: `${name}@${candidate}`, files } };
}

/** The file of labelled crops, as the device would have it. */
const encoded = (classes: readonly string[], crops: readonly LabelledCrop[]): Uint8Array =>
  new TextEncoder().encode(encodeLabelledCrops({ classes, crops }));

const tell = (progress: LearningProgress): void => postMessage(progress);

addEventListener('message', ({ data }: MessageEvent<LearnQuestion>) => {
  void answer(data)
    .catch((error: unknown): LearnAnswer => {
      const { message, remedy } = asInkError(error);
      return { kind: 'failed', message, remedy };
    })
    .then((message) => postMessage(message));
});
