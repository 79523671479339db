import type { EditCase } from './edit-case.js'

/** A file with this content and mode 0644, or something else. */
export type There =
  | string
  /** `bytes`: each character is one byte. */
  | { readonly file: string; readonly mode?: string; readonly uid?: number; readonly bytes?: true }
  | { readonly directory: string }
  | { readonly link: string }
  | { readonly sameAs: string }

/** What is at paths below the root of a case. */
export type Files = Readonly<Record<string, There>>

/** A tree, one call of a function, and the tree that is left. */
export interface FileCase {
  readonly title: string
  readonly there: Files
  readonly fn: string
  /** `{root}` stands for the root of the tree. */
  readonly args: Readonly<Record<string, unknown>>
  readonly ends: 'changed' | 'ok' | 'failed'
  /** As before unless given. */
  readonly leaves?: Files
}

/** The name of the file that edits are made in. */
const editedFile = 'f'

/** The cases of a function that edits. */
export const fileCasesOf = (fn: string, cases: readonly EditCase[]): readonly FileCase[] =>
  cases.map(([title, args, before, after]) => {
    const isRefused = after.startsWith('blocked: ')
    return {
      title: `${fn}: ${title}`,
      there: { [editedFile]: before },
      fn,
      args: { path: `{root}/${editedFile}`, ...args },
      ends: isRefused ? 'failed' : before === after ? 'ok' : 'changed',
      ...(isRefused ? {} : { leaves: { [editedFile]: after } }),
    }
  })
