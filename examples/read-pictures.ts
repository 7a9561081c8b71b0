// Reads the digits in pictures with a model bundle.
//
//   npx tsx examples/read-pictures.ts models/digits assets/scenes/photos/01-note.jpg
import { decodePicture } from '@inkcast/device/camera';
import { openReadingEngine } from '@inkcast/device/daemon';
import { openCheckedBundle } from '@inkcast/device/inference';

const [folder, ...pictures] = process.argv.slice(2);
if (folder === undefined || pictures.length === 0) throw new Error('Name the folder of a bundle, and pictures.');

// The engine holds OpenCV and TensorFlow Lite, whose memory JavaScript does not free: close it in any case.
const engine = await openReadingEngine(await openCheckedBundle(folder));
try {
  for (const file of pictures) {
    const picture = await decodePicture(file);
    const { reading } = engine.reader.read(picture);
    console.log(`${file}: ${reading.rows.join(' / ')}`);
    // Boxes are in pixels of the picture as it was decoded: at most 1280 on its longer side.
    for (const { digit, confidence, box } of reading.digits) {
      const [x, y] = [box.x, box.y].map(Math.round);
      console.log(`  ${digit} at ${x},${y}: ${(100 * confidence).toFixed(1)} %`);
    }
  }
} finally {
  engine.close();
}
