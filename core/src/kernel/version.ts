import { createRequire } from 'node:module'

const manifest = createRequire(import.meta.url)('@prove/core/package.json') as { readonly version: string }

/** The version of the core, which plugins give a range for. */
export const coreVersion = manifest.version

const numbers = (text: string): readonly number[] => text.split(/[.-]/).slice(0, 3).map(Number)

/** Whether a version lies in a range of the form `^1.2.3`, `1.2.3` or `*`. Undefined for another form. */
export const inRange = (version: string, range: string): boolean | undefined => {
  if (range === '*') return true
  const found = /^(\^?)(\d+)\.(\d+)\.(\d+)$/.exec(range)
  if (found === null) return undefined
  const [major = 0, minor = 0, patch = 0] = numbers(version)
  const [wantMajor = 0, wantMinor = 0, wantPatch = 0] = found.slice(2).map(Number)
  if (found[1] === '') return major === wantMajor && minor === wantMinor && patch === wantPatch
  if (major !== wantMajor) return false
  // Below 1.0.0 a new minor may break, and below 0.1.0 a new patch may.
  if (major === 0 && minor !== wantMinor) return false
  if (major === 0 && minor === 0) return patch === wantPatch
  return minor > wantMinor || (minor === wantMinor && patch >= wantPatch)
}
