import { createEngineOn } from '@inkcast/training/engine/portable';
import { webHost } from '../../../../device/web/src/lesson/web-host.ts';
import { optionsOf, train } from './trial.ts';

// As in a lesson, the engine lives in a worker of the page.
addEventListener('message', ({ data }) => {
  train(createEngineOn(webHost(), optionsOf(data)), data).then(
    (bits) => postMessage({ bits }),
    (error) => postMessage({ error: String(error) }),
  );
});
