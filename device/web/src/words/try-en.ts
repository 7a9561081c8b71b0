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
  camera: 'Camera',
  useCamera: 'Use the camera',
  stopCamera: 'Stop the camera',
  openingCamera: 'The camera is being opened…',
  cameraPicture: 'What the camera sees, with a box around each digit',
  cameraFaults: {
    insecure:
      'Browsers give a camera to pages with https:// only, or to those of this computer itself. Here you can choose or take a picture.',
    denied: 'This page has no permission to use the camera. The browser can give it one, beside the address.',
    missing: 'There is no camera.',
    ended: 'The camera is gone.',
  },
  cameraFailed: (reason: string) => `The camera cannot be used: ${reason}`,
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
