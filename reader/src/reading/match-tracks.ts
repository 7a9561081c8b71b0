import { READER_NUMBERS } from '../numbers/index.js';
import { type Box, middle } from '../vision/index.js';
import type { DigitTrack, Sighting } from './digit-track.js';

/**
 * Finds the track that each sighting of a frame continues, closest pairs first. If neighbours have moved by half their
 * distance, their digits decide which is which.
 *
 * @returns a track for each sighting that continues one; each track at most once
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

/** Distance in heights of the larger box; undefined if one box cannot have become the other. */
function distanceBetween(a: Box, b: Box): number | undefined {
  const height = Math.max(a.height, b.height);
  if (height > READER_NUMBERS.trackHeightFactor.value * Math.min(a.height, b.height)) return undefined;
  const [from, to] = [middle(a), middle(b)];
  const distance = Math.hypot(to.x - from.x, to.y - from.y) / height;
  return distance > READER_NUMBERS.trackReach.value ? undefined : distance;
}
