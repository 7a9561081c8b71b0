#!/usr/bin/env node
// This program is the only place that connects training and device: users' pictures are processed as the device processes
// frames (docs/decisions/078).
import { main } from '../dist/cli/main.js';

await main(async () => (await import('@inkcast/device/characters')).openCharacterReader());
