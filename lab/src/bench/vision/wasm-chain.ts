import { openOpenCv } from '../../opencv/index.js';
import { BLUR_SIDE, CROP_SIDE, centred, fittedSize, mayBeDigit, OFFSET, type PeerChain, WINDOW } from './peer-chain.js';

export async function openWasmChain(): Promise<PeerChain> {
  const cv = await openOpenCv();
  return {
    run: (frame, kind, give = () => {}) => {
      const gray = new cv.Mat(frame.height, frame.width, cv.CV_8UC1);
      const mask = new cv.Mat();
      const contours = new cv.MatVector();
      const hierarchy = new cv.Mat();
      const crop = new cv.Mat();
      try {
        gray.data.set(frame.gray);
        if (kind === 'otsu') {
          cv.threshold(gray, mask, 0, 255, cv.THRESH_BINARY_INV + cv.THRESH_OTSU);
        } else {
          cv.GaussianBlur(gray, gray, new cv.Size(BLUR_SIDE, BLUR_SIDE), 0);
          cv.adaptiveThreshold(gray, mask, 255, cv.ADAPTIVE_THRESH_MEAN_C, cv.THRESH_BINARY_INV, WINDOW, OFFSET);
        }
        cv.findContours(mask, contours, hierarchy, cv.RETR_EXTERNAL, cv.CHAIN_APPROX_SIMPLE);
        let crops = 0;
        for (let index = 0; index < contours.size(); index++) {
          const contour = contours.get(index);
          const box = cv.boundingRect(contour);
          contour.delete();
          if (!mayBeDigit(box, frame)) continue;
          const region = mask.roi(box);
          const [width, height] = kind === 'otsu' ? [CROP_SIDE, CROP_SIDE] : fittedSize(box);
          cv.resize(region, crop, new cv.Size(width, height), 0, 0, cv.INTER_AREA);
          if (kind === 'tutorial') give(centred(crop.data, width, height));
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
