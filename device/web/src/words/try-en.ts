/** The texts of drawing and of pictures that are read in the browser, in English. */
export const tryEn = {
  intro: 'What you draw or show here is read in this browser. It is sent nowhere.',
  drawing: 'Draw digits',
  pad: 'Page to draw on',
  undo: 'Undo',
  clear: 'Clear',
  pictures: 'Pictures',
  dropHint: 'Drop a photograph of handwritten digits here.',
  choose: 'Choose a picture',
  take: 'Take a picture',
  result: 'What is read',
  nothing: 'no digits',
  waiting: 'Draw a digit, or show a picture.',
  loading: 'The reader is being loaded…',
  reading: 'Reading…',
  picture: 'The picture, with a box around each digit',
  time: (milliseconds: string) => `Read in ${milliseconds} ms.`,
  unreadable: 'This browser cannot decode the file as a picture.',
  failed: (reason: string) => `The picture was not read: ${reason}`,
};

export type TryWords = typeof tryEn;
