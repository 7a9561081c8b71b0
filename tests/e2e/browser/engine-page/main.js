/** Runs a trial in a worker of the page, for the test to call. @param {import('./trial.js').Trial} trial */
globalThis.runTrial = (trial) =>
  new Promise((resolve) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }) => {
      worker.terminate();
      resolve(data);
    });
    worker.addEventListener('error', ({ message }) => resolve({ error: message }));
    worker.postMessage(trial);
  });
