import { loadAddon } from '@inkcast/device/vision';
import { BLUR_SIDE, CROP_SIDE, centred, fittedSize, mayBeDigit, OFFSET, type PeerChain, WINDOW } from './peer-chain.js';

export function openNativeChain(): PeerChain {
  const cv = loadAddon();
  const { ADAPTIVE_THRESH_MEAN_C: MEAN, THRESH_BINARY_INV: INVERTED, THRESH_OTSU: OTSU } = cv;
  return {
    run: (frame, kind, give = () => {}) => {
      const bytes = Buffer.from(frame.gray.buffer, frame.gray.byteOffset, frame.gray.byteLength);
      const gray = new cv.Mat(bytes, frame.height, frame.width, cv.CV_8UC1);
      const mats = [gray];
      if (kind === 'tutorial') {
        mats.push(gray.gaussianBlur(new cv.Size(BLUR_SIDE, BLUR_SIDE), 0, 0, cv.BORDER_DEFAULT));
        mats.push(mats[1].adaptiveThreshold(255, MEAN, INVERTED, WINDOW, OFFSET));
      } else mats.push(gray.threshold(0, 255, INVERTED + OTSU));
      const mask = mats[mats.length - 1];
      const boxes = mask
        .findContours(cv.RETR_EXTERNAL, cv.CHAIN_APPROX_SIMPLE)
        .map((contour) => contour.boundingRect());
      const digits = boxes.filter((box) => mayBeDigit(box, frame));
      for (const box of digits) {
        const region = mask.getRegion(box);
        const [width, height] = kind === 'otsu' ? [CROP_SIDE, CROP_SIDE] : fittedSize(box);
        const crop = region.resize(height, width, 0, 0, cv.INTER_AREA);
        if (kind === 'tutorial') give(centred(crop.getData(), width, height));
        for (const mat of [region, crop]) mat.release();
      }
      for (const mat of mats) mat.release();
      return digits.length;
    },
  };
}
