// Stands in for rpicam-vid: takes its command line (and no other), writes planar YUV420 to standard output, and has the
// faults that a test asks for. `stand-in-rpicam-vid.mjs FOLDER ARGUMENTS...`; FOLDER/behaviour.json says what to do,
// and each run is noted in FOLDER/runs.jsonl.
import { appendFileSync, readFileSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const flag = { type: 'boolean' };
const options = {
  ...{ timeout: { ...text, short: 't' }, nopreview: { ...flag, short: 'n' }, output: { ...text, short: 'o' } },
  ...{ codec: text, width: text, height: text, framerate: text, flush: flag, camera: text },
  ...{ rotation: text, hflip: flag, vflip: flag, shutter: text, gain: text, exposure: text, ev: text, roi: text },
  ...{ 'autofocus-mode': text, 'autofocus-range': text, 'lens-position': text, denoise: text },
};

function fail(message) {
  process.stderr.write(`ERROR: *** ${message} ***\n`);
  process.exit(255);
}

const [folder, ...args] = process.argv.slice(2);
const behaviour = JSON.parse(readFileSync(`${folder}/behaviour.json`, 'utf8'));
if (behaviour.ignoreTerm) process.on('SIGTERM', () => {});
appendFileSync(`${folder}/runs.jsonl`, `${JSON.stringify({ pid: process.pid, args })}\n`);

let given;
try {
  given = parseArgs({ args, options }).values;
} catch (error) {
  fail(error.message);
}
if (given.timeout !== '0') fail('this stand-in would stop after 5 seconds');
if (!given.nopreview || !given.flush || given.output !== '-') fail('not a command to stream with');
if (given.codec !== 'yuv420') fail(`unrecognised codec ${given.codec}`);

const { frames, next, noise = false, chunk = 65536, noCamera = false, model, says = [] } = behaviour;
for (const line of says) process.stderr.write(`${line}\n`);
// Of what each ISP makes of a size: bcm2835-isp raises a side to 64 and pads luma to 64; pisp pads chroma to 64.
const minSide = model === 'pi4' ? 64 : 2;
const [width, height] = [given.width, given.height].map((side) => Math.max(minSide, Number(side)));
// At 0, exposure sets the rate.
const rate = Number(given.framerate) || 100;
const alignment = { pi4: 64, pi5: 128 }[model] ?? 1;
const { rowBytes = Math.ceil(width / alignment) * alignment } = behaviour;
if (noise) process.stderr.write('[0:01:02.345] [678]  INFO Camera camera_manager.cpp:326 libcamera v0.5.2\n');
if (noCamera) fail('no cameras available');

/** Luma that depends on frame, column and row; padding and chroma that would be seen if they were taken for luma. */
function picture(number) {
  const bytes = Buffer.alloc((rowBytes * height * 3) / 2, 0xee);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) bytes[y * rowBytes + x] = (number * 7 + x + y * 3) % 200;
  }
  return bytes;
}

function write(bytes) {
  for (let at = 0; at < bytes.length; at += chunk) writeSync(1, bytes, at, Math.min(chunk, bytes.length - at));
}

let number = 0;
function step() {
  if (noise) process.stderr.write(`#${number} (30.00 fps) exp 33239.00 ag 1.12 dg 1.00\n`);
  if (frames === undefined || number < frames) {
    write(picture(number++));
  } else if (next === 'freeze') {
    write(picture(number));
  } else if (next === 'hang') {
    setInterval(() => {}, 1000);
    return;
  } else {
    process.exit(next ?? 0);
  }
  setTimeout(step, 1000 / rate);
}
step();
