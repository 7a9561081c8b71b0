/** A known reason why a camera's program fails, and what a person can do about it. */
export interface KnownCause {
  /** Matches the line that names the cause. */
  readonly line: RegExp;
  readonly remedy: string;
}

const LET_IN =
  'Add the user that Inkcast runs as: sudo usermod -aG video USER, then log in anew or restart the service.';
const CABLE = 'Switch the power off and press the ribbon cable in at both ends, or try another cable.';

/**
 * Messages of rpicam-apps, libcamera, raspistill (mmal) and ffmpeg. Root causes come first, because programs often
 * report the consequences later.
 */
export const KNOWN_CAUSES: readonly KnownCause[] = [
  {
    line: /error while loading shared libraries|symbol lookup error|undefined symbol|version `[\w.]+' not found/i,
    remedy: 'The program does not fit its libraries. Update them together: sudo apt full-upgrade',
  },
  {
    line: /in use by another process|failed to acquire camera|resource busy|mmal: out of resources/i,
    remedy: 'Another program uses the camera. Find it with: sudo fuser -v /dev/video* /dev/media* and end it.',
  },
  {
    line: /camera is not enabled in this build/i,
    remedy: 'The camera is switched off. Switch it on with: sudo raspi-config, Interface Options; then restart.',
  },
  { line: /camera is not detected/i, remedy: `No camera is found. ${CABLE}` },
  {
    line: /dma_?heap alloc\w* fail|cannot allocate memory|out of memory|ENOMEM/i,
    remedy: 'Memory for pictures is short. Lower camera.width and camera.height, or end other programs.',
  },
  { line: /dma_?heap|dma-?buf provider/i, remedy: `The memory for pictures, /dev/dma_heap, is denied. ${LET_IN}` },
  {
    line: /(frontend|unicam) has timed out|sensor connector|device timeout detected/i,
    remedy: `The sensor sends no pictures. ${CABLE}`,
  },
  { line: /no cameras available/i, remedy: `No camera is found. ${CABLE} Look with: rpicam-hello --list-cameras` },
  {
    line: /selected camera is not available/i,
    remedy: 'Set camera.camera to a number that rpicam-hello --list-cameras shows.',
  },
  {
    line: /failed to (configure|start) (the )?(camera|stream|capture)|failed to valid stream/i,
    remedy: 'The camera has no such pictures. Choose another camera.width, camera.height or camera.rate.',
  },
  {
    line: /unrecogni[sz]ed option '-*fps_mode'|option timeout not found/i,
    remedy: 'This ffmpeg is too old: 5.1 is needed, which Debian 12 (bookworm) has.',
  },
  {
    line: /unrecogni[sz]ed option/i,
    remedy: 'The program does not know this option. Update the program, or take the option out of the configuration.',
  },
  {
    line: /cannot find a proper format|no such input format|VIDIOC_S_FMT|(unknown|wrong|invalid|unsupported) (pixel|input) ?format/i,
    remedy:
      'Set camera.inputFormat to a format that v4l2-ctl --list-formats-ext shows for the device, or leave it out.',
  },
  {
    line: /VIDIOC_STREAMON\w*\)?: (no space|protocol|broken pipe)/i,
    remedy: 'The USB bus is full. Lower the size, set camera.inputFormat to mjpeg, or use another port.',
  },
  {
    line: /inappropriate ioctl|not a video capture device|does not support streaming/i,
    remedy: 'This is no camera. Set camera.device to one that v4l2-ctl --list-devices shows; of several, the first.',
  },
  { line: /\/dev\/\S+: (permission denied|operation not permitted)/i, remedy: `The device is denied. ${LET_IN}` },
  {
    line: /\/dev\/\S+: no such (file|device)|\(VIDIOC_\w+\): no such device/i,
    remedy: 'The camera is not plugged in, or has another name: see v4l2-ctl --list-devices, and set camera.device.',
  },
  { line: /\b40[13] \w|unauthorized|forbidden/i, remedy: 'Check camera.username and camera.password.' },
  {
    line: /\b404 not found|\b454 session/i,
    remedy: "Check the path in camera.url; the camera's manual says which one its stream has.",
  },
  { line: /\b461 |unsupported transport/i, remedy: 'Set camera.transport to the other one: the camera lacks this.' },
  {
    line: /failed to resolve hostname|name or service not known/i,
    remedy: 'The name is not known in this network. Check it, or give the address as a number.',
  },
  {
    line: /connection (refused|timed out|reset)|no route to host|network is unreachable|host is (down|unreachable)/i,
    remedy: 'Check the address, and that the camera is on and in this network.',
  },
  { line: /invalid data found when processing input/i, remedy: 'It is no picture or video that ffmpeg can read.' },
  { line: /no such file or directory/i, remedy: 'Check the path.' },
];
