import {
  type Attributes,
  type Facts,
  type Given,
  newDirectoryMode,
  newFileMode,
  ownerWord,
  quoteAll,
  type Step,
  type StepKind,
} from '@prove/core'
import { temporaryOf } from '@prove/core/files'
import type { KeyFacts } from '../reads/public-key.js'
import type { CertificateFacts, RequestFacts } from '../reads/x509.js'
import { makeLibrary } from './make-library.js'

/** How openssl makes it: paths are on the target, where what is made stays. */
export type Recipe =
  | { readonly make: 'key'; readonly type: string; readonly bits: number }
  | { readonly make: 'request'; readonly key: string; readonly subject: string; readonly config: string }
  | {
      readonly make: 'certificate'
      readonly key: string
      readonly subject: string
      readonly config: string
      readonly days: number
      /** Who signs it; absent where it signs itself. */
      readonly authority?: { readonly certificate: string; readonly key: string } | undefined
    }

/** Makes a key, a request or a certificate in place of a file, in one rename. */
export interface MakeStep extends Step, Attributes {
  readonly kind: 'tls.make'
  readonly path: string
  readonly recipe: Recipe
  /** What later reads of a plan will find there. */
  readonly leaves:
    | { readonly key: KeyFacts }
    | { readonly request: RequestFacts }
    | { readonly certificate: CertificateFacts }
  readonly fresh: boolean
  /** Directories above it that are missing and are to be made; from the top down. */
  readonly parents: readonly string[]
}

const words = (recipe: Recipe): readonly string[] => {
  switch (recipe.make) {
    case 'key':
      return ['make_key', recipe.type, String(recipe.bits)]
    case 'request':
      return ['make_request', recipe.key, recipe.subject, recipe.config]
    case 'certificate': {
      const { key, subject, config, days, authority } = recipe
      const own = [key, subject, config, String(days)]
      return authority === undefined
        ? ['make_own', ...own]
        : ['make_signed', ...own, authority.certificate, authority.key]
    }
  }
}

const modeOfNew = ({ recipe }: MakeStep): string => (recipe.make === 'key' ? '0600' : newFileMode)

const present = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

const given = (path: string, fields: Readonly<Record<string, unknown>>): Given => ({ key: `file:${path}`, fields })

/** A content that nobody foresees: no hash is equal to it. */
const unforeseen = 'unforeseen'

const gives = (step: MakeStep, { user, group }: Facts): readonly Given[] => {
  const { path, parents, fresh, leaves, owner, group: of, mode } = step
  const by = { owner: user, group }
  return [
    ...parents.map((parent) => given(parent, { type: 'directory', mode: newDirectoryMode, ...by })),
    given(path, {
      type: 'file',
      names: 1,
      sha256: unforeseen,
      tls: leaves,
      ...(fresh ? { mode: modeOfNew(step), ...by } : {}),
      ...present({ owner, group: of, mode }),
    }),
  ]
}

export const makeKind: StepKind<MakeStep> = {
  name: 'tls.make',
  library: makeLibrary,
  touches: ({ path }) => ({ paths: [path] }),
  gives,
  command: (step) =>
    `tls_make ${quoteAll([
      step.path,
      temporaryOf(step.path),
      ownerWord(step),
      step.mode ?? '',
      modeOfNew(step),
      step.parents.length > 0 ? 'yes' : '',
      ...words(step.recipe),
    ])}`,
  leftovers: ({ path }) => [temporaryOf(path)],
}
