import { type Kernel, type Loaded, ProveError } from '@prove/core'
import { pairOf, valueInside, type Variables } from './commands/name-value.js'

/** Where everything in a typed state stands. */
const place = { file: 'command line', line: 1, column: 1 }

/**
 * A state out of words: `file.directory /srv/www mode=0755`. A word without a name is the main argument. Throws PRV_USAGE
 * for a second one, and for one of a function that has no main argument; what is wrong with names and values is told when
 * the state is compiled.
 */
export const typedState = (
  { functions, metas }: Pick<Kernel, 'functions' | 'metas'>,
  fn: string,
  words: readonly string[],
): Loaded => {
  const called = functions.get(fn) ?? metas.get(fn)
  const main = called?.main
  let args: Variables = {}
  for (const word of words) {
    const pair = pairOf(word)
    if (pair !== undefined) args = valueInside(args, pair.path, pair.value)
    else if (main !== undefined && args[main] === undefined) args = { ...args, [main]: word }
    // That there is no such function is told first, with the nearest one.
    else if (called !== undefined) throw surplus(fn, word, main)
  }
  return { data: { [fn]: [{ fn, ...args }] }, placeOf: () => place, placeOfKey: () => place }
}

const surplus = (fn: string, word: string, main: string | undefined): ProveError =>
  main === undefined
    ? new ProveError('PRV_USAGE', `"${word}" has no name, and ${fn} has no main argument`, { hint: 'write name=value' })
    : new ProveError('PRV_USAGE', `"${word}" has no name, and ${fn} has its ${main} already`, {
        hint: 'write name=value',
      })
