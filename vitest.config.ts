import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Tests run on the sources of every package; what the command line does is tested on the build.
  resolve: { conditions: ['development', 'node', 'import', 'default'] },
  ssr: { resolve: { conditions: ['development', 'node', 'import', 'default'] } },
  test: {
    include: [
      '{core,catalog,cli}/src/**/*.test.ts',
      'cli/templates/*/src/**/*.test.ts',
      'plugins/*/src/**/*.test.ts',
      'test-fixtures/**/*.test.ts',
    ],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    coverage: {
      include: ['core/src/**', 'catalog/src/**', 'cli/src/**', 'plugins/*/src/**'],
      exclude: ['**/*.test.ts', '**/testing/**'],
    },
    // The command line that tests run is bundled from the sources of now.
    globalSetup: './build/bundle.mjs',
    reporters: ['default', './test-fixtures/closing-line.mjs'],
  },
})
