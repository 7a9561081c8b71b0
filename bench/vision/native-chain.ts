import { loadAddon } from '@inkcast/device/vision';
import { CROP_SIDE, mayBeDigit, type PeerChain } from './peer-chain.js';

export function openNativeChain(): PeerChain {
  const cv = loadAddon();
  return {
    run: (frame) => {
      const bytes = Buffer.from(frame.gray.buffer, frame.gray.byteOffset, frame.gray.byteLength);
      const gray = new cv.Mat(bytes, frame.height, frame.width, cv.CV_8UC1);
      const mask = gray.threshold(0, 255, cv.THRESH_BINARY_INV + cv.THRESH_OTSU);
      const boxes = mask
        .findContours(cv.RETR_EXTERNAL, cv.CHAIN_APPROX_SIMPLE)
        .map((contour) => contour.boundingRect());
      const digits = boxes.filter((box) => mayBeDigit(box, frame));
      for (const box of digits) {
        const region = mask.getRegion(box);
        const crop = region.resize(CROP_SIDE, CROP_SIDE, 0, 0, cv.INTER_AREA);
        for (const mat of [region, crop]) mat.release();
      }
      for (const mat of [gray, mask]) mat.release();
      return digits.length;
    },
  };
}
