// All that the reader uses of its platform. Node.js and browsers both have it; the compiler refuses everything else.

declare namespace WebAssembly {
  class Module {
    private constructor();
  }

  class Memory {
    constructor(descriptor: { readonly initial: number });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }

  class Instance {
    constructor(module: Module, imports: { readonly env: { readonly memory: Memory } });
    readonly exports: Readonly<Record<string, unknown>>;
  }

  function compile(bytes: Uint8Array): Promise<Module>;
}

declare const performance: { now(): number };

declare class URL {
  constructor(path: string, base: string);
  readonly href: string;
}

interface ImportMeta {
  readonly url: string;
}
