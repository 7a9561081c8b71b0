import type { PackagingCommand } from '../packaging-command.js';

/** Ends where an add-on would not say where its images and its repository are. */
export function needPlaces(command: PackagingCommand, image: string, url: string): void {
  if (!image.includes('{arch}'))
    command.misused('say where the images are (--image), with {arch} for the architecture');
  if (!URL.canParse(url)) command.misused('say the address of the repository (--url)');
}
