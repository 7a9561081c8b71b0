import { createRequire } from 'node:module';
import { CROP_SIDE, mayBeDigit, type PeerChain } from './peer-chain.js';

type OpenCv = typeof import('@techstark/opencv-js');

export async function openWasmChain(): Promise<PeerChain> {
  const require = createRequire(new URL('../../device/package.json', import.meta.url));
  const cv: OpenCv = await require('@techstark/opencv-js');
  return {
    run: (frame) => {
      const gray = new cv.Mat(frame.height, frame.width, cv.CV_8UC1);
      const mask = new cv.Mat();
      const contours = new cv.MatVector();
      const hierarchy = new cv.Mat();
      const crop = new cv.Mat();
      try {
        gray.data.set(frame.gray);
        cv.threshold(gray, mask, 0, 255, cv.THRESH_BINARY_INV + cv.THRESH_OTSU);
        cv.findContours(mask, contours, hierarchy, cv.RETR_EXTERNAL, cv.CHAIN_APPROX_SIMPLE);
        let crops = 0;
        for (let index = 0; index < contours.size(); index++) {
          const contour = contours.get(index);
          const box = cv.boundingRect(contour);
          contour.delete();
          if (!mayBeDigit(box, frame)) continue;
          const region = mask.roi(box);
          cv.resize(region, crop, new cv.Size(CROP_SIDE, CROP_SIDE), 0, 0, cv.INTER_AREA);
          region.delete();
          crops++;
        }
        return crops;
      } finally {
        for (const handle of [gray, mask, contours, hierarchy, crop]) handle.delete();
      }
    },
  };
}
