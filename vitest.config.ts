import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take minutes. On a fresh clone nothing else tells: begun last, one of them would run alone at the end. */
const longest = [
  'test-fixtures/oracle/',
  'core/src/wire/loop.',
  'test-fixtures/crash/',
  'test-fixtures/docs/examples.',
  'test-fixtures/file-cases/ansible.',
  'test-fixtures/hosts/faults.',
  'plugins/transport-udp/src/udp-',
  'test-fixtures/host-cases/',
  'test-fixtures/agent/',
  'test-fixtures/published.',
  'test-fixtures/agent-file/',
  'test-fixtures/graph-cases/',
]

const rank = ({ moduleId }: TestSpecification): number => {
  const at = longest.findIndex((part) => moduleId.includes(part))
  return at < 0 ? longest.length : at
}

/** The order of vitest, but for what is known to be long. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  // Tests run on the sources of every package; what the command line does is tested on the build.
  resolve: { conditions: ['development', 'node', 'import', 'default'] },
  ssr: { resolve: { conditions: ['development', 'node', 'import', 'default'] } },
  test: {
    include: [
      '{core,catalog,link,agent,cli}/src/**/*.test.ts',
      'cli/templates/*/src/**/*.test.ts',
      'plugins/*/src/**/*.test.ts',
      'test-fixtures/**/*.test.ts',
    ],
    // One more than there are processors: most tests wait for shells and hosts as long as they compute.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    coverage: {
      include: ['core/src/**', 'catalog/src/**', 'link/src/**', 'agent/src/**', 'cli/src/**', 'plugins/*/src/**'],
      exclude: ['**/*.test.ts', '**/testing/**'],
    },
    // The command line that tests run is bundled from the sources of now.
    globalSetup: './build/bundle.mjs',
    reporters: ['default', './test-fixtures/closing-line.mjs'],
  },
})
