import sharp from 'sharp';

// It keeps nothing and uses one thread: each picture is another one, so nothing in its cache is used again, and each thread has a
// heap of its own.
sharp.cache(false);
sharp.concurrency(1);

export { default } from 'sharp';
