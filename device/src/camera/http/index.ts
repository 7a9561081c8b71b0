export { AnswerPictures } from './answer-pictures.js';
export { parseChallenges } from './challenges.js';
export { Digest } from './digest.js';
export { HttpClient } from './http-client.js';
export { readTrust } from './trust.js';
