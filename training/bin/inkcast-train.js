#!/usr/bin/env node
// The one place that knows both halves: pictures of one's own are seen as the device sees frames (docs/decisions/078).
import { main } from '../dist/cli/main.js';

await main(async () => (await import('@inkcast/device/characters')).openCharacterReader());
