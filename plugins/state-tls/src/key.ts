import { type Args, blocked, defineState, mode, path, z } from '@prove/core'
import { ownershipArguments, parentsArgument } from '@prove/core/files'
import { keyExamples } from './examples.js'
import { placedChanges, placedSteps, placeObstacle, placeReads } from './placed.js'
import { type KeyFacts, keyToBe } from './reads/public-key.js'
import { keyAt } from './reads/tls.js'

const keyArguments = {
  path: path('The file.'),
  type: z
    .enum(['ecdsa', 'ed25519', 'rsa'])
    .optional()
    .meta({ description: 'Its kind; unless given, a key that is there may be of any, and a new one is `ecdsa`.' }),
  bits: z.int().optional().meta({
    description:
      'Its size: 256, 384 or 521 for `ecdsa`, 2048 to 16384 for `rsa`. A new one has 256 or 3072 unless given.',
  }),
  replace: z
    .boolean()
    .optional()
    .meta({ description: 'Put a new key in place of one of another kind, or of what is none.' }),
  ...ownershipArguments,
  mode: mode('Permissions as octal digits.').default('0600'),
  ...parentsArgument,
}

type KeyArguments = Args<typeof keyArguments>

const sizes = { ecdsa: 256, ed25519: 0, rsa: 3072 } as const

const described = ({ type, bits }: { readonly type: string; readonly bits?: number | undefined }): string =>
  bits === undefined || type === 'ed25519' ? type : `${type} ${bits}`

const wanted = ({
  type = 'ecdsa',
  bits = sizes[type],
}: KeyArguments): { readonly type: string; readonly bits: number } => ({
  type,
  bits,
})

const isWanted = ({ type, bits }: KeyArguments, now: KeyFacts): boolean =>
  (type === undefined || type === now.type) && (bits === undefined || bits === now.bits)

const leaves = (given: KeyArguments): KeyFacts => {
  const { type, bits } = wanted(given)
  return { type, ...(type === 'ed25519' ? {} : { bits }), publicKey: keyToBe(given.path) }
}

/** Keep a private key. */
export const key = defineState({
  name: 'tls.key',
  about: 'Keep a private key, made on the target.',
  details: `The key never leaves the target: of one that is there Prove reads the public key. It has no passphrase; what keeps it safe is its mode.

A key is not replaced by itself, because certificates of the old one no longer fit: where it is of another kind than declared, or openssl cannot read it, the
state is blocked until \`replace\` says what is wanted.`,
  main: 'path',
  args: keyArguments,
  examples: keyExamples,

  owns: (given) => given.path,

  conflict: ({ type, bits }) => {
    if (bits === undefined) return undefined
    if (type === undefined) return '"bits" needs "type"'
    if (type === 'ed25519') return 'a key of ed25519 has no "bits" to choose'
    if (type === 'ecdsa') return [256, 384, 521].includes(bits) ? undefined : 'a key of ecdsa has 256, 384 or 521 bits'
    return bits >= 2048 && bits <= 16_384 ? undefined : 'a key of rsa has 2048 to 16384 bits'
  },

  reads: (given) => ({ ...placeReads(given), held: keyAt(given.path) }),

  check: (given, seen) => {
    const obstacle = placeObstacle(given, seen)
    if (obstacle !== undefined) return obstacle
    const { held } = seen
    if ('found' in held && isWanted(given, held.found)) return placedChanges(given, seen, [])
    const to = described(wanted(given))
    if ('why' in held && held.why === 'absent') return placedChanges(given, seen, [{ field: 'key', from: null, to }])
    if ('why' in held && held.why === 'unreadable') return blocked(`this user may not read "${given.path}"`)
    const from = 'found' in held ? described(held.found) : 'something else'
    if (given.replace === true) return placedChanges(given, seen, [{ field: 'key', from, to }])
    return blocked(
      'found' in held
        ? `"${given.path}" is a key of ${from}; replace would make another, and certificates of this one would no longer fit`
        : `"${given.path}" holds no private key that openssl reads without a passphrase; replace would put one in its place`,
    )
  },

  apply: (given, seen, changes) =>
    placedSteps(given, seen, changes, { recipe: { make: 'key', ...wanted(given) }, leaves: { key: leaves(given) } }),
})
