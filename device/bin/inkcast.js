#!/usr/bin/env node
// By an address that the compiler does not follow: the bundle is built after it has run.
await import(new URL('../dist-program/cli-main.js', import.meta.url).href);
