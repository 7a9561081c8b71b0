import { READER_NUMBERS } from '../numbers/index.js';
import { type Box, middle } from '../vision/index.js';
import type { DigitTrack, Sighting } from './digit-track.js';

/**
 * Finds for each sighting of a frame the track that it continues, closest pairs first. Among neighbours that have moved
 * by half their distance, it is the digit itself that tells which is which.
 *
 * @returns a track for each sighting that continues one; no track twice
 */
export function matchTracks(tracks: readonly DigitTrack[], sightings: readonly Sighting[]): Map<Sighting, DigitTrack> {
  const pairs = sightings.flatMap((sighting) =>
    tracks.flatMap((track) => {
      const distance = distanceBetween(track.box, sighting.box);
      if (distance === undefined) return [];
      return [
        {
          sighting,
          track,
          cost: distance + (track.leansTo(sighting.digit) ? 0 : READER_NUMBERS.trackOtherDigit.value),
        },
      ];
    }),
  );
  pairs.sort((a, b) => a.cost - b.cost);
  const matches = new Map<Sighting, DigitTrack>();
  const taken = new Set<DigitTrack>();
  for (const { sighting, track } of pairs) {
    if (matches.has(sighting) || taken.has(track)) continue;
    matches.set(sighting, track);
    taken.add(track);
  }
  return matches;
}

/** In heights of the larger box; undefined where one cannot have become the other. */
function distanceBetween(a: Box, b: Box): number | undefined {
  const height = Math.max(a.height, b.height);
  if (height > READER_NUMBERS.trackHeightFactor.value * Math.min(a.height, b.height)) return undefined;
  const [from, to] = [middle(a), middle(b)];
  const distance = Math.hypot(to.x - from.x, to.y - from.y) / height;
  return distance > READER_NUMBERS.trackReach.value ? undefined : distance;
}
