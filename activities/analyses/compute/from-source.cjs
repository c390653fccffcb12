// Lets a process of the engine run from TypeScript sources, for tests; the built engine never loads this.
const fs = require('node:fs');
const { transformSync } = require('@swc/core');

// Node ignores the signal of a file that may not grow any more, and hears of it as an error; the compiler undoes this.
process.on('SIGXFSZ', () => undefined);

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(fs.readFileSync(filename, 'utf8'), {
    filename,
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      target: 'es2022',
    },
    module: { type: 'commonjs', ignoreDynamic: true },
  });
  module._compile(code, filename);
};
