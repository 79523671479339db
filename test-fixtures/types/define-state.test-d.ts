import { type Change, defineState, exec, file, type FileAnswer, type StateFunction, type Step, z } from '@prove/core'
import { expectTypeOf } from 'vitest'

const path = z.string()

const inferred = defineState({
  name: 'note.present',
  about: 'Keep a note.',
  main: 'path',
  args: { path, words: z.array(z.string()).default([]), mode: z.string().optional() },
  reads: (args) => {
    expectTypeOf(args.path).toEqualTypeOf<string>()
    // A default is filled in before anyone sees the arguments.
    expectTypeOf(args.words).toEqualTypeOf<string[]>()
    expectTypeOf(args.mode).toEqualTypeOf<string | undefined>()
    return { now: file(args.path) }
  },
  check: (args, seen) => {
    expectTypeOf(args.words).toEqualTypeOf<string[]>()
    expectTypeOf(seen.now).toEqualTypeOf<FileAnswer>()
    // @ts-expect-error -- a read that was not asked for has no answer
    void seen.later
    return []
  },
  apply: (_args, seen, changes) => {
    expectTypeOf(seen.now).toEqualTypeOf<FileAnswer>()
    expectTypeOf(changes).toEqualTypeOf<readonly Change[]>()
    return [exec({ command: ['true'] })]
  },
})
expectTypeOf(inferred).toEqualTypeOf<StateFunction>()

const base = { name: 'note.present', about: 'Keep a note.', args: { path } }

defineState({
  ...base,
  reads: (args, seen) => ({ now: file(args.path), next: seen['now'] === undefined ? undefined : file('/x') }),
  check: (_args, seen) => {
    // A read of a later round may not have been asked yet.
    expectTypeOf(seen.next).toEqualTypeOf<FileAnswer | undefined>()
    return { blocked: 'there is no reason' }
  },
  apply: (): Step[] => [],
})

// @ts-expect-error -- the main argument must be one of the arguments
defineState({ ...base, main: 'words', reads: () => ({}), check: () => [], apply: () => [] })

// @ts-expect-error -- a state function cannot leave out how it is brought about
defineState({ ...base, reads: () => ({}), check: () => [] })

// @ts-expect-error -- a decision is pure: it cannot wait for anything
defineState({ ...base, reads: () => ({}), check: async () => [], apply: () => [] })

// @ts-expect-error -- a change says what it was and what it becomes
defineState({ ...base, reads: () => ({}), check: () => [{ field: 'path' }], apply: () => [] })

// @ts-expect-error -- a step is data of a kind
defineState({ ...base, reads: () => ({}), check: () => [], apply: () => ['rm -rf /'] })

// @ts-expect-error -- a read is made by a function for it, not by its key
defineState({ ...base, reads: () => ({ now: 'file:/x' }), check: () => [], apply: () => [] })

// @ts-expect-error -- a proof is now, none, or within some seconds
defineState({ ...base, reads: () => ({}), check: () => [], apply: () => [], verify: () => 'soon' })
