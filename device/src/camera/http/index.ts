export { AnswerPictures } from './answer-pictures.js';
export { parseChallenges } from './challenges.js';
export { decodedBody } from './decoded-body.js';
export { Digest } from './digest.js';
export { failureReason } from './failure-reason.js';
export { HttpClient } from './http-client.js';
export { readTrust } from './trust.js';
