import { z } from 'zod'
import type { Blob } from './contracts/blob.js'

/** Bytes that an argument stands for; `text` when they were written in the state itself. */
export type BlobArgument = Blob & { readonly text?: string }

const isBlob = (value: unknown): value is BlobArgument =>
  typeof value === 'object' && value !== null && 'sha256' in value && 'size' in value

/** One thing in a folder of the catalog, by its path from there; the folder itself is none of them. */
export type TreeEntry = { readonly path: string } & (
  | { readonly type: 'file'; readonly blob: Blob; readonly isExecutable: boolean }
  | { readonly type: 'directory' }
  | { readonly type: 'link'; readonly target: string }
)

/** Which entries of a folder are wanted, told by the other arguments as they were written. */
export type TreeFilter = (args: Readonly<Record<string, unknown>>) => (path: string, type: TreeEntry['type']) => boolean

/** How an argument holds bytes: `text` written in the state, `source` and `tree` as prove://… */
export type BlobKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'source' }
  | { readonly kind: 'tree'; readonly filter: TreeFilter | undefined }

/** Which arguments hold bytes, and how. */
export const blobArguments = new WeakMap<z.ZodType, BlobKind>()

/** How an argument of this schema, optional or not, holds bytes; undefined where it does not. */
export const blobKindOf = (schema: unknown): BlobKind | undefined => {
  for (let inner: unknown = schema; inner instanceof z.ZodType;) {
    const kind = blobArguments.get(inner)
    if (kind !== undefined) return kind
    inner = inner instanceof z.ZodOptional || inner instanceof z.ZodDefault ? inner.unwrap() : undefined
  }
  return undefined
}

const blobArgument = (kind: 'text' | 'source', about: string): z.ZodType<BlobArgument> => {
  const schema = z
    .custom<BlobArgument>(isBlob, kind === 'text' ? 'expected a text' : 'expected prove://…')
    .meta({ description: about })
  blobArguments.set(schema, { kind })
  return schema
}

/** An argument whose text is the content. */
export const text = (about: string): z.ZodType<BlobArgument> => blobArgument('text', about)

/** An argument that names a file of the catalog: `prove://web/motd`. */
export const source = (about: string): z.ZodType<BlobArgument> => blobArgument('source', about)

const secretArguments = new WeakSet<z.ZodType>()

/** Marks an argument that nothing may show: not the catalog, not a plan. What its function does with it is up to that. */
export const secret = <S extends z.ZodType>(schema: S): S => {
  secretArguments.add(schema)
  return schema
}

/** Whether an argument of this schema, optional or not, is marked as secret. */
export const isSecret = (schema: unknown): boolean => {
  for (let inner: unknown = schema; inner instanceof z.ZodType;) {
    if (secretArguments.has(inner)) return true
    inner = inner instanceof z.ZodOptional || inner instanceof z.ZodDefault ? inner.unwrap() : undefined
  }
  return false
}

/**
 * An argument that names a folder of the catalog: `prove://site`. Its value is what lies below, sorted by path, so that a directory
 * comes before what is in it. `filter` keeps what is not wanted from being read and rendered.
 */
export const sourceTree = (about: string, filter?: TreeFilter): z.ZodType<readonly TreeEntry[]> => {
  const schema = z
    .custom<readonly TreeEntry[]>((value) => Array.isArray(value), 'expected prove://…')
    .meta({ description: about })
  blobArguments.set(schema, { kind: 'tree', filter })
  return schema
}

const isCleanPath = (path: string): boolean =>
  path.startsWith('/') && !path.includes('\0') && !path.split('/').some((name) => name === '.' || name === '..')

/** An absolute path on the target. Doubled and trailing slashes are dropped. */
export const path = (about: string): z.ZodType<string, string> =>
  z
    .string()
    .refine(isCleanPath, 'expected an absolute path without "." and ".."')
    .transform((value) => value.replaceAll(/\/+/g, '/').replace(/(?<=.)\/$/, ''))
    .meta({
      description: about,
      kind: 'absolute path',
      // For editors, which see the schema and no code.
      pattern: String.raw`^/(?!(?:[^\0]*/)?\.\.?(?:/|$))[^\0]*$`,
      patternErrorMessage: 'Expected an absolute path without "." and "..".',
    })

/** A file mode, always meant as octal digits: `0644`, `"0644"`, `644`. */
export const mode = (about: string): z.ZodType<string, string | number> =>
  z
    .union([z.string(), z.int()])
    .transform(String)
    .refine((digits) => /^[0-7]{3,4}$/.test(digits), 'expected three or four octal digits, such as "0644"')
    .transform((digits) => digits.padStart(4, '0'))
    .meta({
      description: about,
      kind: 'octal digits',
      pattern: '^[0-7]{3,4}$',
      minimum: 100,
      maximum: 7777,
      patternErrorMessage: 'Expected three or four octal digits, such as "0644".',
    })

/** A user or group of the target, by name or number. */
export const account = (about: string): z.ZodType<string, string | number> =>
  z
    .union([z.string(), z.int().nonnegative()])
    .transform(String)
    .refine((name) => /^[^\s:/-][^\s:/]*$/.test(name), 'expected a name or number')
    .meta({
      description: about,
      kind: 'name or number',
      pattern: String.raw`^[^\s:/-][^\s:/]*$`,
      patternErrorMessage: 'Expected a name or number.',
    })

/** Which arguments of meta-states hold a state that is written there, whatever holds these. */
export const nestedStates = new WeakSet<z.ZodType>()

/** A state that is written in an argument of a meta-state: editors check it as they do those of a file. */
export const nestedState = (about: string): z.ZodType => {
  const schema = z.custom<unknown>((value) => value !== undefined, 'expected a state').meta({ description: about })
  nestedStates.add(schema)
  return schema
}
