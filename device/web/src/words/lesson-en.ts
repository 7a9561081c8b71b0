/** The texts of teaching in the browser itself, in English; those of the screen "Teach" serve it, too. */
export const lessonEn = {
  open: 'Teach it your hand',
  close: 'Back to reading',
  intro:
    'Draw digits or show a picture of them, and say what each one is. The model then learns in this browser; nothing is sent anywhere. Labels are lost when the page is closed.',
  take: 'Label these',
  shipped: 'The shipped model',
  taught: 'The taught model',
  waiting: 'Draw some digits, then press “Label these”.',
  keys: 'What is this?',
  nothingWaits: 'No crop waits for a label.',
  few: (count: number) => `At least ${count} labels to learn from are needed.`,
  notUsed: 'It did not pass: the model before goes on reading.',
  inUse: 'It passed, and reads what you draw.',
  download: 'Download the model',
  howTo: 'Unpack it, and inkcast reads with it:',
};

export type LessonWords = typeof lessonEn;
